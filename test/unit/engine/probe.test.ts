/** What Docker answers becomes values, and what it does not answer becomes a reason. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { DockerError, type DockerResult } from '../../../src/engine/docker.ts'
import { parseEndpoint, parseInfo, parsePublishing, parseReclaimable } from '../../../src/engine/engine-answers.ts'
import { probeEngine } from '../../../src/engine/probe.ts'

const INFO = JSON.stringify({ ServerVersion: '26.1.5', OperatingSystem: 'Debian', MemTotal: 1024, DockerRootDir: '/var/lib/docker', SecurityOptions: ['name=seccomp,profile=builtin', 'name=rootless'], MemoryLimit: true, CgroupDriver: 'systemd', Runtimes: { runc: {}, nvidia: {} }, DiscoveredDevices: [{ Source: 'cdi', ID: 'nvidia.com/gpu=all' }] })

const result = (changes: Partial<DockerResult>): DockerResult => ({ exitCode: 0, stdout: '', stderr: '', isAborted: false, ...changes })

test('docker info', () => {
  assert.equal(parseInfo(INFO), { version: '26.1.5', system: 'Debian', memory: 1024, rootFolder: '/var/lib/docker', isRootless: true, hasMemoryLimit: true, cgroupDriver: 'systemd', runtimes: ['runc', 'nvidia'], cdiDevices: ['nvidia.com/gpu=all'] })
  for (const bad of ['', '{}', 'null', '[]', '{"ServerVersion":""}', '{"ServerErrors":["Cannot connect"]}']) assert.is(parseInfo(bad), undefined, bad)
})

test('the endpoint, ports of containers, and what can be freed', () => {
  assert.is(parseEndpoint('{"Name":"default","Endpoints":{"docker":{"Host":"ssh://ana@box"}}}'), 'ssh://ana@box')
  assert.is(parseEndpoint('{"Name":"default"}'), undefined)
  const lines = [
    { Names: 'web-1', Ports: '0.0.0.0:8080->80/tcp, [::]:8080->80/tcp, 9000/tcp', Labels: 'a=b,com.docker.compose.project=digits,com.docker.compose.service=web' },
    { Names: 'many', Ports: '127.0.0.1:6000-6002->6000-6002/tcp', Labels: '' },
    { Names: 'none', Ports: '', Labels: '' },
  ]
  assert.equal(parsePublishing(lines.map((line) => JSON.stringify(line)).join('\n')), [
    { name: 'web-1', project: 'digits', ports: [8080] },
    { name: 'many', project: '', ports: [6000, 6001, 6002] },
  ])
  assert.equal(parseReclaimable('{"Type":"Images","Reclaimable":"2.1GB (80%)"}\n{"Type":"Local Volumes","Reclaimable":"9GB (100%)"}\n{"Type":"Build Cache","Reclaimable":"0B"}'), ['2.1GB of images'])
})

test('every question is answered or has a reason', async () => {
  const answers = await probeEngine({ run: async ([command]) => result({ stdout: command === 'info' ? INFO : command === 'compose' ? '2.26.1-4' : command === 'buildx' ? 'github.com/docker/buildx 0.13.1+ds1 0.13.1' : '' }) }, 1000)
  assert.equal([answers.fault, answers.composeVersion, answers.buildxVersion, answers.info?.version], [undefined, '2.26.1', '0.13.1', '26.1.5'])
  const gone = await probeEngine({ run: () => Promise.reject(new DockerError({ message: 'there is no docker command', help: 'install it' })) }, 1000)
  assert.equal([gone.fault?.message, gone.info, gone.composeVersion], ['there is no docker command', undefined, undefined])
  const refused = await probeEngine({ run: async () => result({ exitCode: 1, stderr: 'first\ncontext "nope": context not found\n' }) }, 1000)
  assert.is(refused.fault?.message, 'context "nope": context not found')
})

test('an engine that hangs is given up', async () => {
  const hang = (signal: AbortSignal | undefined) => new Promise<DockerResult>((resolve) => signal?.addEventListener('abort', () => resolve(result({ exitCode: undefined, isAborted: true }))))
  // A timer of its own keeps the process alive, since that of a signal does not.
  const timer = setTimeout(() => {}, 5000)
  const { fault } = await probeEngine({ run: (_, options) => hang(options?.signal) }, 20)
  clearTimeout(timer)
  assert.match(fault?.message ?? '', 'does not answer within 0.02 s')
})

test.run()
