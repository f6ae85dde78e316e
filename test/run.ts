/** Runs every `*.test.ts` below the folder given through uvu, in a process for each processor; a file that never calls `test.run()` is a failure. */
import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { parse } from 'uvu/parse'
import { run } from 'uvu/run'

const folder = process.argv[2] ?? 'test'
/** The part that this process is to run, as `1/2`; undefined in the one that starts the others. */
const share = process.argv[3]
// One engine is enough for one stack at a time.
const isEndToEnd = folder.includes('e2e')

/** What uvu prints at the end, with its colours where it has some. */
const SUMMARY = /\n {2}Total: .*\n(?:.*Passed: .*\n)(?:.*Skipped: .*\n)(?:.*Duration: .*\n)\n?/

async function runShare(part: string): Promise<void> {
  const [number = 1, of = 1] = part.split('/').map(Number)
  const { suites } = await parse(folder, /\.test\.ts$/, { ignore: isEndToEnd ? [] : [/(^|[\\/])e2e([\\/]|$)/] })
  for (const suite of suites) {
    if (!(await readFile(suite.file, 'utf8')).includes('.run()')) throw new Error(`${suite.name} never calls test.run(), so uvu would pass it without running a test`)
  }
  if (suites.length === 0) throw new Error(`no test files below ${folder}`)
  // Back and forth, since the long ones stand beside each other.
  const shareOf = (index: number) => (Math.floor(index / of) % 2 === 0 ? index % of : of - 1 - (index % of))
  await run(suites.filter((_, index) => shareOf(index) === number - 1), { bail: false })
}

/** Prints what each process says as one, and what they count as one sum. */
async function runAll(processes: number): Promise<void> {
  const started = Date.now()
  const ends = await Promise.all(Array.from({ length: processes }, (_, index) => runApart(`${index + 1}/${processes}`)))
  const outputs = ends.map(({ output }) => output)
  for (const output of outputs) process.stdout.write(output.replace(SUMMARY, ''))
  const sum = (name: string) => outputs.flatMap((output) => [...output.matchAll(new RegExp(`^ {2}${name}: +(\\d+)`, 'gm'))]).reduce((total, [, count]) => total + Number(count), 0)
  process.stdout.write(`\n  Total:     ${sum('Total')}\n  Passed:    ${sum('Passed')}\n  Skipped:   ${sum('Skipped')}\n  Duration:  ${Date.now() - started}ms\n\n`)
  if (ends.some(({ status }) => status !== 0)) process.exitCode = 1
}

function runApart(part: string): Promise<{ readonly output: string; readonly status: number | null }> {
  const child = spawn(process.execPath, [...process.execArgv, ...process.argv.slice(1, 2), folder, part], { stdio: ['ignore', 'pipe', 'pipe'] })
  const pieces: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => pieces.push(piece))
  return new Promise((done) => child.on('close', (status) => done({ output: Buffer.concat(pieces).toString(), status })))
}

if (share !== undefined || isEndToEnd) await runShare(share ?? '1/1')
else await runAll(availableParallelism())
