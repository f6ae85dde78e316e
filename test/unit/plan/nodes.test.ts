/** Jobs of several nodes in the plan: services that differ in nothing but their place, and GPUs that no two of them share. */
import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { textForCompose } from '../../../src/config/template.ts'
import { needsOf } from '../../../src/plan/needs.ts'
import type { Service } from '../../../src/plan/stack.ts'
import { plan } from '../lock/setup.ts'

const servicesOf = (text: string): readonly Service[] => plan(`name: nodes\nmodel: mlp\n${text}`, { 'evaluate.py': '' }).stack.services
const valueOf = ({ environment }: Service, name: string) => environment.find((variable) => variable.name === name)?.value?.join('')

test('the nodes of a job are alike but for their names, their numbers and what the first one decides', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 6 }), fc.option(fc.integer({ min: 1, max: 8 }), { nil: undefined }), (nodes, processes) => {
      const services = servicesOf(`framework: pytorch==2.13.0\ntrain: { command: train.py --rank $NODE_RANK, nodes: ${nodes}${processes === undefined ? '' : `, processes_per_node: ${processes}`} }\n`)
      assert.equal(services.map(({ name }) => name), ['train', ...Array.from({ length: nodes - 1 }, (_, index) => `train-${index + 1}`)])
      assert.equal(services.map((service) => valueOf(service, 'NODE_RANK')), services.map((_, index) => String(index)))
      const common = services.map(({ environment, image, mounts, limits, launch }) => JSON.stringify([environment.filter(({ name }) => name !== 'NODE_RANK'), image, mounts, limits, launch]))
      assert.is(new Set(common).size, 1)
      assert.equal(services.map(({ gate }) => [gate.part, gate.promotes]), services.map((_, index) => (index === 0 ? ['model', true] : ['node', false])))
      assert.equal(services[0]?.node?.others, services.slice(1).map(({ name }) => name))
    }),
    { numRuns: 20 },
  )
})

test('no two nodes have a GPU in common, each has as many as the others, and all that are named are used', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 4 }), fc.integer({ min: 1, max: 4 }), fc.boolean(), fc.constantFrom('nvidia', 'amd'), (nodes, each, isNamed, vendor) => {
      const ids = Array.from({ length: nodes * each }, (_, index) => 10 + index)
      const gpu = isNamed ? `{ device_ids: [${ids.join(', ')}], vendor: ${vendor} }` : `{ count: ${each}, vendor: ${vendor} }`
      const { stack } = plan(`name: nodes\nmodel: mlp\nframework: pytorch==2.10.0\ngpu: ${gpu}\ntrain: { command: train.py, nodes: ${nodes}, processes_per_node: gpu }\n`)
      const devices = stack.services.map((service) => service.gpu?.deviceIds.map(textForCompose) ?? [])
      assert.ok(devices.every((own) => own.length === each))
      assert.equal(devices.flat(), isNamed ? ids.map(String) : Array.from({ length: nodes * each }, (_, index) => String(index)))
      if (vendor === 'amd') assert.equal(stack.services.map((service) => valueOf(service, 'ROCR_VISIBLE_DEVICES')), devices.map((own) => own.join(',')))
      assert.is(needsOf(stack, () => undefined).gpu?.count, nodes * each)
    }),
    { numRuns: 30 },
  )
})

test('the processors of a container are shared among its processes', () => {
  const threads = (keys: string, rest = '') => valueOf(servicesOf(`framework: pytorch==2.13.0\n${rest}train: { command: train.py, ${keys} }\n`)[0] as Service, 'OMP_NUM_THREADS')
  assert.is(threads('resources: { cpus: 8 }'), '8')
  assert.is(threads('resources: { cpus: 8 }, processes_per_node: 4'), '2')
  assert.is(threads('resources: { cpus: 1 }, processes_per_node: 4'), '1')
  assert.is(threads('resources: { cpus: 8 }, processes_per_node: gpu', 'gpu: 2\n'), '4')
  // Torchrun gives each process one thread where it finds none.
  assert.is(threads('resources: { cpus: 8 }, processes_per_node: gpu', 'gpu: all\n'), undefined)
  assert.is(threads('resources: { cpus: "${CPUS:-8}" }, processes_per_node: 2'), undefined)
})

test('TensorFlow is told of all nodes, and the others of the first one', () => {
  const [, second] = servicesOf('framework: tensorflow==2.15.1\ntrain: { command: train.py, nodes: 2 }\n')
  assert.equal(JSON.parse(valueOf(second as Service, 'TF_CONFIG') ?? ''), { cluster: { worker: ['train-0:29500', 'train-1:29500'] }, task: { type: 'worker', index: 1 } })
  assert.is(valueOf(second as Service, 'MASTER_ADDR'), undefined)
  const [, other] = servicesOf('framework: jax\ntrain: { command: train.py, nodes: 2 }\n')
  assert.equal(['MASTER_ADDR', 'MASTER_PORT', 'NNODES', 'NODE_RANK', 'TF_CONFIG'].map((name) => valueOf(other as Service, name)), ['train-0', '29500', '2', '1', undefined])
  assert.is(other?.launch, undefined)
})

test('one node is none, and a launcher of the user\'s own is left alone', () => {
  assert.equal(servicesOf('framework: pytorch==2.13.0\ntrain: { command: train.py, nodes: 1 }\n').map(({ node, launch }) => [node, launch]), [[undefined, undefined]])
  assert.equal(servicesOf('framework: pytorch==2.13.0\ntrain: { command: torchrun train.py, nodes: 2 }\n').map(({ node, launch }) => [node?.number, launch]), [[0, undefined], [1, undefined]])
  assert.equal(servicesOf('framework: transformers\ntrain: { command: train.py, nodes: 2 }\n').map(({ launch }) => launch), [{ launcher: 'torchrun', processes: 1 }, { launcher: 'torchrun', processes: 1 }])
})

test('nodes run at once, and take memory together', () => {
  const { stack } = plan('name: nodes\nmodel: mlp\nframework: pytorch==2.13.0\ntrain: { command: train.py, nodes: 3, resources: { memory: 2g } }\n')
  assert.equal(needsOf(stack, () => undefined).services.map(({ name, memory }) => [name, memory]), [['train', 6 * 1024 ** 3]])
})

test.run()
