/** The text of a lock: what it looks like, and what is said of one that is damaged. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { positionOf } from '../../../src/diagnostics/position.ts'
import { formatLock } from '../../../src/lock/lock-file.ts'
import { DIGEST, hashOf, lockedPackage, read } from './setup.ts'

const COMMIT = '0123456789abcdef0123456789abcdef01234567'

const LOCK = {
  images: [
    {
      name: 'train',
      base: 'python:3.11-slim-bookworm',
      digest: DIGEST,
      python: '3.11.9',
      platforms: ['linux/amd64', 'linux/arm64'],
      layers: [
        {
          title: 'PyTorch 2.13.0',
          index: 'PYTORCH_INDEX_URL=https://wheels.example.org/cpu',
          asked: ["torch==2.13.0+cpu ; platform_machine == 'x86_64'"],
          packages: [lockedPackage('torch', '2.13.0', { marker: "platform_machine == 'aarch64'" }), lockedPackage('torch', '2.13.0+cpu', { marker: "platform_machine == 'x86_64'", hashes: [hashOf('b')] })],
        },
        {
          title: 'requirements.txt',
          index: undefined,
          asked: ['-c numpy<2', 'tool @ git+https://git.example.org/tool@v1'],
          packages: [lockedPackage('numpy', '1.26.4', { hashes: [hashOf('a'), hashOf('c')] }), lockedPackage('tool', '', { url: `git+https://git.example.org/tool@${COMMIT}`, hashes: [] })],
        },
      ],
    },
  ],
}

const TEXT = `# Made by \`mlstack lock\`. Commit it: compiling uses it, and needs no network for that.
# Base images are held by digest, packages by version and hash. Run \`mlstack lock\` again to renew it; do not edit it by hand.
version: 1
images:
  train:
    base: python:3.11-slim-bookworm
    digest: ${DIGEST}
    python: 3.11.9
    platforms:
      - linux/amd64
      - linux/arm64
    layers:
      - for: PyTorch 2.13.0
        index: PYTORCH_INDEX_URL=https://wheels.example.org/cpu
        asked:
          - torch==2.13.0+cpu ; platform_machine == 'x86_64'
        packages:
          - torch==2.13.0 ; platform_machine == 'aarch64' sha256:${hashOf('a')}
          - torch==2.13.0+cpu ; platform_machine == 'x86_64' sha256:${hashOf('b')}
      - for: requirements.txt
        asked:
          - -c numpy<2
          - tool @ git+https://git.example.org/tool@v1
        packages:
          - numpy==1.26.4 sha256:${hashOf('a')} sha256:${hashOf('c')}
          - tool @ git+https://git.example.org/tool@${COMMIT}
`

test('a package is a line', () => {
  assert.is(formatLock(LOCK), TEXT)
})

test('it reads back as it was written, with the places of its parts', () => {
  const { lock } = read(TEXT)
  assert.equal(lock?.images, LOCK.images)
  const lineOf = (place: string) => {
    const span = lock?.places.get(place)
    return span && positionOf(span.source, span.start).line
  }
  assert.equal(['train', 'train.base', 'train.layers.0', 'train.layers.0.index', 'train.layers.1.asked.1'].map(lineOf), [5, 6, 13, 14, 23])
  assert.equal(read(TEXT.replaceAll('\n', '\r\n')).lock?.images, LOCK.images)
})

const DAMAGES: Readonly<Record<string, readonly [from: string | RegExp, to: string, problem: RegExp, line: number]>> = {
  'of another version': ['version: 1', 'version: 2', /reads version 1 of it alone/, 3],
  'without a version': ['version: 1\n', '', /version 1/, 3],
  'with the marks of a merge': ['    python:', '<<<<<<< ours\n    python:', /marks of a merge/, 8],
  'with a cut digest': [DIGEST, 'sha256:dd', /this is no digest/, 7],
  'without a key': ['    python: 3.11.9\n', '', /`python` is missing/, 6],
  'with a mapping for a list': [/platforms:\n.*\n.*\n/, 'platforms: {}\n', /has to be a list/, 9],
  'with a package without a hash': [/(numpy==1.26.4) .*/, '$1', /no package with a version and a hash/, 25],
  'with a cut hash': [hashOf('b'), hashOf('b').slice(1), /no package with a version and a hash/, 19],
  'with a branch for a commit': [`tool@${COMMIT}`, 'tool@main', /no package with a version and a hash/, 26],
  'with a range': ['numpy==1.26.4', 'numpy>=1.26.4', /no package with a version and a hash/, 25],
  'that is empty': [/^[^]*$/, '', /empty/, 1],
}

for (const [name, [from, to, problem, line]] of Object.entries(DAMAGES)) {
  test(`a lock ${name} is refused at the place`, () => {
    const { lock, diagnostics } = read(TEXT.replace(from, to))
    const [diagnostic] = diagnostics
    assert.is(lock, undefined)
    assert.equal(diagnostics.map(({ code }) => code), ['MLS4021'])
    if (diagnostic === undefined) return
    assert.match(diagnostic.message, problem)
    assert.is(positionOf(diagnostic.primary.span.source, diagnostic.primary.span.start).line, line)
  })
}

test.run()
