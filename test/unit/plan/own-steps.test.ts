/** What the user's own words make of an image, for "has anything changed". */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { parseTemplate, type Template } from '../../../src/config/template.ts'
import { ownStepsOf } from '../../../src/plan/own-steps.ts'

type Given = Parameters<typeof ownStepsOf>[0]

function given(build: object, text?: string): Given {
  return { config: { build: { run: [], args: [], ...build } }, ownImage: text === undefined ? undefined : { text, target: 'runtime' } } as unknown as Given
}

test('without steps of the user nothing is counted, whatever arguments there are', () => {
  assert.equal(ownStepsOf(given({ args: [{ name: { value: 'A' }, value: undefined }] })), [])
})

test('steps count, and the arguments that they see as they are written', () => {
  const args = [{ name: { value: 'A' }, value: { value: parseTemplate('${B:-1}') as Template } }, { name: { value: 'C' }, value: undefined }]
  assert.equal(ownStepsOf(given({ run: [{ command: { value: 'make' } }], args })), ['make', 'A=${B:-1}', 'C='])
})

test('of a Dockerfile the instructions count, not what is said about them', () => {
  const one = ownStepsOf(given({}, '# one\nFROM a AS runtime\n\nRUN make\n'))
  assert.equal(ownStepsOf(given({}, '# two\r\nFROM a AS runtime\r\n  # three\r\nRUN make\r\n')), one)
  assert.not.equal(ownStepsOf(given({}, 'FROM a AS runtime\nRUN make all\n')), one)
})

test.run()
