/** The package, as npm packs it, works where nothing else of the repository is. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { execa } from 'execa'
import { test } from 'uvu'
import * as assert from 'uvu/assert'

const ROOT = resolve(import.meta.dirname, '../..')

test('what npm packs installs elsewhere, compiles, draws and explains a config, and can be imported', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mlstack-pack-'))
  try {
    const { stdout } = await execa('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], { cwd: ROOT })
    const project = join(folder, 'project')
    mkdirSync(project)
    writeFileSync(join(project, 'package.json'), '{"type": "module"}')
    writeFileSync(join(project, 'mlstack.yaml'), 'name: packed\nframework: scikit-learn\ntrain: train.py\n')
    writeFileSync(join(project, 'train.py'), '')
    await execa('npm', ['install', '--offline', '--no-audit', '--no-fund', join(folder, stdout.trim())], { cwd: project })
    const { stdout: written } = await execa(join(project, 'node_modules/.bin/mlstack'), ['compile'], { cwd: project })
    assert.match(written, 'created compose.yaml')
    assert.match((await execa(join(project, 'node_modules/.bin/mlstack'), ['graph'], { cwd: project })).stdout, /^<svg /)
    writeFileSync(join(project, 'mlstack.yaml'), 'name: packed\nframework: scikit-lern\ntrain: train.py\n')
    const { exitCode, stderr } = await execa(join(project, 'node_modules/.bin/mlstack'), ['compile'], { cwd: project, reject: false })
    assert.is(exitCode, 1)
    assert.match(stderr, 'did you mean `scikit-learn`?')
    const { stdout: explained } = await execa(join(project, 'node_modules/.bin/mlstack'), ['explain', 'MLS2003'], { cwd: project })
    assert.match(explained, '    error[MLS2003]: ')
    const { stdout: key } = await execa(join(project, 'node_modules/.bin/mlstack'), ['explain', 'framework'], { cwd: project })
    assert.match(key, '`scikit-lern` (mlstack.yaml:2)')
    const script = "import { compile } from 'mlstack'; console.log(typeof compile)"
    assert.is((await execa(process.execPath, ['--input-type=module', '-e', script], { cwd: project })).stdout, 'function')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test.run()
