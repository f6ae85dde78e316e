/** Where a lock no longer agrees: what is edited after locking, and what is said of it. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { positionOf } from '../../../src/diagnostics/position.ts'
import type { Span } from '../../../src/diagnostics/diagnostic.ts'
import { findAsked } from '../../../src/lock/fingerprint.ts'
import { compareLock } from '../../../src/lock/stale.ts'
import { lockOf, plan, readBack } from './setup.ts'

type Files = Readonly<Record<string, string>>

const CONFIG = 'name: x\nframework: pytorch==2.13.0\npython: { packages: [humanize] }\ntrain: train.py\n'
const FILES: Files = { 'requirements.txt': 'pandas>=2.2 # tables\n-r more.txt\n-c limits.txt\n', 'more.txt': 'idna\n', 'limits.txt': 'numpy<3\n' }

interface Edit {
  readonly config?: string
  readonly files?: Files
}

/** Locks, edits, compares. */
function edit({ config = CONFIG, files = {} }: Edit) {
  const lock = readBack(lockOf(plan(CONFIG, FILES)))
  const { stack, project } = plan(config, { ...FILES, ...files })
  return compareLock(findAsked(stack, { project, configName: 'mlstack.yaml' }), lock)
}

const placeOf = (span: Span | undefined) => span && `${span.source.name}:${positionOf(span.source, span.start).line}`

const EDITS: Readonly<Record<string, readonly [change: Edit, ...differences: string[]]>> = {
  'nothing': [{}],
  'comments, spaces, line ends and the order of lines': [{ files: { 'requirements.txt': '# A file\r\n-c limits.txt\r\n-r more.txt\r\n\r\npandas>=2.2\r\n' } }],
  'another version of the framework': [{ config: CONFIG.replace('2.13.0', '2.12.0') }, 'PyTorch 2.12.0 was locked as PyTorch 2.13.0'],
  'another Python': [{ config: CONFIG.replace('python: {', 'python: { version: "3.12",') }, 'the base image python:3.12-slim-bookworm was locked as python:3.11-slim-bookworm'],
  'another range': [{ files: { 'requirements.txt': 'pandas>=2.3\n-r more.txt\n-c limits.txt\n' } }, 'requirements.txt asks for pandas>=2.3, which was locked as pandas>=2.2'],
  'a new line': [{ files: { 'more.txt': 'idna\nflask\n' } }, 'requirements.txt asks for flask, which the lock does not have'],
  'a line less': [{ files: { 'more.txt': '' } }, 'requirements.txt asks no longer for idna, which the lock has'],
  'another limit': [{ files: { 'limits.txt': 'numpy<2\n' } }, 'requirements.txt asks for -c numpy<2, which was locked as -c numpy<3'],
  'another package in place': [{ config: CONFIG.replace('humanize', 'rich') }, 'the config asks for rich, which the lock does not have', 'the config asks no longer for humanize, which the lock has'],
  'no packages in place': [{ config: CONFIG.replace('[humanize]', '[]') }, 'the lock has the packages of the config, which nothing asks for any longer'],
  'another index': [{ config: `${CONFIG}gpu: true\n` }, 'PyTorch 2.13.0 comes from PYTORCH_INDEX_URL=https://download.pytorch.org/whl/cu130, and was locked from PYTORCH_INDEX_URL=https://download.pytorch.org/whl/cpu'],
  'another name of the image': [
    { config: CONFIG.replace('train:', 'serve:') },
    'the lock does not have the image serve',
    'the lock has the image train, which is no longer built',
  ],
}

for (const [name, [change, ...expected]] of Object.entries(EDITS)) {
  test(`${name} ${expected.length === 0 ? 'leaves a lock as it is' : 'is told'}`, () => {
    assert.equal(edit(change).map(({ words }) => words), expected)
  })
}

test('both places are known: the line of the file, and that of the lock', () => {
  const [difference] = edit({ files: { 'more.txt': '\nidna==3.10\n' } })
  assert.is(placeOf(difference?.span), 'more.txt:2')
  assert.match(String(difference?.lockSpan && difference.lockSpan.source.text.slice(difference.lockSpan.start, difference.lockSpan.end)), /^idna$/)
})

test('a copy of ours is the user’s file, so the places are there', () => {
  const config = 'name: x\nframework: tensorflow==2.21.0\ntrain: train.py\n'
  const files = { 'requirements.txt': '# All\ntensorflow>=2.16\nidna\n' }
  const lock = readBack(lockOf(plan(config, files)))
  const { stack, project } = plan(config, { 'requirements.txt': '# All\ntensorflow>=2.16\nidna==3.10\n' })
  const [difference] = compareLock(findAsked(stack, { project, configName: 'mlstack.yaml' }), lock)
  assert.equal([difference?.words, placeOf(difference?.span)], ['requirements.txt asks for idna==3.10, which was locked as idna', 'requirements.txt:3'])
})

test.run()
