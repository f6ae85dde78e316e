/** `mlstack lock` in this process, with a Docker that only pretends: what is written, what is said, and what `compile` makes of it. */
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { withFolder } from '../../../src/build/sample-folder.ts'
import { main } from '../../../src/cli/main.ts'
import { outcomeOf, type Outcome } from './run.ts'

const PROJECT = { 'mlstack.yaml': 'name: x\nframework: scikit-learn==1.9.1\ntrain: train.py\n', 'train.py': '', 'requirements.txt': 'idna\n' }
const DIGEST = `sha256:${'d'.repeat(64)}`
const FACTS = { python: '3.11.9', glibc: '2.36', pip: { index: '', extraIndexes: [], links: [], trusted: [] } }
const item = (name: string, version: string) => ({ metadata: { name, version }, is_direct: false, download_info: { url: '', archive_info: { hash: `sha256=${'a'.repeat(64)}` } } })
const reportsWith = (idna: string) => [[item('scikit-learn', '1.9.1')], [item('scikit-learn', '1.9.1'), item('idna', idna)]]

interface Pretended {
  readonly folder: string
  mlstack(...argv: readonly string[]): Promise<Outcome>
  /** What Docker does when asked with these words, before what it does otherwise. */
  docker(answers: Readonly<Record<string, string>>): void
  read(path: string): string
}

const ANSWERS = {
  'version*': 'echo linux/amd64',
  'buildx imagetools inspect*': `echo '{"mediaType":"application/vnd.oci.image.index.v1+json","digest":"${DIGEST}","size":1,"manifests":[{"digest":"sha256:${'e'.repeat(64)}"}]}'`,
  'run --rm --interactive*': `cat > asked.json; echo '${JSON.stringify(reportsWith('3.10'))}'`,
  'run --rm*': `echo '${JSON.stringify(FACTS)}'`,
}

function pretending(use: (pretended: Pretended) => Promise<void>): () => Promise<void> {
  return () =>
    withFolder(PROJECT, async (folder) => {
      const bin = join(folder, 'bin')
      const docker: Pretended['docker'] = (answers) => {
        const cases = [...Object.entries(answers), ...Object.entries(ANSWERS)].map(([words, action]) => `  ${words.replaceAll(' ', '\\ ')}) ${action};;\n`)
        mkdirSync(bin, { recursive: true })
        writeFileSync(join(bin, 'docker'), `#!/bin/sh\ncase "$*" in\n${cases.join('')}*) echo "unexpected: $*" >&2; exit 9;;\nesac\n`)
        chmodSync(join(bin, 'docker'), 0o755)
      }
      docker({})
      const mlstack: Pretended['mlstack'] = (...argv) => outcomeOf(folder, { env: { PATH: `${bin}:/usr/bin:/bin` } }, (io) => main(argv, io))
      await use({ folder, mlstack, docker, read: (path) => readFileSync(join(folder, path), 'utf8') })
    })
}

test(
  'a lock is written, told of, used by compile, and the same the next time',
  pretending(async ({ mlstack, read }) => {
    const first = await mlstack('lock', '--with', 'pip')
    assert.equal(first, { status: 0, stdout: `train: python:3.11-slim-bookworm at ${DIGEST.slice(0, 19)} with Python 3.11.9, 2 packages for linux/amd64\ncreated mlstack.lock\n`, stderr: 'resolving with pip in the base image\n' })
    assert.equal(JSON.parse(read('asked.json')), { system: [], files: { 'requirements.txt': 'idna\n' }, layers: [{ requirements: ['scikit-learn==1.9.1'], own: null, file: null }, { requirements: [], own: null, file: 'requirements.txt' }] })
    assert.match((await mlstack('lock', '--with', 'pip')).stdout, /^unchanged mlstack\.lock$/m)
    assert.equal([(await mlstack('compile')).status, (await mlstack('compile', '--check')).status], [0, 0])
    assert.match(read('.mlstack/train.Dockerfile'), new RegExp(`^FROM python:3\\.11-slim-bookworm@${DIGEST} AS runtime$`, 'm'))
    assert.match(read('.mlstack/train.requirements.lock.txt'), /^idna==3\.10 \\\n {4}--hash=sha256:a{64}$/m)
  }),
)

test(
  'a change of what is asked for is told by compile, fails --check, and goes with another lock',
  pretending(async ({ folder, mlstack, docker, read }) => {
    await mlstack('lock', '--with', 'pip')
    writeFileSync(join(folder, 'requirements.txt'), 'idna>=3.11\n')
    const { status, stderr } = await mlstack('compile')
    assert.is(status, 0)
    assert.match(stderr, /^warning\[MLS4020\]: requirements\.txt asks for idna>=3\.11, which was locked as idna$/m)
    assert.not.match(read('.mlstack/train.Dockerfile'), /@sha256|require-hashes/)
    const check = await mlstack('compile', '--check')
    assert.is(check.status, 1)
    assert.match(check.stderr, /^error\[MLS5005\]: mlstack\.lock is out of date in one place$/m)
    docker({ 'run --rm --interactive*': `echo '${JSON.stringify(reportsWith('3.11'))}'` })
    assert.match((await mlstack('lock', '--with', 'pip')).stdout, /^train: idna 3\.10 -> 3\.11\nupdated mlstack\.lock$/m)
    assert.equal([(await mlstack('compile')).status, (await mlstack('compile', '--check')).status], [0, 0])
  }),
)

