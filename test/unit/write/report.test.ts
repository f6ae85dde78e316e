/** The words about files that are refused or differ, and where they point. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { Sink } from '../../../src/diagnostics/sink.ts'
import type { Change, Refused } from '../../../src/write/change.ts'
import { reportOtherComposeFiles } from '../../../src/write/other-compose-files.ts'
import { reportDifferences, reportRefused } from '../../../src/write/report.ts'
import { inFolder, made } from './folder.ts'

const told = (sink: Sink) => sink.sorted().map(({ code, message, help }) => [code, message, help])
const foreign = (path: string, found: 'file' | 'folder' | 'link' | 'special', needed: 'file' | 'folder' = 'file'): Refused => ({
  kind: 'foreign', path, found, needed, before: undefined, after: needed === 'file' ? '' : undefined,
})

test('what is in the way, and what helps', () => {
  const sink = new Sink()
  const force = 'move it away, or replace it: mlstack compile --force'
  const move = 'move it away, or write elsewhere: mlstack compile -o DIR'
  reportRefused([foreign('a', 'file'), foreign('b', 'link'), foreign('c', 'folder'), foreign('d', 'special'), foreign('.mlstack', 'link', 'folder')], '.', sink)
  assert.equal(told(sink), [
    ['MLS5001', 'a was not made by mlstack, and is not overwritten', force],
    ['MLS5001', 'b is a symbolic link, but a file has to be written there', force],
    ['MLS5001', 'c is a folder, but a file has to be written there', move],
    ['MLS5001', 'd is a socket, a pipe or a device, but a file has to be written there', move],
    ['MLS5001', '.mlstack is a symbolic link, but a folder has to be written there', move],
  ])
})

test('edits, at the top of the file as the user would name it', () => {
  const sink = new Sink()
  reportRefused([{ kind: 'edited', path: 'compose.yaml', before: '', after: '' }, { kind: 'edited', path: 'x', before: '', after: undefined }], 'out/dir', sink)
  assert.equal(told(sink), [
    ['MLS5002', 'out/dir/compose.yaml was edited by hand, and is not overwritten', 'see what would be lost: mlstack compile --diff, then overwrite it: mlstack compile --force'],
    ['MLS5002', 'out/dir/x is no longer needed, but was edited by hand, and is not removed', 'move it away, or remove it: mlstack compile --force'],
  ])
  const { span } = sink.sorted()[0]?.primary ?? {}
  assert.equal([span?.source.name, span?.start, span?.end], ['out/dir/compose.yaml', 0, 0])
})

test('differences, one a file with its kind; what is the same is not told', () => {
  const sink = new Sink()
  const changes: readonly Change[] = [
    { kind: 'create', path: 'a', after: '' },
    { kind: 'same', path: 'b', before: '', after: '' },
    { kind: 'change', path: 'c', before: '', after: '' },
    { kind: 'remove', path: 'd', before: '' },
    { kind: 'edited', path: 'e', before: '', after: '' },
    foreign('f', 'file'),
  ]
  reportDifferences(changes, '', sink)
  const diff = 'see the difference: mlstack compile --diff'
  assert.equal(told(sink), [
    ['MLS5003', 'a is missing', 'run mlstack compile'],
    ['MLS5003', 'c is out of date', 'run mlstack compile'],
    ['MLS5003', 'd is no longer needed', 'run mlstack compile'],
    ['MLS5003', 'e was edited by hand', diff],
    ['MLS5003', 'f was not made by mlstack', diff],
  ])
})

test('a compose file that Compose will no longer read gets a warning', inFolder((folder) => {
  writeFileSync(join(folder, 'docker-compose.yml'), '')
  writeFileSync(join(folder, 'compose.override.yaml'), '')
  const sink = new Sink()
  const beside = { files: [made('compose.mlstack.yaml', '')], composeFile: 'compose.mlstack.yaml', folder, shownFolder: '.' }
  reportOtherComposeFiles(beside, sink)
  const include = 'add to docker-compose.yml: include: [compose.mlstack.yaml]'
  assert.equal(told(sink), [['MLS5006', 'docker-compose.yml does not include compose.mlstack.yaml, so docker compose does not read it', include]])
  writeFileSync(join(folder, 'docker-compose.yml'), 'include: [compose.mlstack.yaml]\n')
  const second = new Sink()
  reportOtherComposeFiles(beside, second)
  assert.equal(told(second), [])
  reportOtherComposeFiles({ files: [made('compose.yaml', '')], composeFile: 'compose.yaml', folder, shownFolder: 'out' }, sink)
  assert.equal(told(sink).slice(1), [
    [
      'MLS5004',
      'docker compose reads compose.yaml and no longer out/docker-compose.yml',
      'keep it: compose_file: compose.mlstack.yaml in the config, and include: [compose.mlstack.yaml] at the top of out/docker-compose.yml',
    ],
  ])
  assert.not.ok(sink.hasErrors)
}))

test.run()
