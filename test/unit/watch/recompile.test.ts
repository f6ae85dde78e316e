/** One compile within a session: it writes what differs, tells what is wrong, and remembers what it looked at. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { withFolder } from '../../../src/build/sample-folder.ts'
import { compile } from '../../../src/compile.ts'
import { createNodeProject } from '../../../src/project/node-project.ts'
import { isConfigMissing, recompile, type Recompilation } from '../../../src/watch/recompile.ts'
import { CONFIG, FILES } from './stacks.ts'

function inFolder(use: (folder: string, run: () => Recompilation) => Promise<void>): Promise<void> {
  return withFolder({ ...FILES, 'mlstack.yaml': CONFIG }, (folder) =>
    use(folder, () => recompile({ compile, createProject: createNodeProject, config: { name: 'mlstack.yaml', path: join(folder, 'mlstack.yaml'), folder }, output: { absolute: folder, fromConfig: '.', shown: '.' }, owner: () => ({ uid: 0, gid: 0 }) })),
  )
}

test('only what differs is written', () =>
  inFolder(async (folder, run) => {
    const first = run()
    assert.ok(first.stack)
    assert.equal(first.written.map(({ change }) => change), first.outputs.map(() => 'created'))
    assert.ok(first.outputs.includes('.mlstack/manifest.json'))
    assert.equal(run().written, [])
    writeFileSync(join(folder, 'mlstack.yaml'), CONFIG.replace('8080', '9090'))
    assert.equal(run().written, [{ path: 'compose.yaml', change: 'updated' }, { path: '.mlstack/manifest.json', change: 'updated' }].toSorted((a, b) => first.outputs.indexOf(a.path) - first.outputs.indexOf(b.path)))
  }))

test('a wrong config writes nothing, and what it looked for is known', () =>
  inFolder(async (folder, run) => {
    writeFileSync(join(folder, 'mlstack.yaml'), CONFIG.replace('train.py', 'nowhere.py'))
    const { stack, diagnostics, written, project } = run()
    assert.is(stack, undefined)
    assert.equal(diagnostics.map(({ code }) => code), ['MLS4001'])
    assert.equal(written, [])
    assert.is(project.kinds.get('nowhere.py'), 'missing')
    assert.ok(project.texts.has('requirements.txt'))
    assert.not(existsSync(join(folder, 'compose.yaml')))
  }))

test('a lock that comes, changes or goes is a change of what is compiled', () =>
  inFolder(async (folder, run) => {
    assert.ok(run().project.texts.has('mlstack.lock'))
    const path = join(folder, 'mlstack.lock')
    writeFileSync(path, 'version: 1\n')
    assert.equal(run().diagnostics.map(({ code }) => code), ['MLS4021'])
    writeFileSync(path, 'version: 1\nimages: {}\n')
    const { diagnostics, written } = run()
    assert.equal(diagnostics.map(({ code }) => code), ['MLS4020'])
    assert.ok(written.some((file) => file.path.endsWith('.dockerignore')))
    rmSync(path)
    assert.equal(run().diagnostics, [])
  }))

test('an output edited by hand stays as it is, with words', () =>
  inFolder(async (folder, run) => {
    run()
    const path = join(folder, 'compose.yaml')
    const edited = `${readFileSync(path, 'utf8')}# by hand\n`
    writeFileSync(path, edited)
    const { stack, diagnostics } = run()
    assert.is(stack, undefined)
    assert.equal(diagnostics.map(({ code }) => code), ['MLS5002'])
    assert.is(readFileSync(path, 'utf8'), edited)
  }))

test('a config that is not there, and a disk that refuses', () =>
  withFolder({ taken: '' }, async (folder) => {
    const settings = { compile, createProject: createNodeProject, config: { name: 'mlstack.yaml', path: join(folder, 'mlstack.yaml'), folder }, output: { absolute: folder, fromConfig: '.', shown: '.' }, owner: () => ({ uid: 0, gid: 0 }) }
    assert.ok(isConfigMissing(recompile(settings)))
    const refused = recompile({ ...settings, config: { ...settings.config, path: folder } })
    assert.not(isConfigMissing(refused))
    assert.match(refused.hostError?.message ?? '', 'cannot read mlstack.yaml')
  }))

test.run()
