/** Quoting: a real shell, Docker's own rules and JSON give every text back as it was. */
import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { formatExecForm, quoteForDockerfileEnv, quoteForShell } from '../../../src/emit/quote.ts'

const NASTY = ['', ' ', "'", '"', '\\', '$', '`', '$HOME', '$(id)', '`id`', "it's", `'"'`, '\\\\', 'a\\', "'\\''", '!', '!!', '#', '# x', '~', '~root', '*', '?', '[a]', '{a,b}', 'a b', 'a\tb', 'a\nb', '\n', 'a\rb', ';', '&', '|', '<', '>', '(', ')', '%s', '%%', '-n', '--', '-e', 'a=b', '=', 'é', '日本', '😀', '\x07', '\x1b[31m', '\x7f', 'RUN', '${A:-b}', '$$', '&&', '<<EOF', 'a'.repeat(5000)]
const SAMPLES = [...NASTY, ...fc.sample(fc.string({ unit: 'binary', maxLength: 20 }), { numRuns: 40, seed: 1 }).map((text) => text.replaceAll('\0', ''))]

/** A word of a Dockerfile as the builder reads it: quotes, and the backslash before `"`, `$` and itself in double quotes. */
function readEnvValue(word: string): string {
  const body = word.slice(1, -1)
  assert.is(word, `"${body}"`)
  assert.not.match(body, /[\n\r]/)
  assert.not.match(body.replace(/\\["$\\]/g, ''), /["$]/, 'a quote that ends it, or a variable')
  return body.replace(/\\(["$\\])/g, '$1')
}

test('a real shell gives every word back', () => {
  const separator = '\x01'
  const words = SAMPLES.filter((text) => !text.includes(separator))
  const { stdout, status } = spawnSync('sh', ['-c', `printf '%s${separator}' ${words.map(quoteForShell).join(' ')}`], { encoding: 'utf8' })
  assert.is(status, 0)
  assert.equal(stdout.split(separator).slice(0, -1), words.map((text) => Buffer.from(text).toString()))
})

test('a quoted word is never read as an assignment or a name of its own', () => {
  assert.is(quoteForShell('A=b'), `'A=b'`)
  assert.is(quoteForShell(''), `''`)
  assert.is(quoteForShell('~'), `'~'`)
})

test('plain words stay plain', () => {
  for (const word of ['train.py', '--lr=0.1', 'a/b_c:d@e', '3', 'x,y', '50%', '+x']) assert.is(quoteForShell(word), word)
})

test('ENV values are read back by the builder', () => {
  assert.is(quoteForDockerfileEnv('a"b\\c$d'), '"a\\"b\\\\c\\$d"')
  for (const text of SAMPLES.filter((sample) => !/[\n\r]/.test(sample))) assert.is(readEnvValue(quoteForDockerfileEnv(text)), text)
  for (const text of ['a\nb', 'a\r', '\0']) assert.throws(() => quoteForDockerfileEnv(text), RangeError)
})

test('the exec form is JSON on one line', () => {
  assert.is(formatExecForm([]), '[]')
  assert.is(formatExecForm(['python', 'a "b".py', 'x\ny']), '["python", "a \\"b\\".py", "x\\ny"]')
  assert.equal(JSON.parse(formatExecForm(SAMPLES)), SAMPLES)
  assert.not.match(formatExecForm(SAMPLES), /[\n\r]/)
})

test('property: any text survives', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      assert.equal(JSON.parse(formatExecForm([text])), [text])
      const value = text.replace(/[\0\n\r]/g, '')
      assert.is(readEnvValue(quoteForDockerfileEnv(value)), value)
    }),
  )
})

test.run()
