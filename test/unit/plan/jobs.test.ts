/** The order of jobs, over any graph of them: each after those that it waits for, and those between train and evaluate on the candidate. */
import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { compile } from '../../../src/compile.ts'
import { createMemoryProject } from '../../../src/project/memory-project.ts'
import type { Service, Stack } from '../../../src/plan/stack.ts'

const NAMES = ['one', 'two', 'three', 'four', 'five', 'six']

/** For each job the names that it waits for; a job waits for later ones of the list alone, so there is no circle. */
const graph = fc.tuple(fc.array(fc.subarray(NAMES), { minLength: NAMES.length, maxLength: NAMES.length }), fc.subarray(NAMES), fc.subarray(NAMES), fc.subarray(NAMES))

function planOf([waiting, afterTrain, beforeTrain, beforeEvaluate]: readonly [readonly (readonly string[])[], readonly string[], readonly string[], readonly string[]]): Stack | undefined {
  const jobs = NAMES.map((name, index) => {
    const others = (waiting[index] ?? []).filter((other) => NAMES.indexOf(other) > index)
    const all = afterTrain.includes(name) && !beforeTrain.includes(name) ? [...others, 'train'] : others
    return `  ${name}: { command: [python, -V], depends_on: [${all.join()}] }`
  })
  const config = `name: case
framework: python
train: { command: [python, -V], depends_on: [${beforeTrain.join()}] }
evaluate: { command: [python, -V], depends_on: [${beforeEvaluate.join()}] }
serve: [python, -V]
jobs:
${jobs.join('\n')}
`
  return compile({ name: 'mlstack.yaml', bytes: new TextEncoder().encode(config) }, createMemoryProject({}), { outputFolder: '.' }).stack
}

/** All that a service waits for, by way of others too. */
function ancestorsOf({ name }: Pick<Service, 'name'>, stack: Stack, seen = new Set<string>()): ReadonlySet<string> {
  const service = stack.services.find((each) => each.name === name)
  const given = service?.overrides.find(({ key }) => key === 'depends_on')?.value
  const names = [...(service?.after ?? []), ...(given?.kind === 'list' ? given.items.map((item) => (item.kind === 'scalar' ? item.text : '')) : [])]
  for (const each of names) {
    if (!seen.has(each)) ancestorsOf({ name: each }, stack, seen.add(each))
  }
  return seen
}

test('each job comes after those that it waits for, and works on the candidate where it stands between the two', () => {
  fc.assert(
    fc.property(graph, (given) => {
      const stack = planOf(given)
      // A circle by way of train is refused.
      if (stack === undefined) return
      assert.equal([...stack.jobOrder].sort(), ['evaluate', 'train', ...NAMES].sort())
      const beforeEvaluate = ancestorsOf({ name: 'evaluate' }, stack)
      const beforeServe = ancestorsOf({ name: 'serve' }, stack)
      for (const service of stack.services.filter(({ kind }) => kind === 'job')) {
        const before = ancestorsOf(service, stack)
        const { name, gate } = service
        for (const each of before) assert.ok(stack.jobOrder.indexOf(each) < stack.jobOrder.indexOf(name), `${each} before ${name}`)
        const isBetween = before.has('train') && beforeEvaluate.has(name)
        const isOfModel = isBetween || name === 'train' || name === 'evaluate'
        assert.is(gate.part, isOfModel ? 'model' : 'apart', name)
        assert.is(beforeServe.has(name), isOfModel || beforeEvaluate.has(name), name)
        assert.is(service.environment.find((variable) => variable.name === 'MODEL_DIR')?.value?.[0], isOfModel ? '/model/candidate' : '/model/current/model', name)
        assert.is(gate.countsServed, !isOfModel && before.has('evaluate'), name)
        if (name === 'evaluate') assert.equal([...gate.after].sort(), [...before].filter((each) => each === 'train' || (beforeEvaluate.has(each) && ancestorsOf({ name: each }, stack).has('train'))).sort())
      }
    }),
    { numRuns: 60 },
  )
})

test.run()
