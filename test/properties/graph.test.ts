/** What holds for the picture of any stack: nothing of it is missing, and what is printed can be read. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { stringify } from 'yaml'
import { compile } from '../../src/compile.ts'
import { buildGraph } from '../../src/graph/build-graph.ts'
import { readDependencies, treeOf, treeOfEntries } from '../../src/graph/compose-keys.ts'
import { drawStack } from '../../src/graph/draw.ts'
import type { Graph } from '../../src/graph/graph.ts'
import { isReachable } from '../../src/graph/reduce.ts'
import { layGraph } from '../../src/graph/svg/layout.ts'
import type { Stack } from '../../src/plan/stack.ts'
import { createMemoryProject } from '../../src/project/memory-project.ts'
import { compileCase, findCases } from '../golden/cases.ts'
import { allIn, parseXml } from '../xml.ts'
import { runs } from './runs.ts'

/** Each service with all that Compose lets it wait for. */
function dependenciesOf({ services, passed }: Stack): readonly (readonly [service: string, dependency: string])[] {
  const ours = services.flatMap(({ name, fetches, after, reaches = [], node, overrides }) => [...fetches, ...after, ...reaches, ...(node?.others ?? []), ...readDependencies(treeOfEntries(overrides)).map((each) => each.name)].map((other) => [name, other] as const))
  const theirs = [...passed.services, ...passed.included].flatMap(({ key, value }) => readDependencies(treeOf(value)).map((each) => [key, each.name] as const))
  return [...ours, ...theirs]
}

function holdGraph(graph: Graph, stack: Stack): void {
  const ids = graph.nodes.map(({ id }) => id)
  assert.equal([...new Set(ids)], ids)
  assert.ok(ids.every((id) => /^[a-z][a-z0-9_]*$/.test(id)))
  const nodeOf = new Map(graph.nodes.flatMap(({ id, services }) => services.map((service) => [service, id] as const)))
  const names = [...stack.services.map(({ name }) => name), ...stack.passed.services.map(({ key }) => key), ...stack.passed.included.map(({ key }) => key)]
  assert.equal([...nodeOf.keys()].sort(), [...new Set(names)].sort())
  assert.is(graph.nodes.flatMap(({ services }) => services).length, nodeOf.size)
  assert.ok(graph.edges.every(({ from, to }) => ids.includes(from) && ids.includes(to)))
  for (const [service, dependency] of dependenciesOf(stack)) {
    const [to = '', from] = [nodeOf.get(service), nodeOf.get(dependency)]
    // What the stack does not have is told elsewhere.
    if (from === undefined || from === to) continue
    assert.ok(isReachable({ from, to }, graph.edges) || graph.edges.some((edge) => edge.from === to && edge.to === from && edge.kind === 'use'), `${service} waits for ${dependency}`)
  }
}

