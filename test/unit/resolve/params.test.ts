/** Parameters: any values come out as they went in, from each format, with numbers as they were written. */
import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { compile } from '../../../src/compile.ts'
import { createMemoryProject } from '../../../src/project/memory-project.ts'

function paramsOf(config: string, files: Readonly<Record<string, string>> = {}): string | undefined {
  const text = `name: case\nframework: python\ntrain: [python, -V]\n${config}`
  return compile({ name: 'mlstack.yaml', bytes: new TextEncoder().encode(text) }, createMemoryProject(files), { outputFolder: '.' }).stack?.paramsFiles[0]?.text
}

const key = fc.stringMatching(/^[a-z]{1,8}$/)
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.string().filter((text) => !text.includes('\0')),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.bigInt().map((number) => ({ written: String(number) })),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(key, tie('value'), { maxKeys: 3 }),
  ),
}))

/** JSON, with numbers in the digits given. */
function write(given: unknown): string {
  if (Array.isArray(given)) return `[${given.map(write).join()}]`
  if (given === null || typeof given !== 'object') return JSON.stringify(given)
  if ('written' in given) return String(given.written)
  return `{${Object.entries(given).map(([name, inner]) => `${JSON.stringify(name)}: ${write(inner)}`).join()}}`
}

test('what a JSON file holds is what the jobs get', () => {
  fc.assert(
    fc.property(fc.dictionary(key, value, { minKeys: 1, maxKeys: 4 }), (params) => {
      const text = write(params)
      const found = paramsOf('params: params.json\n', { 'params.json': text })
      // Names that become one variable are refused.
      if (found === undefined) return
      assert.equal(JSON.parse(found), JSON.parse(text))
      assert.equal(numbersIn(found), numbersIn(text))
    }),
    { numRuns: 150 },
  )
})

function numbersIn(text: string): readonly string[] {
  return text.replace(/"(?:[^"\\]|\\.)*"/g, '').match(/-?\d[\d.eE+-]*/g) ?? []
}

const NUMBERS: readonly (readonly [format: 'yaml' | 'toml', written: string, json: string])[] = [
  ['yaml', '3e-4', '3e-4'],
  ['yaml', '1E+6', '1E+6'],
  ['yaml', '.5', '0.5'],
  ['yaml', '1.', '1.0'],
  ['yaml', '+12', '12'],
  ['yaml', '007', '7'],
  ['yaml', '-0.10', '-0.10'],
  ['yaml', '0x1F', '31'],
  ['yaml', '0o17', '15'],
  ['yaml', '123456789012345678901234567890', '123456789012345678901234567890'],
  ['yaml', '1_000', '"1_000"'],
  ['yaml', '"3"', '"3"'],
  ['toml', '3e-4', '3e-4'],
  ['toml', '1_000', '1000'],
  ['toml', '0x1F', '31'],
  ['toml', '1.50', '1.50'],
]

for (const [format, written, json] of NUMBERS) {
  test(`${written} of ${format} is ${json}`, () => {
    const text = format === 'yaml' ? `x: ${written}\n` : `x = ${written}\n`
    assert.is(paramsOf(`params: p.${format}\n`, { [`p.${format}`]: text }), `{\n  "x": ${json}\n}\n`)
  })
}

test('both forms mean the same, an empty file is no parameter, and a merge key is followed', () => {
  assert.is(paramsOf('params: {lr: 1, more: {a: b}}\n'), paramsOf('params: {values: {lr: 1, more: {a: b}}}\n'))
  assert.is(paramsOf('params: p.yaml\n', { 'p.yaml': 'lr: 1\n' }), paramsOf('params: {file: p.yaml}\n', { 'p.yaml': 'lr: 1\n' }))
  assert.is(paramsOf('params: p.yaml\n', { 'p.yaml': '# nothing yet\n' }), '{}\n')
  assert.equal(JSON.parse(paramsOf('params: p.yaml\n', { 'p.yaml': 'base: &b {x: 1}\ny: {<<: *b, z: 2}\n' }) ?? ''), { base: { x: 1 }, y: { x: 1, z: 2 } })
})

test.run()
