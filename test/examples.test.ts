/** The committed outputs of the examples are what their configs compile to, and their pictures what is drawn of them. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { execa } from 'execa'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { listExamples } from './examples.ts'

const ROOT = resolve(import.meta.dirname, '..')
const isUpdating = process.env['UPDATE'] !== undefined && process.env['CI'] === undefined
const run = (...args: readonly string[]) => [process.execPath, [join(ROOT, 'dist/mlstack.cjs'), ...args]] as const

for (const { name, project } of listExamples()) {
  test(`examples/${name} is up to date`, async () => {
    const { exitCode, all } = await execa(...run('compile', '--check'), {
      cwd: join(ROOT, 'examples', name, project),
      all: true,
      reject: false,
    })
    assert.is(exitCode, 0, all)
  })

  test(`examples/${name}/stack.svg is what mlstack graph prints, and its README shows it`, async () => {
    const folder = join(ROOT, 'examples', name)
    const picture = join(folder, 'stack.svg')
    const { stdout } = await execa(...run('graph'), { cwd: join(folder, project), stripFinalNewline: false })
    if (isUpdating) writeFileSync(picture, stdout)
    const isSame = existsSync(picture) && readFileSync(picture, 'utf8') === stdout
    assert.ok(isSame, `examples/${name}/stack.svg is out of date: npm run build && UPDATE=1 node --import tsx test/examples.test.ts`)
    assert.ok(readFileSync(join(folder, 'README.md'), 'utf8').includes('](stack.svg)'), `examples/${name}/README.md does not show its picture: ![The stack: …](stack.svg)`)
  })
}

test.run()
