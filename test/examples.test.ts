/** The committed outputs of the examples are what their configs compile to. */
import { join, resolve } from 'node:path'
import { execa } from 'execa'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { listExamples } from './examples.ts'

const ROOT = resolve(import.meta.dirname, '..')

for (const { name, project } of listExamples()) {
  test(`examples/${name} is up to date`, async () => {
    const { exitCode, all } = await execa(process.execPath, [join(ROOT, 'dist/mlstack.cjs'), 'compile', '--check'], {
      cwd: join(ROOT, 'examples', name, project),
      all: true,
      reject: false,
    })
    assert.is(exitCode, 0, all)
  })
}

test.run()