function holdPicture(graph: Graph, stack: Stack): void {
  const svg = drawStack(stack, 'svg')
  assert.is(svg, drawStack(stack, 'svg'))
  const elements = allIn(parseXml(svg))
  const count = (name: string, type: RegExp) => elements.filter((element) => element.name === name && type.test(element.attributes['class'] ?? '')).length
  assert.is(count('g', /^node /), graph.nodes.length)
  assert.is(count('path', /^edge/), graph.edges.length)
  assert.is(count('path', /^head/), graph.edges.length)
  assert.not.match(svg, /NaN|Infinity|undefined|<script|href=|https?:\/\/(?!www\.w3\.org\/2000\/svg)[^<]*url\(/)
  assert.not.match(drawStack(stack, 'mermaid'), /undefined|<script/)
}

function holdLayout(graph: Graph): void {
  const { nodes, width, height } = layGraph(graph)
  for (const [index, node] of nodes.entries()) {
    assert.ok(node.x - node.width / 2 >= -1 && node.x + node.width / 2 <= width + 1 && node.y - node.height / 2 >= -1 && node.y + node.height / 2 <= height + 1, `${node.node.id} lies outside`)
    assert.ok(node.lines.every((line) => line.width <= node.width), `${node.node.id} is too narrow`)
    const meets = nodes.slice(index + 1).find((other) => Math.abs(node.x - other.x) < (node.width + other.width) / 2 - 1 && Math.abs(node.y - other.y) < (node.height + other.height) / 2 - 1)
    assert.is(meets?.node.id, undefined, `lies over ${node.node.id}`)
  }
}

function holdAll(stack: Stack): void {
  const graph = buildGraph(stack)
  holdGraph(graph, stack)
  holdPicture(graph, stack)
  holdLayout(graph)
}

for (const each of [...findCases('compile'), ...findCases('graph'), ...findCases('warned').filter(({ folder }) => existsSync(join(folder, 'mlstack.yaml')))]) {
  test(`${each.name} is drawn as it is`, () => {
    const { stack } = compileCase(each)
    if (stack !== undefined) holdAll(stack)
  })
}

const project = createMemoryProject({ 'train.py': '', 'serve.py': '', 'data/a.csv': '', 'a<b>&"c".csv': '' })
const name = fc.constantFrom('a', 'b', 'c', 'end', 'subgraph', 'train')
const text = fc.string({ unit: 'binary', maxLength: 40 }).map((each) => `x${each.replace(/[\0-\x1f\x7f-\x9f\ud800-\udfff$]/g, '')}`)
const waits = fc.oneof(fc.array(name, { maxLength: 2 }), fc.dictionary(name, fc.constantFrom({ condition: 'service_started' }, { condition: 'service_completed_successfully' }), { maxKeys: 2 }))
const service = fc.record({ image: fc.constant('redis:7'), depends_on: waits, volumes: fc.constantFrom(['data:/data'], ['./data:/data:ro', 'data:/x']), ports: fc.constantFrom(['8000'], ['8000-8008']), profiles: fc.constant(['p']) }, { requiredKeys: ['image'] })
const source = fc.constantFrom<unknown>('./data/a.csv', 'a<b>&"c".csv', 'volume:data', 'https://h.example/x?page=1', { source: './data', access: 'rw' })
const drafts = fc.record(
  {
    name: fc.constant('case'),
    framework: fc.constant('pytorch'),
    model: fc.constant('mlp'),
    datasets: fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), source),
    train: fc.record({ command: fc.array(text, { minLength: 1, maxLength: 4 }), depends_on: waits, nodes: fc.constant(2) }, { requiredKeys: ['command'] }),
    evaluate: fc.record({ command: fc.constant('train.py'), require: fc.constantFrom({ score: '>= 0.5' }, { score: ['> 0', '< 1'], 'b<c': '>= served - 0.1' }) }, { requiredKeys: ['command'] }),
    serve: fc.record({ command: fc.constant('serve.py'), replicas: fc.constantFrom(1, 3), depends_on: waits }, { requiredKeys: ['command'] }),
    jobs: fc.dictionary(fc.constantFrom('a', 'b'), fc.record({ command: text, depends_on: waits, outputs: fc.constantFrom(['runs'], ['data']) }, { requiredKeys: ['command'] })),
    services: fc.dictionary(fc.constantFrom('c', 'end', 'subgraph'), service),
    gpu: fc.constantFrom<unknown>('auto', 2, ['0', '1']),
    notebook: fc.constant(true),
    outputs: fc.constantFrom(['runs'], { model: './model' }),
  },
  { requiredKeys: ['name', 'framework', 'model', 'train'] },
)

/** In this order they may wait for each other, without a circle. */
const ORDER = ['c', 'end', 'subgraph', 'a', 'b', 'train', 'serve']

/** Most drafts wait for what is not there, or for each other; these wait for what comes before them. */
const configs = drafts.map((draft) => {
  const present = Object.keys({ ...draft.services, ...draft.jobs, train: draft.train })
  const mend = <Holder extends { readonly depends_on?: readonly string[] | Readonly<Record<string, unknown>> }>(holder: Holder, own: string): Holder => {
    const isThere = (other: string) => present.includes(other) && ORDER.indexOf(other) < ORDER.indexOf(own)
    const { depends_on: waited = [] } = holder
    return { ...holder, depends_on: Array.isArray(waited) ? [...new Set(waited)].filter(isThere) : Object.fromEntries(Object.entries(waited).filter(([other]) => isThere(other))) }
  }
  const mendAll = <Holder extends object>(holders: Readonly<Record<string, Holder>> = {}) => Object.fromEntries(Object.entries(holders).map(([own, holder]) => [own, mend(holder, own)]))
  const roles = Object.fromEntries((['train', 'serve'] as const).flatMap((own) => (draft[own] === undefined ? [] : [[own, mend(draft[own], own)]])))
  return { ...draft, ...roles, jobs: mendAll(draft.jobs), services: mendAll(draft.services) }
})

test('any stack is drawn as it is', () => {
  let drawn = 0
  fc.assert(
    fc.property(configs, (config) => {
      const { stack } = compile({ name: 'mlstack.yaml', bytes: new TextEncoder().encode(stringify(config)) }, project, { outputFolder: '.' })
      if (stack === undefined) return
      drawn += 1
      holdAll(stack)
    }),
    runs(200),
  )
  assert.ok(drawn > 0)
})

test.run()
