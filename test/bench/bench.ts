/** `npm run bench`: what a compile costs beside a bare start of Node and beside Compose, and how that grows with the config. */
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { DIST } from '../../src/build/paths.ts'
import { withFolder } from '../../src/build/sample-folder.ts'
import { SAMPLE_PROJECT } from '../../src/build/sample-project.ts'
import { makeLargeProject } from './large-project.ts'
import { measureMemory, measureTimes, type Command, type Times } from './measure.ts'

const LAUNCHER = join(DIST, 'mlstack.cjs')
const SIZES = [10, 100, 1000]

function bareNode(folder: string): Command {
  return { name: 'node -e 0', folder, words: [process.execPath, '-e', '0'] }
}

function compileAgain(folder: string, name = 'mlstack compile, nothing to write'): Command {
  return { name, folder, words: [process.execPath, LAUNCHER, 'compile'] }
}

function compileAnew(folder: string, name = 'mlstack compile'): Command {
  const prepare = () => ['compose.yaml', '.mlstack'].forEach((path) => rmSync(join(folder, path), { recursive: true, force: true }))
  return { ...compileAgain(folder, name), prepare }
}

/** The rows in a table, each beside the first one. */
function printTimes(rows: readonly Times[], memory: ReadonlyMap<string, number>): void {
  const first = rows[0]?.median ?? NaN
  printRow('', ['median', 'minimum', 'ratio', 'memory'])
  for (const { name, median, minimum } of rows) {
    const peak = memory.get(name)
    printRow(name, [milliseconds(median), milliseconds(minimum), `${(median / first).toFixed(2)} x`, peak === undefined ? '' : `${peak.toFixed(1)} MiB`])
  }
}

function printRow(name: string, cells: readonly string[]): void {
  console.log(`  ${name.padEnd(36)}${cells.map((cell) => cell.padStart(12)).join('')}`.trimEnd())
}

function milliseconds(time: number): string {
  return `${time.toFixed(1)} ms`
}

async function benchExample(runs: number): Promise<void> {
  console.log(`The ten-line example, whole processes, ${runs} runs in turn (Node ${process.versions.node})`)
  await withFolder(SAMPLE_PROJECT, async (folder) => {
    const node = [bareNode(folder), compileAnew(folder), compileAgain(folder)]
    const compose: Command = { name: 'docker compose config', folder, words: ['docker', 'compose', 'config', '--quiet'] }
    const hasCompose = spawnSync('docker', ['compose', 'version']).status === 0
    if (!hasCompose) console.log('  docker compose is not here: left out')
    const memory = new Map(node.map((command) => [command.name, measureMemory(command)]))
    printTimes(measureTimes(hasCompose ? [...node, compose] : node, runs), memory)
  })
}

/** What a dataset and a service cost together, once the start is taken off. */
function costOfEach(times: Times, bare: Times, size: number): number {
  return ((times.median - bare.median) / size) * 1000
}

async function benchGrowth(runs: number): Promise<void> {
  console.log(`\nN datasets and N services, ${runs} runs in turn`)
  printRow('N', ['median', 'minimum', 'each pair', 'memory'])
  for (const size of SIZES) {
    await withFolder(makeLargeProject(size), async (folder) => {
      const command = compileAnew(folder)
      const [bare, times] = measureTimes([bareNode(folder), command], runs) as [Times, Times]
      const each = `${costOfEach(times, bare, size).toFixed(0)} us`
      printRow(String(size), [milliseconds(times.median), milliseconds(times.minimum), each, `${measureMemory(command).toFixed(1)} MiB`])
    })
  }
}

await benchExample(25)
await benchGrowth(7)