test(
  'without a registry, without versions or without Docker nothing is written, and the status says whose fault it is',
  pretending(async ({ folder, mlstack, docker }) => {
    const failures: readonly (readonly [answers: Readonly<Record<string, string>>, status: number, words: RegExp])[] = [
      [{ 'buildx imagetools inspect*': 'echo "ERROR: python:3.11-slim-bookworm: not found" >&2; exit 1' }, 3, /^error: the digest of python:3\.11-slim-bookworm cannot be had: python:3\.11-slim-bookworm: not found$/m],
      [{ 'run --rm --interactive*': 'echo "ERROR: No matching distribution found for idna" >&2; exit 1' }, 1, /^error: pip finds no versions to lock:\n {2}ERROR: No matching distribution found for idna$/m],
      [{ 'run --rm*': 'echo "python: not found" >&2; exit 127' }, 3, /does not tell of its Python: python: not found/],
      [{ 'version*': 'echo "Cannot connect to the Docker daemon" >&2; exit 1' }, 3, /^error: Docker does not answer$/m],
    ]
    for (const [answers, status, words] of failures) {
      docker(answers)
      const outcome = await mlstack('lock', '--with', 'pip')
      assert.is(outcome.status, status)
      assert.match(outcome.stderr, words)
      assert.match(outcome.stderr, /^ {2}= help: .+\nnothing was written$/m)
      assert.not(existsSync(join(folder, 'mlstack.lock')))
    }
  }),
)

test(
  'a lock keeps its platforms, and pip is told of one that is not this machine’s',
  pretending(async ({ mlstack, docker, read }) => {
    docker({ 'run --rm --interactive*': `echo "$*" >> words.txt; echo '${JSON.stringify(reportsWith('3.10'))}'` })
    await mlstack('lock', '--with', 'pip', '--platform', 'linux/arm64, linux/amd64')
    assert.equal([...read('words.txt').matchAll(/--user 0:0 (--platform \S+|--entrypoint)/g)].map(([, words]) => words), ['--entrypoint', '--platform linux/arm64'])
    assert.match(read('mlstack.lock'), /platforms:\n {6}- linux\/amd64\n {6}- linux\/arm64\n/)
    assert.match((await mlstack('lock', '--with', 'pip')).stdout, /for linux\/amd64 and linux\/arm64\nunchanged mlstack\.lock$/m)
  }),
)

test(
  'a lock that is damaged stops compile, and lock makes it anew',
  pretending(async ({ folder, mlstack }) => {
    writeFileSync(join(folder, 'mlstack.lock'), 'version: 1\n')
    const { status, stderr } = await mlstack('compile')
    assert.is(status, 1)
    assert.match(stderr, /^error\[MLS4021\]: the lock cannot be read: `images` is missing$/m)
    assert.match((await mlstack('lock', '--with', 'pip')).stdout, /^updated mlstack\.lock$/m)
    assert.is((await mlstack('compile')).status, 0)
  }),
)

test(
  'what cannot be asked for is refused before Docker is asked',
  pretending(async ({ folder, mlstack }) => {
    assert.match((await mlstack('lock', '--with', 'conda')).stderr, /--with cannot be "conda"/)
    assert.match((await mlstack('lock', '--platform', 'linux/amd64,windows')).stderr, /--platform cannot be "windows"/)
    writeFileSync(join(folder, 'mlstack.yaml'), 'framework: nothing\n')
    assert.is((await mlstack('lock')).status, 1)
  }),
)

test(
  'indexes of the config are asked, and one that a resolver cannot be held to is told of',
  pretending(async ({ mlstack, docker, folder }) => {
    const index = (text: string) => writeFileSync(join(folder, 'mlstack.yaml'), `${PROJECT['mlstack.yaml']}python: { index: ${text} }\n`)
    docker({ 'run --rm --interactive*': `cat > asked.json; test "$PIP_INDEX_URL $PIP_EXTRA_INDEX_URL" = "https://a.example.com https://b.example.com" && echo '${JSON.stringify(reportsWith('3.10'))}'` })
    index('[https://a.example.com, https://b.example.com]')
    assert.is((await mlstack('lock', '--with', 'pip')).status, 0)
    index('{ url: https://a.example.com, packages: ["acme-*"] }')
    const own = await mlstack('lock', '--with', 'pip')
    assert.is(own.status, 1)
    assert.match(own.stderr, /^error: acme-\* come from https:\/\/a\.example\.com alone, which no resolver can be held to yet$/m)
    index('{ url: https://a.example.com, secret: LOGIN }')
    assert.match((await mlstack('lock', '--with', 'pip')).stderr, /^error: the index at a\.example\.com takes a login, which only builds are given$/m)
  }),
)

test.run()
