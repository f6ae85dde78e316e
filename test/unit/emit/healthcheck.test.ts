/** Health probes: a real bash asks a real server. */
import { spawn, spawnSync } from 'node:child_process'
import { createServer, type AddressInfo } from 'node:net'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { formatProbe } from '../../../src/emit/compose/healthcheck.ts'
import type { Health } from '../../../src/plan/stack.ts'
import { testWithTool } from '../../machine.ts'

const HAS_BASH = spawnSync('bash', ['-c', ': < /dev/null']).status === 0

/** The status of the probe, against a server that answers so to whatever it is asked; and what it was asked. */
async function probe(answer: string, health: Partial<Health>): Promise<{ readonly status: number | null; readonly asked: string }> {
  let asked = ''
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.on('data', (bytes) => {
      asked += bytes.toString()
      // The lines come one by one.
      if (asked.endsWith('\r\n\r\n')) socket.end(answer)
    })
  }).listen(0, '127.0.0.1')
  await new Promise((done) => server.once('listening', done))
  const { port } = server.address() as AddressInfo
  const bash = spawn('bash', ['-c', formatProbe({ path: '/ready', port, by: 'bash', startPeriod: '1s', ...health })], { stdio: 'ignore' })
  const status = await new Promise<number | null>((done) => bash.once('exit', done))
  await new Promise((done) => server.close(done))
  return { status, asked }
}

function answerOf(status: string, body = ''): string {
  return `HTTP/1.1 ${status}\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`
}

testWithTool(HAS_BASH ? undefined : 'there is no bash', 'bash takes 2xx and 3xx for well, and nothing else', async () => {
  for (const [status, isWell] of [['200 OK', true], ['204 No Content', true], ['302 Found', true], ['404 Not Found', false], ['503 Service Unavailable', false]] as const) {
    const { status: found, asked } = await probe(answerOf(status), {})
    assert.is(found === 0, isWell, status)
    assert.match(asked, /^GET \/ready HTTP\/1\.1\r\nHost: 127\.0\.0\.1\r\nConnection: close\r\n\r\n$/)
  }
  assert.is.not((await probe('', {})).status, 0)
})

testWithTool(HAS_BASH ? undefined : 'there is no bash', 'where an answer is asked for, the status is not enough', async () => {
  const answer = '"AVAILABLE"'
  assert.is((await probe(answerOf('200 OK', '{"state": "AVAILABLE"}'), { answer })).status, 0)
  assert.is.not((await probe(answerOf('200 OK', '{"state": "LOADING"}'), { answer })).status, 0)
})

testWithTool(HAS_BASH ? undefined : 'there is no bash', 'a path has no meaning to the shell or to printf, and a connection is enough without one', async () => {
  const { status, asked } = await probe(answerOf('200 OK'), { path: "/a'b%s$HOME`id`" })
  assert.is(status, 0)
  assert.match(asked, "GET /a'b%s$HOME`id` HTTP/1.1")
  assert.is((await probe('', { path: undefined })).status, 0)
})

test.run()
