/** Whatever of Compose's own words is accepted here, Compose accepts too; `docker compose config` needs no engine. */
import { execa } from 'execa'
import fc from 'fast-check'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { compile } from '../../src/compile.ts'
import { createMemoryProject } from '../../src/project/memory-project.ts'
import { testWithTool } from '../machine.ts'
import { runs } from './runs.ts'

const missing = spawnSync('docker', ['compose', 'version']).status === 0 ? undefined : 'there is no docker compose'

/** Lines of a service: some are right, some are wrong in themselves, and some only beside others. */
const KEYS: readonly string[] = [
  'image: busybox:1', 'image: [x]', 'build: .', 'build: { context: ., dockerfile: Dockerfile }', 'build: { contxt: . }', 'build: { context: ., dockerfile: x, dockerfile_inline: FROM x }',
  'command: [sleep, "1"]', 'command: sleep 1', 'command: { a: b }', 'environment: { A: 1, B: , C: true }', 'environment: [A=1, B]', 'environment: 3',
  'ports: ["8081:80"]', 'ports: [8082]', 'ports: ["127.0.0.1:8083:80/udp"]', 'ports: ["80a:80"]', 'ports: [{ target: 80, published: "8084" }]', 'ports: [{ targt: 80 }]', 'ports: ["9000-9002:80-82"]',
  'volumes: ["data:/data"]', 'volumes: [{ type: volume, source: data, target: /data }]', 'volumes: [{ type: bnd, source: data, target: /data }]', 'volumes: ["./x:/x:ro"]',
  'networks: [back]', 'networks: [nowhere]', 'networks: { back: { aliases: [a] } }', 'network_mode: host', 'network_mode: "service:b"', 'network_mode: "service:nobody"',
  'depends_on: [b]', 'depends_on: [nobody]', 'depends_on: { b: { condition: service_healthy } }', 'depends_on: { b: { condition: later } }', 'depends_on: [a]',
  'healthcheck: { test: [CMD, "true"], interval: 3s }', 'healthcheck: { interval: 30 }', 'healthcheck: { interval: "a while" }', 'healthcheck: { intervall: 3s }',
  'deploy: { replicas: 2 }', 'deploy: { resources: { limits: { memory: 1g, cpus: "0.5" } } }', 'deploy: { resources: { limits: { memry: 1g } } }',
  'mem_limit: 512m', 'mem_limit: 12qq', 'scale: 2', 'scale: 3', 'container_name: only', 'restart: always', 'restart: 5', 'init: true', 'privileged: false',
  'labels: { a: b }', 'labels: 3', 'configs: [settings]', 'configs: [other]', 'secrets: [TOKEN]', 'secrets: [NOBODY]', 'ulimits: { nofile: { soft: 1, hard: 2 } }', 'ulimits: { nofile: { soft: 1 } }',
  'stop_grace_period: 1m30s', 'stop_grace_period: ten', 'tmpfs: [/tmp]', 'links: [b]', 'links: ["b:db"]', 'links: [nobody]', 'profiles: [debug]', 'expose: ["80"]', 'user: "1000"', 'foo: 1', 'x-mine: 1',
]

function configOf(keys: readonly string[]): string {
  const unique = [...new Map(keys.map((line) => [line.slice(0, line.indexOf(':')), line])).values()]
  return `name: case
framework: python
serve: serve.py
secrets: [TOKEN]
services:
  b: { image: "busybox:1" }
  a:
    cap_drop: [ALL]
${unique.map((line) => `    ${line}\n`).join('')}networks:
  back:
configs:
  settings: { content: hello }
`
}

testWithTool(missing, 'what is accepted is accepted by Compose, for any keys together', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mlstack-compose-'))
  const counts = { accepted: 0, refused: 0 }
  try {
    // Without an image it is a second server, over whose settings the keys are merged.
    const services = fc.tuple(fc.constantFrom([], ['image: busybox:1']), fc.array(fc.constantFrom(...KEYS), { maxLength: 5 })).map((parts) => parts.flat())
    await fc.assert(
      fc.asyncProperty(services, async (keys) => {
        const text = configOf(keys)
        const { hasErrors, files } = compile({ name: 'mlstack.yaml', bytes: new TextEncoder().encode(text) }, createMemoryProject({ 'serve.py': '' }), { outputFolder: '.' })
        counts[hasErrors ? 'refused' : 'accepted'] += 1
        if (hasErrors) return
        writeFileSync(join(folder, 'compose.yaml'), files.find(({ path }) => path === 'compose.yaml')?.text ?? '')
        const { exitCode, all } = await execa('docker', ['compose', 'config', '-q'], { cwd: folder, env: { TOKEN: 'x' }, all: true, reject: false })
        assert.is(exitCode, 0, `${text}\n${all}`)
      }),
      runs(60),
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  const few = (counts.accepted + counts.refused) / 12
  assert.ok(counts.accepted > few && counts.refused > few, JSON.stringify(counts))
})

test.run()
