/** The reading of options: what is taken, and the words for what is not. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { readArguments, type OptionTable } from '../../../src/cli/args.ts'
import { UsageError } from '../../../src/cli/exit.ts'

const OPTIONS = {
  output: { type: 'string', short: 'o' },
  format: { type: 'string', choices: ['text', 'json'] },
  check: { type: 'boolean' },
  quiet: { type: 'boolean', short: 'q' },
} as const satisfies OptionTable

const read = (...argv: readonly string[]) => readArguments(argv, { name: 'compile', options: OPTIONS, operands: 1 })

function refusal(...argv: readonly string[]): readonly (string | undefined)[] {
  try {
    read(...argv)
  } catch (error) {
    if (error instanceof UsageError) return [error.message, error.help]
    throw error
  }
  throw new Error(`accepted: ${argv.join(' ')}`)
}

test('options in every spelling, before and after operands', () => {
  for (const argv of [['-o', 'dir', 'x.yaml', '-q'], ['x.yaml', '-qodir'], ['--output=dir', '--quiet', 'x.yaml'], ['-q', '-o=dir', '--', 'x.yaml'], ['--output', 'dir', 'x.yaml', '-q']]) {
    assert.equal(read(...argv), { flags: { output: 'dir', quiet: true }, operands: ['x.yaml'] }, argv.join(' '))
  }
  assert.equal(read(), { flags: {}, operands: [] })
})

test('- and what follows -- are operands, and the last of two options wins', () => {
  assert.equal(read('-').operands, ['-'])
  assert.equal(read('--', '--check').operands, ['--check'])
  assert.equal(read('-o', 'a', '-o', 'b').flags, { output: 'b' })
  assert.equal(read('-o', '-').flags, { output: '-' })
  assert.equal(read('--output=-x').flags, { output: '-x' })
})

test('an unknown option gets the nearest one', () => {
  assert.equal(refusal('--chek'), ['unknown option --chek', 'did you mean --check?'])
  assert.equal(refusal('--fromat=json'), ['unknown option --fromat', 'did you mean --format?'])
  assert.equal(refusal('-x'), ['unknown option -x', 'see mlstack compile --help'])
  assert.equal(refusal('--no-check')[0], 'unknown option --no-check')
  for (const name of ['--__proto__', '--constructor', '--toString']) assert.equal(refusal(name)[0], `unknown option ${name}`)
})

test('values that are missing, not allowed or too many', () => {
  const see = 'see mlstack compile --help'
  assert.equal(refusal('-o'), ['-o needs a value', see])
  assert.equal(refusal('-o', ''), ['-o needs a value', see])
  assert.equal(refusal('--output='), ['--output needs a value', see])
  assert.equal(refusal('--output', '--check'), ['--output needs a value', see])
  assert.equal(refusal('--format', 'jsn'), ['--format cannot be "jsn"', 'did you mean json?'])
  assert.equal(refusal('--format', 'yaml'), ['--format cannot be "yaml"', 'choose from text, json'])
  assert.equal(refusal('--format'), ['--format needs a value', 'choose from text, json'])
  assert.equal(refusal('--check=yes'), ['--check takes no value', see])
  assert.equal(refusal('a.yaml', 'b.yaml'), ['"b.yaml" is one word too many for mlstack compile', see])
})

test.run()
