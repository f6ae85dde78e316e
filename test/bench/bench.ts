/** `npm run bench`: what a compile costs beside a bare start of Node and beside Compose, how that grows with the config, and what watching costs. */
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { DIST } from '../../src/build/paths.ts'
import { withFolder } from '../../src/build/sample-folder.ts'
import { SAMPLE_PROJECT } from '../../src/build/sample-project.ts'
import { makeLargeProject } from './large-project.ts'
import { measureMemory, measureTimes, type Command, type Times } from './measure.ts'
import { mebibytes, milliseconds, printRow } from './table.ts'
import { benchWatch } from './watch-bench.ts'

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
    printRow(name, [milliseconds(median), milliseconds(minimum), `${(median / first).toFixed(2)} x`, peak === undefined ? '' : mebibytes(peak)])
  }
}

async function benchExample(runs: number): Promise<void> {
  console.log(`The ten-line example, whole processes, ${runs} runs in turn (Node ${process.versions.node})`)
  // Node reads these certificates at every start, which can double the time that all else is compared with.
  if (process.env['NODE_EXTRA_CA_CERTS'] !== undefined) console.log('  NODE_EXTRA_CA_CERTS is set: Node itself starts slower for it, and the ratio is smaller than without')
  await withFolder(SAMPLE_PROJECT, async (folder) => {
    const node = [bareNode(folder), compileAnew(folder), compileAgain(folder)]
    const compose: Command = { name: 'docker compose config', folder, words: ['docker', 'compose', 'config', '--quiet'] }
    const hasCompose = spawnSync('docker', ['compose', 'version']).status === 0
    if (!hasCompose) console.log('  docker compose is not here: left out')
    const memory = new Map(node.map((command) => [command.name, measureMemory(command)]))
    printTimes(measureTimes(hasCompose ? [...node, compose] : node, runs), memory)
  })
}

/** A further dataset and service cost the same wherever cost grows in proportion. */
async function benchGrowth(runs: number): Promise<void> {
  console.log(`\nN datasets and N services, ${runs} runs`)
  printRow('N', ['median', 'minimum', 'one more', 'memory'])
  let last: { readonly size: number; readonly minimum: number } | undefined
  for (const size of SIZES) {
    await withFolder(makeLargeProject(size), async (folder) => {
      const command = compileAnew(folder)
      const [{ median, minimum }] = measureTimes([command], runs) as [Times]
      const more = last === undefined ? '' : `${(((minimum - last.minimum) / (size - last.size)) * 1000).toFixed(0)} us`
      printRow(String(size), [milliseconds(median), milliseconds(minimum), more, mebibytes(measureMemory(command))])
      last = { size, minimum }
    })
  }
}

await benchExample(25)
await benchGrowth(7)
await benchWatch()
