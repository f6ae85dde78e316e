/** The printed plan: JSON in which text is text and what passes through is plain, whatever the plan holds them in. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { formatPlan } from '../../../src/plan/print.ts'
import { compileCase, findCases } from '../../golden/cases.ts'

interface Printed {
  readonly services: readonly { readonly command: { readonly words: readonly string[] }; readonly environment: readonly unknown[]; readonly mounts: readonly unknown[]; readonly limits: object; readonly overrides: readonly unknown[]; readonly gpu?: object }[]
  readonly passed: { readonly services: readonly unknown[] }
}

function print(name: string): Printed {
  const found = findCases('compile').find((each) => each.name === name)
  const stack = found && compileCase(found).stack
  assert.ok(stack, name)
  return JSON.parse(formatPlan(stack)) as Printed
}

test('references stand as Compose would write them', () => {
  const [train, serve] = print('dollars').services
  assert.equal(train?.command.words, ['python train.py --out "$$MODEL_DIR" --root $${ROOT} --user ${USER:-nobody} --price $$5'])
  assert.equal(serve?.command.words, ['python', 'serve.py', '--port', '8080', '--model', '/model/current/model', '--level', '${LOG_LEVEL:-info}'])
  assert.equal(train?.environment.slice(4, 8), [{ name: 'PRICE', value: '$$5' }, { name: 'ROOT', value: '/data/root' }, { name: 'FROM_SHELL' }, { name: 'LOG', value: '${LOG_LEVEL:-info}' }])
  assert.equal(train?.mounts[0], { kind: 'bind', source: '${DATA_ROOT:?set DATA_ROOT}/images', target: '/data/elsewhere', isReadOnly: true })
})

test('limits and devices are text', () => {
  assert.equal(print('limits').services[0]?.limits, { cpus: '${CPUS:-8}', memory: '64g', pids: '500', shmSize: '512m' })
  assert.equal(print('tensorflow-on-chosen-gpus').services[0]?.gpu, { vendor: 'nvidia', version: '12.5', oldestDriver: '525.60.13', kernels: [{ framework: 'TensorFlow 2.21.0', capabilities: ['6.0', '7.0', '8.0', '8.9', '9.0'] }], deviceIds: ['0', '${SECOND_GPU:-GPU-1}'], capabilities: ['gpu', 'utility'] })
})

test('what passes through is plain', () => {
  const { services, passed } = print('compose-keys')
  assert.equal(services[0]?.overrides[1], { key: 'labels', value: { team: 'vision' } })
  assert.equal(passed.services, [
    {
      key: 'database',
      value: {
        image: 'postgres:16',
        environment: { POSTGRES_PASSWORD: '${DB_PASSWORD:?}', RATIO: '1.10', ON: 'on' },
        volumes: ['database:/var/lib/postgresql/data'],
        command: 'first line\nsecond line\n',
      },
    },
  ])
})

test('no plan shows how it holds its text', () => {
  for (const each of findCases('compile')) {
    const { stack } = compileCase(each)
    if (stack !== undefined) assert.not.match(formatPlan(stack), /"(?:operator|isPlain|entries)":/, each.name)
  }
})

test.run()
