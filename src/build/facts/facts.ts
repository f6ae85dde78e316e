/** `npm run facts`: reads the package index again and brings the facts of frameworks up to it; with `--check` it only says what it would change. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ROOT, SOURCE } from '../paths.ts'
import { writeChanged } from '../write-changed.ts'
import { SNAPSHOT } from './distributions.ts'
import { findIndexUrl } from './index-url.ts'
import { fetchFiles } from './package-index.ts'
import { printData } from './print-data.ts'
import { refreshFramework, type FrameworkFile, type Index } from './refresh.ts'
import { snapshotOf } from './snapshot.ts'
import { releasesIn, type WheelRelease } from './wheels.ts'

const FRAMEWORKS = ['jax', 'lightgbm', 'onnx', 'pytorch', 'scikit-learn', 'tensorflow', 'transformers', 'xgboost']
const SNAPSHOT_FILE = join(ROOT, 'test/unit/facts/wheels.json')

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false }, index: { type: 'string' } } })
const report = await refresh(await readIndex(await findIndexUrl(values.index, process.env)), values.check)
console.log(report.length === 0 ? 'The facts agree with the package index.' : report.join('\n'))
if (values.check && report.length > 0) process.exitCode = 1

async function readIndex(url: string): Promise<Index> {
  const { versions } = readData<{ versions: Index['pythons'] }>('python')
  const pythons = versions.map(({ version }) => version)
  const wheels = new Map<string, readonly WheelRelease[]>()
  for (const [name, first] of Object.entries(SNAPSHOT)) wheels.set(name, releasesIn(await fetchFiles(url, name), first, pythons))
  return { wheels, pythons: versions }
}

/** What changed, a line each. */
async function refresh(index: Index, isCheck: boolean): Promise<readonly string[]> {
  const today = new Date().toISOString().slice(0, 10)
  const refreshed = FRAMEWORKS.map((name) => ({ name, ...refreshFramework(readData<FrameworkFile>(name), index) }))
  if (!isCheck) {
    for (const { name, file } of refreshed) writeChanged(dataFile(name), printData({ ...file, checked: today }))
    writeChanged(SNAPSHOT_FILE, printData({ source: ['the Python Package Index, by `npm run facts`'], checked: today, distributions: snapshotOf(index.wheels) }))
  }
  return refreshed.flatMap(({ report }) => report)
}

function readData<Data>(name: string): Data {
  return JSON.parse(readFileSync(dataFile(name), 'utf8')) as Data
}

function dataFile(name: string): string {
  return join(SOURCE, 'facts/data', `${name}.json`)
}
