/** Runs every `*.test.ts` below the folder given through uvu; a file that never calls `test.run()` is a failure. */
import { readFile } from 'node:fs/promises'
import { parse } from 'uvu/parse'
import { run } from 'uvu/run'

const folder = process.argv[2] ?? 'test'
const isEndToEnd = folder.includes('e2e')
const { dir, suites } = await parse(folder, /\.test\.ts$/, { ignore: isEndToEnd ? [] : [/(^|[\\/])e2e([\\/]|$)/] })
for (const suite of suites) {
  if (!(await readFile(suite.file, 'utf8')).includes('.run()')) throw new Error(`${suite.name} never calls test.run(), so uvu would pass it without running a test`)
}
if (suites.length === 0) throw new Error(`no test files below ${dir}`)
await run(suites, { bail: false })
