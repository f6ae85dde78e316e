/** What a watch session takes from a save to what comes of it, and what it costs while nothing happens. */
import { hasEngine } from '../e2e/engine.ts'
import type { Times } from './measure.ts'
import { CAN_COUNT } from './process-cost.ts'
import { mebibytes, milliseconds, printRow } from './table.ts'
import { measureCodeSaves } from './watch-restarts.ts'
import { measureConfigSaves, measureRest } from './watch-saves.ts'

/** What a session waits after the last event, to see a save as one. */
const DEBOUNCE = 50

const LARGE = 10_000
const REST = 10_000

export async function benchWatch(): Promise<void> {
  await benchConfigSaves(15)
  await benchCodeSaves(10)
  await benchRest()
}

async function benchConfigSaves(saves: number): Promise<void> {
  console.log(`\nmlstack watch, from a save of the config to compose.yaml, ${saves} saves; the last column is without the debounce of ${DEBOUNCE} ms`)
  printRow('', ['median', 'minimum', 'own median'])
  for (const [name, size] of [['10 files of code', 10], [`${LARGE} files of code`, LARGE]] as const) {
    printSave(await measureConfigSaves(name, size, saves))
  }
}

function printSave({ name, median, minimum }: Times): void {
  printRow(name, [milliseconds(median), milliseconds(minimum), milliseconds(median - DEBOUNCE)])
}

async function benchCodeSaves(saves: number): Promise<void> {
  console.log(`\nA running server, from a save of its code to its first answer by it, ${saves} saves in turn`)
  if (!hasEngine()) return console.log('  SKIP: Docker with Compose v2 does not answer here')
  const rows = await measureCodeSaves(saves)
  printRow('', ['median', 'minimum', 'ratio'])
  for (const { name, median, minimum } of rows) printRow(name, [milliseconds(median), milliseconds(minimum), `${(median / (rows.at(-1)?.median ?? NaN)).toFixed(2)} x`])
}

async function benchRest(): Promise<void> {
  console.log(`\nmlstack watch at rest for ${REST / 1000} s, ${LARGE} files of code`)
  if (!CAN_COUNT) return console.log('  SKIP: there is no /proc here to count CPU time by')
  printRow('', ['CPU', 'share', 'memory'])
  for (const options of [[], ['--poll']]) {
    const { cpu, memory } = await measureRest(LARGE, options, REST)
    printRow(['mlstack watch', ...options].join(' '), [milliseconds(cpu), `${((cpu / REST) * 100).toFixed(1)} %`, mebibytes(memory)])
  }
}
