/** Overlays as trees: what merges, what replaces, what goes, and that each value keeps its place. */
import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { Sink } from '../../../src/diagnostics/sink.ts'
import { listVariants, overlayVariant, withoutVariants } from '../../../src/schema/variants.ts'
import { parseConfig } from '../../../src/syntax/parse.ts'
import { createSource } from '../../../src/syntax/source.ts'
import { entryOf, valueOf, type MapTree } from '../../../src/syntax/tree.ts'

function parse(text: string): MapTree {
  const tree = parseConfig(createSource('mlstack.yaml', text), new Sink())
  if (tree === undefined) throw new Error(text)
  return tree
}

/** The values of the file with its variant `v`, and the codes of what is reported. */
function overlay(text: string): { readonly value: unknown; readonly codes: readonly string[] } {
  const sink = new Sink()
  const tree = overlayVariant(parse(text), 'v', sink)
  return { value: JSON.parse(JSON.stringify(valueOf(tree))), codes: sink.sorted().map(({ code }) => code) }
}

/** Written as `base` and `variant` in flow style. */
const laid = (base: string, variant: string) => overlay(`${base}\nvariants: { v: ${variant} }\n`)

test('a mapping merges, a list or a scalar replaces, and null removes', () => {
  assert.equal(laid('resources: { cpus: 2, memory: 4g }', '{ resources: { memory: 8g } }').value, { resources: { cpus: 2, memory: '8g' } })
  assert.equal(laid('system: [a, b]', '{ system: [c] }').value, { system: ['c'] })
  assert.equal(laid('train: { command: a.py, rerun: never }', '{ train: b.py }').value, { train: 'b.py' })
  assert.equal(laid('train: a.py\nserve: b.py', '{ serve: null }').value, { train: 'a.py' })
  assert.equal(laid('train: a.py', '{}').value, { train: 'a.py' })
})

test('a short form is the long form that it stands for', () => {
  const rows = [
    ['train: a.py', '{ train: { rerun: never } }', { train: { command: 'a.py', rerun: 'never' } }],
    ['jobs: { test: pytest }', '{ jobs: { test: { rerun: always } } }', { jobs: { test: { command: 'pytest', rerun: 'always' } } }],
    ['framework: pytorch==2.13.0', '{ framework: { extras: [x] } }', { framework: { name: 'pytorch', version: '==2.13.0', extras: ['x'] } }],
    ['gpu: true', '{ gpu: { memory: 16GB } }', { gpu: { count: 1, memory: '16GB' } }],
    ['gpu: [0]', '{ gpu: { driver: "550" } }', { gpu: { device_ids: [0], driver: '550' } }],
    ['environment: [A=1, B]', '{ environment: { A: 2 } }', { environment: { A: 2, B: null } }],
    ['secrets: [T]', '{ secrets: { U: { file: u } } }', { secrets: { T: { environment: 'T' }, U: { file: 'u' } } }],
    ['datasets: { d: ./d }', '{ datasets: { d: { access: rw } } }', { datasets: { d: { source: './d', access: 'rw' } } }],
    ['params: params.yaml', '{ params: { values: { lr: 1 } } }', { params: { file: 'params.yaml', values: { lr: 1 } } }],
    ['gpu: false', '{ gpu: { count: 2 } }', { gpu: { count: 2 } }],
  ] as const
  for (const [base, variant, expected] of rows) assert.equal(laid(base, variant).value, expected, base)
})

test('what is not there cannot be removed, but for null where it is a value', () => {
  assert.equal(laid('seed: 1', '{ sed: null }').codes, ['MLS1180'])
  assert.equal(laid('train: a.py', '{ serve: { port: null } }').codes, ['MLS1180'])
  assert.equal(laid('train: a.py', '{ environment: { TOKEN: }, volumes: { scratch: }, services: { a: { image: x, environment: { B: } } } }').codes, [])
  assert.equal(laid('environment: { A: 1 }', '{ environment: { A: } }').value, { environment: {} })
})

test('every value keeps the place where it stands', () => {
  const text = 'train: a.py\nseed: 1\nvariants:\n  v: { seed: 22, train: { rerun: never } }\n'
  const tree = overlayVariant(parse(text), 'v', new Sink())
  const wordsAt = (key: string, inner?: string) => {
    const outer = entryOf(tree, key)?.value
    const span = (inner === undefined ? outer : entryOf(outer, inner)?.value)?.span
    return span && text.slice(span.start, span.end)
  }
  assert.equal([wordsAt('seed'), wordsAt('train', 'command'), wordsAt('train', 'rerun')], ['22', 'a.py', 'never'])
})

test('an overlay of what the file says already changes nothing', () => {
  const keys = fc.constantFrom('a', 'b', 'c')
  const values = fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 3 }, fc.constantFrom(1, 'x', true), fc.array(fc.constantFrom(1, 2), { maxLength: 2 }), fc.dictionary(keys, tie('value'), { maxKeys: 3, noNullPrototype: true })),
  })).value
  fc.assert(
    fc.property(fc.dictionary(keys, values, { maxKeys: 3, noNullPrototype: true }), (base) => {
      const { value, codes } = overlay(JSON.stringify({ ...base, variants: { v: base } }))
      assert.equal(value, JSON.parse(JSON.stringify(base)))
      assert.equal(codes, [])
    }),
  )
})

test('the names are told, and the file without any', () => {
  const tree = parse('seed: 1\nvariants: { a: {}, b: {} }\n')
  assert.equal(listVariants(tree), ['a', 'b'])
  assert.equal(withoutVariants(tree).entries.map(({ key }) => key), ['seed'])
})

test.run()
