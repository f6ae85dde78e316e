/** Steps of the user's in a Dockerfile: whatever the text, Docker hands exactly this text to bash. */
import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { formatStep } from '../../../src/emit/dockerfile/steps.ts'
import type { BuildStep } from '../../../src/plan/stack.ts'
import { parseDockerfile } from '../../../src/project/dockerfile.ts'

const step = (command: string, more: Partial<BuildStep> = {}): BuildStep => ({ index: 0, command, after: 'packages', user: undefined, secrets: [], ...more })
const SHEBANG = '#!/usr/bin/env -S bash -euo pipefail\n'

const guard = (name: string) => `[ -s /run/secrets/${name} ] || { echo 'The secret ${name} is empty, or not set.' >&2; exit 1; }`

/** What the builder runs: the body of the here-document, or the words after RUN. */
function readStep(run: string): string {
  const [, end, body] = /^RUN (?:.*\\\n *)*<<'(\w+)'\n([^]*)$/.exec(run) ?? []
  if (end === undefined) return run.replace(/^RUN /, '')
  const lines = (body ?? '').split('\n')
  assert.is(lines.findIndex((line) => line.replace(/\r$/, '') === end), lines.length - 1, 'the script ends where the here-document does')
  return lines.slice(0, -1).join('\n').replace(SHEBANG, '')
}

test('plain commands stay plain, and all others are scripts', () => {
  assert.is(formatStep(step('make -C native'), []), 'RUN make -C native')
  assert.is(formatStep(step('make all && make install'), []), 'RUN make all && make install')
  for (const command of ['source x', 'echo $A', "echo 'a'", 'a | b', 'a > b', 'a\nb', 'FOO=1 make', '--mount=x', ' a', '[ -d x ]', 'a; b', 'a & b', 'x && source y', '#!/bin/sh\na']) {
    assert.match(formatStep(step(command), []), /^RUN <<'STEP_0'\n/, command)
  }
})

test('secrets are mounted, exported where they are to be, and readable by the user of the step', () => {
  const secrets = [{ name: 'A', isExported: true }, { name: 'B', isExported: false }]
  assert.is(
    formatStep(step('make', { secrets, user: 'app' }), ['default', 'key']),
    `RUN --mount=type=secret,id=A,required=true,mode=0444 \\\n    --mount=type=secret,id=B,required=true,mode=0444 \\\n    --mount=type=ssh,mode=0666 \\\n    --mount=type=ssh,id=key,mode=0666 \\\n    <<'STEP_0'\n${SHEBANG}${guard('A')}\nexport A="$(< /run/secrets/A)" A_FILE=/run/secrets/A\n${guard('B')}\nexport B_FILE=/run/secrets/B\nmake\nSTEP_0`,
  )
})

test('what pip and uv download is kept by the builder', () => {
  assert.match(formatStep(step('pip install x'), []), '--mount=type=cache,target=/root/.cache/pip')
  assert.match(formatStep(step('uv pip install x'), []), '--mount=type=cache,target=/root/.cache/uv')
  assert.not.match(formatStep(step('pipx install x'), []), 'cache')
  assert.not.match(formatStep(step('pip install x', { user: 'app' }), []), 'cache')
})

test('property: any text comes back as it was, and is one instruction', () => {
  const nasty = fc.constantFrom('STEP_0', 'STEP_0_', "<<'STEP_0'", '\\', 'FROM x', '# y', '$A', "'", '"', '`', 'make', '&&', 'é', '\t', ' ', '\n')
  const text = fc.oneof(fc.array(nasty, { maxLength: 12 }).map((words) => words.join('')), fc.array(nasty, { maxLength: 12 }).map((words) => words.join('\n')), fc.string({ unit: 'binary' }))
  fc.assert(
    fc.property(text.map((each) => each.replace(/[\0\r]/g, '')).filter((each) => each.trim() !== ''), (command) => {
      const run = formatStep(step(command), [])
      assert.is(readStep(run), command.replace(/\n+$/, ''))
      const { stages } = parseDockerfile(`FROM x\n${run}\nUSER y\n`, new Map())
      assert.equal(stages.map(({ instructions }) => instructions.map(({ name }) => name)), [['RUN', 'USER']])
    }),
  )
})

test.run()
