/** What of BuildKit's progress is shown, and what is told of a build that failed. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { readFixture, readOutput } from './read-fixture.ts'

const COMPLETE = ['cached', 'code-edit', 'fresh']
const FAILED = readdirSync(join(import.meta.dirname, 'fixtures'))
  .map((file) => file.replace('.txt', ''))
  .filter((name) => !COMPLETE.includes(name))

test('a build from the cache shows nothing', () => {
  assert.equal(readFixture('cached').shown, [])
})

test('after an edit of code, only its copy is shown', () => {
  assert.equal(readFixture('code-edit').shown, ['#11 [train runtime 8/8] COPY --link --chown=10001:10001 . /app/', '#11 DONE 0.0s'])
})

test('a build from nothing shows each step that does something, under its heading', () => {
  const { shown } = readFixture('fresh')
  assert.equal(
    shown.flatMap((line) => /^#(\d+) \[/.exec(line)?.[1] ?? []),
    ['5', '6', '7', '8', '9', '10', '11'],
  )
  assert.not(shown.some((line) => /^#(?:[0-4]|12) /.test(line)))
  assert.ok(shown.includes('#7 0.633 Successfully installed tinydb-4.8.0'))
})

test('of a line that is written over and over, the last is shown', () => {
  assert.equal(
    readFixture('fresh').shown.filter((line) => line.includes('Reading database')),
    ['#5 1.961 (Reading database ... 8577 files and directories currently installed.)'],
  )
})

for (const name of COMPLETE) {
  test(`${name} is no failure`, () => {
    assert.is(readFixture(name).failure, undefined)
  })
}

for (const name of FAILED) {
  test(`${name} is told without times, numbers, empty lines and rules`, () => {
    const { failure, shown } = readFixture(name)
    assert.ok(failure)
    assert.not.match(failure.message, /^(?:failed to solve|------)/)
    assert.ok(failure.lines.length <= 20)
    for (const line of failure.lines) assert.not.match(line, /^(?:#|\d+\.\d+ |$)/)
    assert.is(shown.some((line) => line.includes(' ERROR: ')), failure.service !== undefined)
  })
}

test('a failed step is told with its instruction on one line and what it printed', () => {
  assert.equal(readFixture('killed').failure, {
    service: 'train',
    instruction: 'RUN --mount=type=cache,target=/root/.cache/pip pip install "scikit-learn==1.9.1"',
    lines: ['Killed'],
    message: String.raw`process "/bin/sh -c pip install \"scikit-learn==1.9.1\"" did not complete successfully: exit code: 137`,
  })
})

test('of a long output the last lines are kept', () => {
  const { lines } = readFixture('wheel-failed').failure ?? { lines: [] }
  assert.is(lines.length, 20)
  assert.is(lines.at(-1), 'Failed to build netifaces')
})

test('a daemon that goes away is told without a step', () => {
  const { failure } = readFixture('daemon-gone')
  assert.equal(failure, { service: undefined, instruction: undefined, lines: [], message: 'failed to receive status: rpc error: code = Unavailable desc = error reading from server: EOF' })
})

const HEADING = '#5 [train runtime  2/10] RUN make'

/** What the recorded builds do not do. */
const OUTPUTS: readonly (readonly [what: string, output: string, shown: readonly string[]])[] = [
  ['a step that another interrupts has its heading again', `${HEADING}\n#5 0.1 one\n#5 ...\n\n#6 [train runtime 3/10] RUN b\n#6 CACHED\n\n${HEADING}\n#5 0.2 two\n`, [HEADING, '#5 0.1 one', HEADING, '#5 0.2 two']],
  ['a step that another failure ends is not shown', `${HEADING}\n#5 CANCELED\n`, []],
  ['numbers that begin anew are other steps', `${HEADING}\n#5 CACHED\n#5 [serve runtime 2/3] RUN other\n#5 DONE 0.1s\n`, ['#5 [serve runtime 2/3] RUN other', '#5 DONE 0.1s']],
  ['a small context is not shown', '#4 [train internal] load build context\n#4 transferring context: 19.75kB done\n#4 DONE 0.0s\n', []],
  ['a large context is', '#4 [train internal] load build context\n#4 transferring context: 71.30MB 5.1s\n#4 DONE 5.2s\n', ['#4 [train internal] load build context', '#4 transferring context: 71.30MB 5.1s', '#4 DONE 5.2s']],
  [
    'the download of a base image is',
    '#3 [train runtime 1/8] FROM docker.io/library/python:3.11\n#3 resolve docker.io/library/python:3.11 done\n#3 sha256:ab 3.15MB / 29.13MB 0.2s\n#3 extracting sha256:ab 1.0s done\n#3 DONE 3.0s\n',
    ['#3 [train runtime 1/8] FROM docker.io/library/python:3.11', '#3 sha256:ab 3.15MB / 29.13MB 0.2s', '#3 extracting sha256:ab 1.0s done', '#3 DONE 3.0s'],
  ],
  ['colours are left out', `${HEADING}\n#5 0.1 \u001b[31mred\u001b[0m\n`, [HEADING, '#5 0.1 red']],
  ['what Compose prints besides is left out', 'time="now" level=warning msg="a variable is not set"\n Service train  Built\n', []],
  ['passwords in URLs are masked', `${HEADING}\n#5 0.1 Looking in indexes: https://me:hunter2@example.com/simple, https://token@example.org/\n`, [HEADING, '#5 0.1 Looking in indexes: https://••••••••@example.com/simple, https://••••••••@example.org/']],
]

for (const [what, output, shown] of OUTPUTS) {
  test(what, () => {
    const reading = readOutput(output)
    assert.equal(reading.shown, shown)
    assert.is(reading.failure, undefined)
  })
}

test('no password reaches what is told of a failure', () => {
  const { failure } = readOutput(`${HEADING}\n#5 0.1 https://me:hunter2@example.com/\n#5 ERROR: https://me:hunter2@example.com/\nfailed to solve: https://me:hunter2@example.com/\n`)
  assert.is(failure?.instruction, 'RUN make')
  assert.not.match(JSON.stringify(failure), 'hunter2')
})

test('newer versions show the Dockerfile, name the target and count warnings: none of it is the last word', () => {
  const { failure } = readOutput(
    `${HEADING}\n#5 ERROR: process "x" did not complete successfully: exit code: 2\n------\n > [train runtime 2/10] RUN make:\n------\ntrain.Dockerfile:33\n--------------------\n  32 |     # Ours.\n  33 | >>> RUN make\n--------------------\ntarget train: failed to solve: process "x" did not complete successfully: exit code: 2\n\nView build details: docker-desktop://x\n`,
  )
  assert.equal(failure, { service: 'train', instruction: 'RUN make', lines: [], message: 'process "x" did not complete successfully: exit code: 2' })
})

test('a failure of which only the step is known is told in the words of the step', () => {
  assert.is(readOutput(`${HEADING}\n#5 ERROR: executor failed\n`).failure?.message, 'executor failed')
})

test('a stage without the name of a service is no service', () => {
  const { failure } = readOutput('#5 [runtime 2/3] RUN make\n#5 ERROR: no\n')
  assert.is(failure?.service, undefined)
  assert.is(failure?.instruction, 'RUN make')
})

test.run()
