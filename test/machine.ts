/** What a test needs of the machine: skips are told and counted, a tool that is missing fails in CI, root can be left for a while, and time is that of processors. */
import { spawnSync } from 'node:child_process'
import { lchownSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'

type Body = () => void | Promise<void>

/** The user `nobody` of Linux, whom file modes bind. */
const NOBODY = 65534

/** Registers a test; where `reason` says why it cannot run here, it is skipped out loud. */
export function testUnless(reason: string | undefined, name: string, body: Body): void {
  if (reason === undefined) return void test(name, async () => body())
  console.log(`SKIP ${name}: ${reason}`)
  test.skip(name, async () => body())
}

/** The same for a tool: where `missing` says that it is not here, that is a failure in CI. */
export function testWithTool(missing: string | undefined, name: string, body: Body): void {
  if (missing === undefined || process.env['CI'] === undefined) return testUnless(missing, name, body)
  test(name, () => Promise.reject(new Error(`${missing}, and in CI that is a failure`)))
}

/** Says of a program that it is not here; undefined where a shell finds it. */
export function missingProgram(program: string): string | undefined {
  return spawnSync('sh', ['-c', 'command -v "$0"', program]).status === 0 ? undefined : `there is no ${program}`
}

/** Root may read and write everything: gives the folder to an ordinary user and becomes that user, until what is returned is called. */
export function leaveRoot(folder: string): () => void {
  const { getuid, seteuid } = process
  if (getuid?.() !== 0 || seteuid === undefined) return () => undefined
  const inside = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((each) => join(folder, each))
  for (const path of [folder, ...inside]) lchownSync(path, NOBODY, NOBODY)
  seteuid(NOBODY)
  return () => seteuid(0)
}

/** The milliseconds of processors that something takes, however much else the machine has to do. */
export function costOf(act: () => void): number {
  const before = process.cpuUsage()
  act()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}
