/** What a stack asks of its machine, with the variables of the shell filled in. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { needsOf, type Needs } from '../../../src/plan/needs.ts'
import { findImageSize } from '../../../src/facts/sizes.ts'
import { plan } from '../lock/setup.ts'

function needsIn(text: string, variables: Readonly<Record<string, string>> = {}): Needs {
  const { stack } = plan(`name: digits\n${text}`, { 'serve.py': '', 'data/digits.csv': '', key: '' })
  return needsOf(stack, (name) => variables[name])
}

test('a small stack: a port on this machine alone, and nothing else', () => {
  assert.equal(needsIn('framework: python\nserve: serve.py\n'), {
    project: 'digits',
    services: [{ name: 'serve', kind: 'service', memory: undefined, shm: undefined }],
    hostPorts: [{ service: 'serve', port: 8080, address: '127.0.0.1', variable: 'SERVE_PORT' }],
    gpu: undefined,
    diskBytes: findImageSize('3.11')?.installed,
    binds: [],
    hosts: [],
    secrets: [],
    user: undefined,
  })
})

test('variables count as the shell has them, then as their defaults; what nobody knows is left out', () => {
  const text = 'framework: python\ntrain: train.py\nserve: {command: serve.py, ports: ["${PORT:-9000}:8080", "${OTHER}:81"]}\nresources: {memory: "${MEMORY:-8g}"}\n'
  assert.equal(needsIn(text).hostPorts, [{ service: 'serve', port: 9000, address: undefined, variable: undefined }])
  assert.equal(needsIn(text, { PORT: '9100', OTHER: '82' }).hostPorts.map(({ port }) => port), [9100, 82])
  assert.equal(needsIn(text, { MEMORY: '1g' }).services.map(({ memory }) => memory), [1024 ** 3, 1024 ** 3])
  const short = 'framework: python\nserve: serve.py\n'
  assert.is(needsIn(short, { SERVE_PORT: '8081' }).hostPorts[0]?.port, 8081)
  assert.equal(needsIn(short, { SERVE_PORT: 'abc' }).hostPorts, [])
  assert.is(needsIn(short, { COMPOSE_PROJECT_NAME: 'other' }).project, 'other')
})

test('servers that are fetched from, as far as they are known', () => {
  const { hosts } = needsIn('framework: python\nenvironment: { AWS_ENDPOINT_URL: "http://$MINIO" }\ndatasets: { a: "https://example.com/a.zip", b: "http://$HOST:8000/b", c: "s3://bucket/c", d: "hf://datasets/org/d@v1", e: "http://$NOWHERE/e" }\njobs: { look: ls }\n', { HOST: 'there', MINIO: 'minio:9000' })
  assert.equal(hosts.map(({ service, host, port }) => `${service} ${host}:${port}`), ['fetch-a example.com:443', 'fetch-b there:8000', 'fetch-c minio:9000', 'fetch-d huggingface.co:443'])
})

test('ports and mounts of services of the user count too', () => {
  const services = 'services:\n  db: {image: postgres, ports: ["127.0.0.1:5432:5432", "53:53/udp"], volumes: ["./db:/var/lib", "named:/x", {type: bind, source: ../seed, target: /seed, read_only: true}]}\nvolumes: {named: {}}\n'
  const { hostPorts, binds } = needsIn(`framework: python\ntrain: {command: train.py, volumes: ["./out:/out"]}\ndatasets: {digits: ./data/digits.csv}\n${services}`)
  assert.equal(hostPorts, [{ service: 'db', port: 5432, address: '127.0.0.1', variable: undefined }])
  assert.equal(binds, [
    { service: 'train', source: './data/digits.csv', isReadOnly: true, isCreated: false, isOurs: true },
    { service: 'train', source: './out', isReadOnly: false, isCreated: true, isOurs: true },
    { service: 'db', source: './db', isReadOnly: false, isCreated: true, isOurs: false },
    { service: 'db', source: '../seed', isReadOnly: true, isCreated: true, isOurs: false },
  ])
})

test('folders for outputs and files of parameters are made by compiling; a secret that builds alone read is a file too', () => {
  const { binds } = needsIn('framework: python\nparams: { lr: 1 }\noutputs: [runs]\nsecrets: { KEY: { file: key, for: [build] } }\nbuild: { run: [{ command: echo, secrets: [KEY] }] }\ntrain: train.py\n')
  assert.equal(binds.map(({ service, source, isReadOnly, isMade }) => [service, source, isReadOnly, isMade === true]), [
    ['train', './.mlstack/train.params.json', true, true],
    ['train', './runs', false, true],
    ['the build', './key', true, false],
  ])
})

test('whom containers run as, where the config says so', () => {
  assert.equal(needsIn('framework: python\ntrain: train.py\nbuild: {user: "1000:100"}\n').user, { uid: 1000, gid: 100 })
})

test('the most GPUs that a role asks for, by count, by ids, or all', () => {
  const gpu = (form: string) => needsIn(`framework: pytorch\ntrain: train.py\ngpu: ${form}\n`).gpu
  assert.equal([gpu('2'), gpu('[0, 1, 2]'), gpu('all')].map((need) => [need?.vendor, need?.count]), [['nvidia', 2], ['nvidia', 3], ['nvidia', 'all']])
  const named = gpu('{arch: RTX 4090, memory: 16GB, driver: "550"}')
  assert.equal([named?.memory, named?.oldestDriver, named?.cuda], [16 * 1024 ** 3, '525.60.13', '12.6'])
  assert.ok(named?.kernels?.[0]?.capabilities.includes('8.6'))
  assert.equal([gpu('{vendor: amd}')?.vendor, gpu('{vendor: amd}')?.cuda], ['amd', undefined])
  assert.is(gpu('false'), undefined)
})

test('shared memory that the model needs, and the names of secrets from the shell', () => {
  const { services, secrets, binds } = needsIn('framework: pytorch\nmodel: cnn\ntrain: train.py\nsecrets: {HF_TOKEN: {environment: MY_TOKEN}, KEY: {file: ./key}}\n')
  assert.is(services[0]?.shm, 8 * 1024 ** 3)
  assert.equal(secrets, ['MY_TOKEN'])
  assert.equal(binds, [{ service: 'train', source: './key', isReadOnly: true, isCreated: false, isOurs: true }])
})

test.run()
