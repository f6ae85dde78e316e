/** What is told of another lock: versions that moved, files that are others, and what came or went. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { listChanges, summarizeLock } from '../../../src/lock/changes.ts'
import type { Lock, LockedImage, LockedPackage } from '../../../src/lock/lock-file.ts'
import { DIGEST, hashOf, lockedPackage } from './setup.ts'

const lock = (packages: readonly LockedPackage[], more: Partial<LockedImage> = {}): Lock => ({
  images: [{ name: 'train', base: 'python:3.11-slim', digest: DIGEST, python: '3.11.9', platforms: ['linux/amd64'], layers: [{ title: 'packages', index: undefined, asked: [], packages }], ...more }],
})

test('nothing is told of the same lock', () => {
  assert.equal(listChanges(lock([lockedPackage('torch', '2.13.0')]), lock([lockedPackage('torch', '2.13.0')])), [])
})

test('each change is a line', () => {
  const before = lock([lockedPackage('torch', '2.12.1'), lockedPackage('idna', '3.10'), lockedPackage('numpy', '2.0.0')])
  const after = lock([lockedPackage('torch', '2.13.0'), lockedPackage('numpy', '2.0.0', { hashes: [hashOf('b')] }), lockedPackage('rich', '14.0')], { digest: `sha256:${hashOf('e')}` })
  assert.equal(listChanges(before, after), [
    'train: base image python:3.11-slim is another file than before',
    'train: torch 2.12.1 -> 2.13.0',
    'train: idna 3.10 is gone',
    'train: numpy 2.0.0 is another file than before',
    'train: rich 14.0 is new',
  ])
})

test('platforms are told apart', () => {
  const torch = (version: string, machine: string) => lockedPackage('torch', version, { marker: `platform_machine == '${machine}'` })
  assert.equal(listChanges(lock([torch('2.12.1+cpu', 'x86_64'), torch('2.12.1', 'aarch64')]), lock([torch('2.13.0+cpu', 'x86_64'), torch('2.12.1', 'aarch64')])), ["train: torch (platform_machine == 'x86_64') 2.12.1+cpu -> 2.13.0+cpu"])
})

test('the summary has the image, its Python and how much is pinned', () => {
  const both = { platforms: ['linux/amd64', 'linux/arm64'] }
  assert.equal(summarizeLock(lock([lockedPackage('torch', '2.13.0')], both)), [`train: python:3.11-slim at ${DIGEST.slice(0, 19)} with Python 3.11.9, 1 package for linux/amd64 and linux/arm64`])
})

test.run()
