/** The committed outputs of the examples are what their configs compile to. */
import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { execa } from 'execa'
import { test } from 'uvu'
import * as assert from 'uvu/assert'

const ROOT = resolve(import.meta.dirname, '..')

for (const entry of readdirSync(join(ROOT, 'examples'), { withFileTypes: true }).filter((each) => each.isDirectory())) {
  test(`examples/${entry.name} is up to date`, async () => {
    const { exitCode, all } = await execa(process.execPath, [join(ROOT, 'dist/mlstack.cjs'), 'compile', '--check'], {
      cwd: join(ROOT, 'examples', entry.name),
      all: true,
      reject: false,
    })
    assert.is(exitCode, 0, all)
  })
}

test.run()
