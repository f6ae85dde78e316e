/** What is read of Docker's own words: containers, events, descriptions, faults, and what to leave out of dependencies. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { parseContainers, parseEvent } from '../../../src/engine/containers.ts'
import { parseDescription } from '../../../src/engine/description.ts'
import { findFault } from '../../../src/engine/docker-faults.ts'
import { withoutJobDependencies } from '../../../src/engine/job-dependencies.ts'
import { CONFIG, plan } from '../watch/stacks.ts'

const inspected = (changes: object = {}, labels: object = {}) => ({
  Id: 'abc',
  Image: 'sha256:1',
  State: { Status: 'running', ExitCode: 0, Health: { Status: 'healthy' } },
  Config: { User: '10001:10001', Labels: { 'com.docker.compose.service': 'serve', 'com.docker.compose.config-hash': 'h', 'com.docker.compose.oneoff': 'False', ...labels } },
  ...changes,
})

test('a container', () => {
  const [container] = parseContainers(JSON.stringify([inspected()]))
  assert.equal(container, { id: 'abc', service: 'serve', state: 'running', health: 'healthy', exitCode: 0, image: 'sha256:1', configHash: 'h', user: '10001:10001' })
})

test('states and health as far as they matter', () => {
  const states = [['created', 'created'], ['restarting', 'restarting'], ['paused', 'running'], ['exited', 'exited'], ['dead', 'exited'], ['removing', 'exited']]
  for (const [status, expected] of states) assert.is(parseContainers(JSON.stringify([inspected({ State: { Status: status, ExitCode: 3 } })]))[0]?.state, expected)
  assert.is(parseContainers(JSON.stringify([inspected({ State: { Status: 'running', Health: { Status: 'none' } } })]))[0]?.health, undefined)
})

test('containers of nobody, and of docker compose run, are left out', () => {
  assert.equal(parseContainers(JSON.stringify([inspected({}, { 'com.docker.compose.oneoff': 'True' }), { Id: 'x', Config: { Labels: null } }, null])), [])
  assert.equal(parseContainers('{}'), [])
})

test('an event', () => {
  const line = (attributes: object) => JSON.stringify({ Type: 'container', Action: 'die', Actor: { ID: 'abc', Attributes: attributes } })
  assert.equal(parseEvent(line({ 'com.docker.compose.service': 'train' })), { id: 'abc', service: 'train', action: 'die' })
  for (const other of [line({}), line({ 'com.docker.compose.service': 'train', 'com.docker.compose.oneoff': 'True' }), 'not json', '"text"', '']) assert.is(parseEvent(other), undefined)
})

test('where services answer', () => {
  const port = (host_ip: string | undefined, published: string | undefined) => ({ ports: [{ mode: 'ingress', target: 80, published, host_ip }] })
  const json = JSON.stringify({ name: 'digits', services: { a: port('127.0.0.1', '8080'), b: port(undefined, '81'), c: port('::1', '82'), d: port('0.0.0.0', '83'), e: port('127.0.0.1', undefined), f: {} } })
  const { project, urls } = parseDescription(json)
  assert.is(project, 'digits')
  assert.equal([...urls], [['a', 'http://127.0.0.1:8080'], ['b', 'http://127.0.0.1:81'], ['c', 'http://[::1]:82'], ['d', 'http://127.0.0.1:83']])
  assert.is(parseDescription('{"name": "empty"}').urls.size, 0)
})

test('faults of Docker itself', () => {
  const said = [
    ['Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?', 'Docker does not answer'],
    ['error during connect: Get "http://%2F%2F.%2Fpipe%2Fdocker_engine/v1.24/info"', 'Docker does not answer'],
    ['permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock', 'you may not talk to Docker'],
    ["docker: 'compose' is not a docker command.", 'Docker has no Compose 2'],
    ["unknown shorthand flag: 'f' in -f", 'Docker has no Compose 2'],
  ]
  for (const [stderr = '', message] of said) assert.is(findFault({ exitCode: 1, stderr, code: undefined })?.message, message)
  assert.is(findFault({ exitCode: undefined, stderr: '', code: 'ENOENT' })?.message, 'there is no docker command')
  assert.is(findFault({ exitCode: 1, stderr: 'no such service: x', code: undefined }), undefined)
  assert.is(findFault({ exitCode: 0, stderr: 'Cannot connect to the Docker daemon', code: undefined }), undefined)
})

test('nothing waits for our jobs, and all else stays', () => {
  const { stack } = plan(
    CONFIG.replace('serve: { command: serve.py', 'serve: { depends_on: { database: { condition: service_healthy } }, command: serve.py') +
      'services: { database: { image: "postgres:16" }, ui: { image: a:1, depends_on: [train, database] }, other: { image: b:1, depends_on: [database] } }\n',
  )
  assert.is(
    withoutJobDependencies(stack),
    `services:
  "evaluate": {depends_on: !override {}}
  "serve": {depends_on: !override {"database":{"condition":"service_healthy"}}}
  "ui": {depends_on: !override {"database":{"condition":"service_started"}}}
`,
  )
  assert.is(withoutJobDependencies(plan('name: one\nframework: python\nserve: serve.py\n').stack), 'services: {}\n')
})

test('the first node of a job still waits for the others to start', () => {
  const { stack } = plan('name: nodes\nframework: pytorch==2.13.0\nmodel: mlp\ntrain: { command: train.py, nodes: 2 }\nevaluate: { command: evaluate.py, nodes: 3 }\n')
  assert.is(
    withoutJobDependencies(stack),
    `services:
  "evaluate": {depends_on: !override {"evaluate-1":{"condition":"service_started"},"evaluate-2":{"condition":"service_started"}}}
  "evaluate-1": {depends_on: !override {}}
  "evaluate-2": {depends_on: !override {}}
`,
  )
})

test.run()
