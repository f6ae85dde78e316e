/** Runs every `*.test.ts` below the folder given through uvu, in a few processes that take one file after the other; a file that never calls `test.run()` is a failure. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { parse } from 'uvu/parse'
import { run } from 'uvu/run'

type Suite = Awaited<ReturnType<typeof parse>>['suites'][number]

const folder = process.argv[2] ?? 'test'
// One engine is enough for one stack at a time.
const isEndToEnd = folder.includes('e2e')

/** What takes longest is begun first, so that no process is left with it at the end; in order. */
const LONG: readonly string[] = ['entrypoint.test.ts', 'fetch.test.ts', 'entrypoint-jobs.test.ts', 'grid.test.ts', 'nodes.test.ts', 'runner.test.ts', 'builds.test.ts']

/** The answer to a process that asks for a file when all are given out. */
const NONE_LEFT = 'none left'

/** What uvu prints at the end, with its colours where it has some. */
const SUMMARY = /\n {2}Total: .*\n(?:.*Passed: .*\n)(?:.*Skipped: .*\n)(?:.*Duration: .*\n)\n?/g

async function findSuites(): Promise<readonly Suite[]> {
  const { suites } = await parse(folder, /\.test\.ts$/, { ignore: isEndToEnd ? [] : [/(^|[\\/])e2e([\\/]|$)/] })
  for (const suite of suites) {
    if (!(await readFile(suite.file, 'utf8')).includes('.run()')) throw new Error(`${suite.name} never calls test.run(), so uvu would pass it without running a test`)
  }
  if (suites.length === 0) throw new Error(`no test files below ${folder}`)
  const rank = ({ file }: Suite) => (LONG.findIndex((name) => file.endsWith(`/${name}`)) + LONG.length + 1) % (LONG.length + 1)
  return suites.sort((one, other) => rank(one) - rank(other))
}

/** Gives a file to each process that asks for one, and prints what each said as one, and what they count as one sum. */
async function share(waiting: Suite[], processes: number): Promise<void> {
  const started = Date.now()
  const ends = await Promise.all(Array.from({ length: processes }, () => runApart(waiting)))
  const outputs = ends.map(({ output }) => output)
  for (const output of outputs) process.stdout.write(output.replace(SUMMARY, ''))
  const sum = (name: string) => outputs.flatMap((output) => [...output.matchAll(new RegExp(`^ {2}${name}: +(\\d+)`, 'gm'))]).reduce((total, [, count]) => total + Number(count), 0)
  process.stdout.write(`\n  Total:     ${sum('Total')}\n  Passed:    ${sum('Passed')}\n  Skipped:   ${sum('Skipped')}\n  Duration:  ${Date.now() - started}ms\n\n`)
  if (ends.some(({ status }) => status !== 0)) process.exitCode = 1
}

async function runApart(waiting: Suite[]): Promise<{ readonly output: string; readonly status: number | null }> {
  const child = spawn(process.execPath, [...process.execArgv, ...process.argv.slice(1, 2), folder], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
  const pieces: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (piece: Buffer) => pieces.push(piece))
  child.on('message', () => child.send(waiting.shift() ?? NONE_LEFT))
  const [status] = (await once(child, 'close')) as [number | null]
  return { output: Buffer.concat(pieces).toString(), status }
}

/** Asks for files and runs them, until there is none left. */
async function work(): Promise<void> {
  let status = 0
  for (let suite = await askForSuite(); suite !== NONE_LEFT; suite = await askForSuite()) {
    Object.assign(globalThis, { UVU_QUEUE: [] })
    await run([suite], { bail: false })
    // uvu sets it anew for each.
    status ||= Number(process.exitCode)
  }
  process.exitCode = status
  process.disconnect()
}

async function askForSuite(): Promise<Suite | typeof NONE_LEFT> {
  process.send?.('next')
  const [suite] = (await once(process, 'message')) as [Suite | typeof NONE_LEFT]
  return suite
}

if (process.send !== undefined) await work()
else if (isEndToEnd) await run([...(await findSuites())], { bail: false })
// One more than there are processors, since tests also wait.
else await share([...(await findSuites())], availableParallelism() + 1)
