/** The example of a whole pipeline: fetched data, tests, training that survives a kill, a gate, two servers, and nothing done twice. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { startFileServer } from '../file-server.ts'
import { findFreePort, findGateway, testOnEngine, withStack, type Stack } from './engine.ts'

/** More than a test can wait for: it is killed on the way. */
const ENDLESS = 'epochs: 100000'
/** Seconds from the start of a container to its first answer. */
const SOON = 10

/** What each job prints when it does its work. */
const SIGNS: Readonly<Record<string, RegExp>> = { 'fetch-digits': /fetch-digits: done/, test: /passed in/, train: /epoch \d+: loss/, evaluate: /held-out digits/ }

testOnEngine('pipeline runs from its data to two servers, does nothing twice, and goes on after a kill', async () => {
  const server = await startFileServer('0.0.0.0')
  server.files.set('/digits.csv.gz', { body: readFileSync(join(import.meta.dirname, 'pipeline/digits.csv.gz')) })
  process.env['DIGITS_URL'] = `http://${findGateway()}:${server.port}/digits.csv.gz`
  process.env['REPORT_PORT'] = String(await findFreePort())
  try {
    await withStack('examples/pipeline', runPipeline, 'reader')
    assert.is(server.requests.length, 1, 'the data is fetched once')
  } finally {
    await server.close()
  }
})

async function runPipeline(stack: Stack): Promise<void> {
  await stack.mlstack('compile', '--check')
  await up(stack)
  assert.equal(await jobsThatRan(stack), ['evaluate', 'fetch-digits', 'test', 'train'])
  await stack.waitForHealth()
  await checkServers(stack, '0001')

  await stack.compose('stop', 'serve')
  await up(stack)
  assert.equal(await jobsThatRan(stack), [])
  await stack.waitForHealth()
  assert.ok(Date.now() - Date.parse(await startOf(stack, 'serve')) < SOON * 1000)

  await setParameter(stack, 'epochs: 40', 'epochs: 41')
  await up(stack)
  assert.equal(await jobsThatRan(stack), ['evaluate', 'train'])
  await stack.waitFor(async () => (await readReport()).release === '0002')

  await setParameter(stack, 'epochs: 41', ENDLESS)
  await killInTraining(stack)
  await checkServers(stack, '0002')
  await stack.whileComposing(['up', 'train'], () => stack.waitFor(async () => /resumes after epoch \d+[^]*epoch \d+: loss/.test(await lastWords(stack, 'train'))))
  await checkServers(stack, '0002')
}

async function up(stack: Stack): Promise<void> {
  const { exitCode, output } = await stack.compose('up', '-d', '--build')
  assert.is(exitCode, 0, output)
}

async function setParameter(stack: Stack, from: string, to: string): Promise<void> {
  stack.replace('params.yaml', from, to)
  await stack.mlstack('compile')
}

/** The jobs that did their work since their containers were last started. */
async function jobsThatRan(stack: Stack): Promise<readonly string[]> {
  const jobs = await Promise.all(Object.entries(SIGNS).map(async ([job, sign]) => (sign.test(await lastWords(stack, job)) ? [job] : [])))
  return jobs.flat().sort()
}

/** What a service has printed since its container was last started. */
async function lastWords(stack: Stack, service: string): Promise<string> {
  const { all } = await execa('docker', ['logs', '--since', await startOf(stack, service), await containerOf(stack, service)], { all: true })
  return all
}

async function startOf(stack: Stack, service: string): Promise<string> {
  return (await execa('docker', ['inspect', '--format', '{{.State.StartedAt}}', await containerOf(stack, service)])).stdout
}

async function containerOf(stack: Stack, service: string): Promise<string> {
  return (await stack.compose('ps', '--all', '--quiet', service)).output.trim()
}

/** Kills the training after it has saved a checkpoint, as a machine does that runs out of memory. */
async function killInTraining(stack: Stack): Promise<void> {
  await stack.whileComposing(['up', 'train', 'evaluate'], async () => {
    await stack.waitFor(async () => /epoch 2: loss/.test(await lastWords(stack, 'train')))
    await stack.compose('kill', '--signal', 'KILL', 'train')
  })
}

/** Both servers have the release, and the one that predicts reads a four. */
async function checkServers(stack: Stack, release: string): Promise<void> {
  const response = await fetch(`${stack.url}/predict`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: stack.read('example.json') })
  assert.is(((await response.json()) as { digit: number }).digit, 4)
  const report = await readReport()
  assert.is(report.release, release)
  assert.ok(report.metrics.accuracy >= 0.9)
}

interface Report {
  readonly release: string
  readonly metrics: { readonly accuracy: number }
}

async function readReport(): Promise<Report> {
  return (await (await fetch(`http://127.0.0.1:${process.env['REPORT_PORT']}`)).json()) as Report
}

test.run()
