/** Failed builds as they were recorded, and what is said about each, at which place. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { compile } from '../../../src/compile.ts'
import type { Span } from '../../../src/diagnostics/diagnostic.ts'
import { positionOf } from '../../../src/diagnostics/position.ts'
import { blameBuild } from '../../../src/engine/blame.ts'
import type { BuildFailure } from '../../../src/engine/build-log.ts'
import type { Image } from '../../../src/plan/stack.ts'
import { createMemoryProject } from '../../../src/project/memory-project.ts'
import { createSource } from '../../../src/syntax/source.ts'
import { readFixture, readOutput } from './read-fixture.ts'

/** Keys beside the ones that every config has. */
interface Setup {
  readonly keys?: string
  readonly requirements?: string
}

function planImage(config: string, requirements: string | undefined): Image {
  const project = createMemoryProject({ 'train.py': '', 'src/train.py': '', ...(requirements === undefined ? {} : { 'requirements.txt': requirements }) })
  const { stack, diagnostics } = compile({ name: 'mlstack.yaml', bytes: new TextEncoder().encode(config) }, project, { outputFolder: '.' })
  const [image] = stack?.images ?? []
  if (image === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'))
  return image
}

function blame(failure: BuildFailure, { keys = 'framework: scikit-learn==1.9.1\npython: "3.11"', requirements }: Setup) {
  const text = `name: digits\nmodel: mlp\ntrain: train.py\n${keys}\n`
  const sources = requirements === undefined ? [] : [createSource('requirements.txt', requirements)]
  return blameBuild({ failure, image: planImage(text, requirements), config: createSource('mlstack.yaml', text), requirements: sources })
}

function failureOf(fixture: string): BuildFailure {
  const { failure } = readFixture(fixture)
  if (failure === undefined) throw new Error(`${fixture} did not fail`)
  return failure
}

/** Such as `requirements.txt:2:1 pandas`. */
function show({ source, start, end }: Span): string {
  const { line, column } = positionOf(source, start)
  return `${source.name}:${line}:${column} ${source.text.slice(start, end)}`
}

const FROM_IMAGE = (image: string) => ({ keys: `framework: scikit-learn==1.9.1\nbuild: { from: "${image}" }` })
const WITH_SYSTEM = (...names: readonly string[]) => ({ keys: `framework: scikit-learn==1.9.1\nsystem: [${names.join(', ')}]` })

type Row = readonly [fixture: string, setup: Setup, code: string, places: readonly string[], problem: string, help: string]

const ROWS: readonly Row[] = [
  [
    'pip-not-found', { requirements: '# ours\ntinydb==4.8.0\nNoSuchThing_mlstack==1.0  # invented\n' },
    'MLS6001', ['requirements.txt:3:1 NoSuchThing_mlstack==1.0'],
    'pip finds no package nosuchthing-mlstack==1.0 for Python 3.11', 'check the spelling of its name; for one from another index, set PIP_EXTRA_INDEX_URL in the shell',
  ],
  [
    'pip-not-found', { requirements: 'tinydb==4.8.0\n', keys: 'framework: scikit-learn==1.9.1\npython:\n  packages: [nosuchthing, nosuchthing.mlstack==1.0]' },
    'MLS6001', ['mlstack.yaml:6:27 nosuchthing.mlstack==1.0'],
    'pip finds no package nosuchthing-mlstack==1.0 for Python 3.11', 'check the spelling of its name; for one from another index, set PIP_EXTRA_INDEX_URL in the shell',
  ],
  [
    'pip-not-found', { requirements: 'nosuchthing\n' },
    'MLS6001', ['requirements.txt:1:1 '],
    'pip finds no package nosuchthing-mlstack==1.0 for Python 3.11', 'check the spelling of its name; for one from another index, set PIP_EXTRA_INDEX_URL in the shell',
  ],
  ['pip-no-version', { requirements: 'tinydb==99.0\n' }, 'MLS6001', ['requirements.txt:1:1 tinydb==99.0'], 'pip finds no version tinydb==99.0 for Python 3.11', 'the newest that there are: 4.8.1, 4.8.2, 4.9.0'],
  ['framework-version', { keys: 'framework: scikit-learn==9.9.9' }, 'MLS6001', ['mlstack.yaml:4:12 scikit-learn==9.9.9'], 'pip finds no version scikit-learn==9.9.9 for Python 3.11', 'the newest that there are: 1.8.0, 1.9.0, 1.9.1'],
  [
    'pip-conflict', { requirements: 'fastapi==0.110.0\nstarlette==0.20.0\n' },
    'MLS6001', ['requirements.txt:2:1 starlette==0.20.0', 'requirements.txt:1:1 fastapi==0.110.0'],
    'starlette==0.20.0 and fastapi==0.110.0 cannot be installed together', 'loosen the version of one of them\nfastapi 0.110.0 depends on starlette<0.37.0 and >=0.36.3',
  ],
  ['pip-hash', { requirements: 'psycopg2-binary==2.9.3 --hash=sha256:00\n' }, 'MLS6001', ['requirements.txt:1:1 psycopg2-binary==2.9.3'], 'the file of psycopg2-binary==2.9.3 has another hash than its requirement', 'write the hashes anew if you trust the file; otherwise somebody may have changed it'],
  ['wheel-failed', { keys: 'framework: scikit-learn==1.9.1\npython: { packages: [netifaces==0.11.0] }' }, 'MLS6001', ['mlstack.yaml:5:22 netifaces==0.11.0'], 'netifaces has no wheel for Python 3.11 and cannot be compiled', 'take a version that has a wheel, or name under `system` what it is compiled with, such as build-essential'],
  ['wheel-failed-pip-23', { requirements: 'netifaces==0.11.0\n' }, 'MLS6001', ['requirements.txt:1:1 netifaces==0.11.0'], 'netifaces has no wheel for Python 3.11 and cannot be compiled', 'take a version that has a wheel, or name under `system` what it is compiled with, such as build-essential'],
  ['metadata-failed', { keys: 'framework: scikit-learn==1.9.1\npython: { packages: [psycopg2==2.9.9] }' }, 'MLS6001', ['mlstack.yaml:5:11 packages'], 'a package has no wheel for Python 3.11 and cannot be compiled', 'take a version that has a wheel, or name under `system` what it is compiled with, such as build-essential'],
  ['apt-not-found', WITH_SYSTEM('tini', 'nosuchpkg'), 'MLS6002', ['mlstack.yaml:5:16 nosuchpkg'], 'apt-get finds no package nosuchpkg', 'look for its name in this release: https://packages.debian.org/search?keywords=nosuchpkg'],
  ['base-not-found', FROM_IMAGE('registry.example.com/unknown:1'), 'MLS6003', ['mlstack.yaml:5:16 "registry.example.com/unknown:1"'], 'there is no image registry.example.com/unknown:1', 'check its name and its tag; one that is only on this machine has to be built first'],
  ['base-denied', FROM_IMAGE('registry.example.com/team/base:1'), 'MLS6003', ['mlstack.yaml:5:16 "registry.example.com/team/base:1"'], 'there is no image registry.example.com/team/base:1, or not without a login', 'check its name; if it is private, log in to its registry: docker login'],
  ['base-forbidden', FROM_IMAGE('registry.example.com/forbidden:1'), 'MLS6003', ['mlstack.yaml:5:16 "registry.example.com/forbidden:1"'], 'there is no image registry.example.com/forbidden:1, or not without a login', 'check its name; if it is private, log in to its registry: docker login'],
  ['base-no-host', FROM_IMAGE('registry.example.com/x:1'), 'MLS6003', ['mlstack.yaml:5:16 "registry.example.com/x:1"'], 'the registry of registry.example.com/x:1 cannot be reached', "check its name, the network and Docker's proxy; what it answers: docker pull registry.example.com/x:1"],
  ['base-no-network', {}, 'MLS6003', ['mlstack.yaml:5:9 "3.11"'], 'the registry of nosuchimage:1 cannot be reached', "check its name, the network and Docker's proxy; what it answers: docker pull nosuchimage:1"],
  ['base-no-network', { keys: 'framework: scikit-learn==1.9.1' }, 'MLS6003', ['mlstack.yaml:4:12 scikit-learn==1.9.1'], 'the registry of nosuchimage:1 cannot be reached', "check its name, the network and Docker's proxy; what it answers: docker pull nosuchimage:1"],
  ['base-invalid', {}, 'MLS6003', ['mlstack.yaml:5:9 "3.11"'], 'Bad_Name:1:2 is no name of an image', 'write it in lower case and with one tag, such as python:3.11-slim'],
  ['missing-source', { keys: 'framework: scikit-learn==1.9.1\ncode: [train.py, ./src/]' }, 'MLS6004', ['mlstack.yaml:5:18 ./src/'], 'src is not among the files that the build sees', 'put it back, or let .dockerignore leave it in; then run mlstack compile'],
  ['missing-requirements', { requirements: 'tinydb\n', keys: 'framework: scikit-learn==1.9.1\npython: { requirements: [requirements.txt] }' }, 'MLS6004', ['mlstack.yaml:5:26 requirements.txt'], 'requirements.txt is not among the files that the build sees', 'put it back, or let .dockerignore leave it in; then run mlstack compile'],
  ['disk-full', {}, 'MLS6005', ['mlstack.yaml:4:12 scikit-learn==1.9.1'], 'the disk is full', 'see what Docker keeps: docker system df, then free what old builds left: docker builder prune'],
  ['killed', {}, 'MLS6005', ['mlstack.yaml:4:12 scikit-learn==1.9.1'], 'a step was killed, most likely because the memory did not suffice', 'give Docker more memory, or stop what else needs it'],
  ['pip-no-network', {}, 'MLS6005', ['mlstack.yaml:4:12 scikit-learn==1.9.1'], 'a step cannot reach the network', 'check the network, the name server and the proxy that Docker builds with; HTTP_PROXY and HTTPS_PROXY of the shell are passed on'],
  ['apt-no-network', WITH_SYSTEM('tini'), 'MLS6005', ['mlstack.yaml:5:1 system'], 'a step cannot reach the network', 'check the network, the name server and the proxy that Docker builds with; HTTP_PROXY and HTTPS_PROXY of the shell are passed on'],
  ['daemon-gone', {}, 'MLS6005', ['mlstack.yaml:1:1 '], 'Docker does not answer', 'start Docker, and see what it says: docker info'],
  ['daemon-absent', {}, 'MLS6005', ['mlstack.yaml:1:1 '], 'Docker does not answer', 'start Docker, and see what it says: docker info'],
]

for (const [fixture, setup, code, places, problem, help] of ROWS) {
  test(`${fixture} is blamed on ${places[0]}`, () => {
    const diagnostic = blame(failureOf(fixture), setup)
    assert.is(diagnostic.message, `the image train cannot be built: ${problem}`)
    assert.is(diagnostic.code, code)
    assert.equal([diagnostic.primary, ...diagnostic.related].map(({ span }) => show(span)), places)
    assert.is(diagnostic.help, help)
  })
}

const PROJECT = '[project]\nname = "x"\ndependencies = [\n  "tinydb==4.8.0",\n  "NoSuchThing_mlstack==1.0",\n]\n'
const LOCK = 'version = 1\n[[package]]\nname = "x"\nsource = { virtual = "." }\ndependencies = [{ name = "nosuchthing-mlstack" }]\n[[package]]\nname = "nosuchthing-mlstack"\nversion = "1.0"\nsource = { registry = "https://packages.example/simple" }\n'
for (const [file, text, place] of [['pyproject.toml', PROJECT, '5:3 "NoSuchThing_mlstack==1.0"'], ['uv.lock', LOCK, '7:8 "nosuchthing-mlstack"']] as const) {
  test(`a line of ${file} is blamed`, () => {
    const config = 'name: digits\nframework: scikit-learn==1.9.1\npython: "3.11"\nmodel: mlp\ntrain: train.py\n'
    const sources = { 'train.py': '', 'pyproject.toml': PROJECT, [file]: text }
    const { stack } = compile({ name: 'mlstack.yaml', bytes: new TextEncoder().encode(config) }, createMemoryProject(sources), { outputFolder: '.' })
    const [image] = stack?.images ?? []
    assert.ok(image)
    const input = { image, config: createSource('mlstack.yaml', config), requirements: [createSource(file, text)] }
    const { primary } = blameBuild({ ...input, failure: failureOf('pip-not-found') })
    assert.is(show(primary.span), `${file}:${place}`)
    const step = `RUN --mount=type=cache pip install -r /requirements/${file}.txt`
    const whole = blameBuild({ ...input, failure: { ...failureOf('pip-not-found'), lines: [], message: '', instruction: step } })
    assert.is(show(whole.primary.span), `${file}:1:1 `)
  })
}

const STEP = 'RUN pip install "scikit-learn==1.9.1"'
const FAILED = 'process "/bin/sh -c x" did not complete successfully: exit code: 1'

/** What a step may print besides what was recorded. */
const SAYINGS: readonly (readonly [line: string, problem: string])[] = [
  ["ERROR: Invalid requirement: 'foo bar=='", 'pip cannot read the requirement foo bar=='],
  ["ERROR: Invalid requirement: 'foo bar==': Expected end or semicolon", 'pip cannot read the requirement foo bar=='],
  ['ERROR: No matching distribution found for left-pad>=1 (from nosuch)', 'pip finds no package left-pad>=1 for Python 3.11'],
  ['ERROR: Could not find a version that satisfies the requirement left-pad>=9 (from nosuch==1) (from versions: 1.0, 1.1)', 'pip finds no version left-pad>=9 for Python 3.11'],
  ['ERROR: Failed to build installable wheels for some pyproject.toml based projects (netifaces)', 'netifaces has no wheel for Python 3.11 and cannot be compiled'],
  ['ERROR: Cannot install fastapi==1, starlette==2 and pip-a because these package versions have conflicting dependencies.', 'fastapi==1 and starlette==2 and pip-a cannot be installed together'],
  ['ERROR: ResolutionImpossible: for help visit https://pip.pypa.io', 'packages exclude each other'],
  ['ERROR: Could not find a version that satisfies the requirement early (from versions: 0.1a1, 0.1rc2)', 'pip finds no version early for Python 3.11'],
  ['Failed to build netifaces', 'netifaces has no wheel for Python 3.11 and cannot be compiled'],
  ["E: Package 'mail-transport-agent' has no installation candidate", 'mail-transport-agent is a name that apt-get knows and has no package for'],
  ["E: Version '1.2' for 'tini' was not found", 'apt-get has no version 1.2 of tini'],
  ['c++: fatal error: Killed signal terminated program cc1plus', 'a step was killed, most likely because the memory did not suffice'],
  ['ProxyError(\'Cannot connect to proxy.\')', 'a step cannot reach the network'],
  ['make: nothing that is known', 'a step ended with exit status 1'],
]

for (const [line, problem] of SAYINGS) {
  test(`what ${line} means`, () => {
    assert.is(blame({ service: 'train', instruction: STEP, lines: [line], message: FAILED }, {}).message, `the image train cannot be built: ${problem}`)
  })
}

test('what is not known is told in the words of BuildKit', () => {
  const { failure } = readOutput('failed to solve: dockerfile parse error on line 3: unknown instruction: RUM\n')
  const diagnostic = blame(failure ?? failureOf('killed'), {})
  assert.is(diagnostic.code, 'MLS6006')
  assert.is(diagnostic.message, 'the image train cannot be built: dockerfile parse error on line 3: unknown instruction: RUM')
})

test('a framework installed again by a later step is not blamed for it', () => {
  const keys = 'framework: scikit-learn==1.9.1\npython: { packages: [tinydb] }'
  const blamed = (instruction: string) => show(blame({ service: 'train', instruction, lines: [], message: FAILED }, { keys }).primary.span)
  assert.is(blamed(STEP), 'mlstack.yaml:4:12 scikit-learn==1.9.1')
  assert.is(blamed('RUN pip install "tinydb" "scikit-learn==1.9.1"'), 'mlstack.yaml:5:11 packages')
})

test('a step of the user\'s is blamed at its own line: a script by its number, a plain command by its words', () => {
  const keys = 'framework: python\nbuild:\n  run:\n    - make -C native\n    - { command: "make | tee log", after: code }\n'
  const failed = (instruction: string) => show(blame({ service: 'train', instruction, lines: ['make: *** No targets'], message: 'exit code: 2' }, { keys }).primary.span)
  assert.is(failed('RUN make -C native'), 'mlstack.yaml:7:7 make -C native')
  assert.is(failed("RUN <<'STEP_1' (#!/usr/bin/env -S bash -euo pipefail...)"), 'mlstack.yaml:8:18 "make | tee log"')
})

test('a config that cannot be read any more is blamed as a whole', () => {
  const config = createSource('mlstack.yaml', 'name: [')
  const image = planImage('name: digits\nmodel: mlp\ntrain: train.py\nframework: scikit-learn==1.9.1\n', undefined)
  const { primary } = blameBuild({ failure: failureOf('framework-version'), image, config, requirements: [] })
  assert.is(show(primary.span), 'mlstack.yaml:1:1 ')
})

test.run()
