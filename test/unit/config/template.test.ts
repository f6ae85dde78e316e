/** Templates: Compose's grammar, the way back to its text, and what a known name becomes. */
import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import {
  findUnwritable,
  literal,
  literalOf,
  parseTemplate,
  referencesOf,
  substitute,
  textAtDefaults,
  textForCompose,
  type Lookup,
  type Template,
} from '../../../src/config/template.ts'

function parse(text: string): Template {
  const template = parseTemplate(text)
  if ('error' in template) throw new Error(`${template.error} in ${text}`)
  return template
}

/** Pieces as a test writes them: a literal, or `[name, operator, argument]`. */
const outline = (template: Template): unknown =>
  template.map((piece) => (typeof piece === 'string' ? piece : [piece.name, ...(piece.operator === undefined ? [] : [piece.operator, outline(piece.argument)])]))

const KNOWN: Record<string, string | Template> = { A: 'a', EMPTY: '', DOLLAR: '$x', ASK: parse('${HOST}'), SAFE: parse('${HOST:-h}'), MAYBE: parse('${HOST:-}'), BRACE: '}' }
const lookup: Lookup = (name) => KNOWN[name]
const inserted = (text: string) => textForCompose(substitute(parse(text), lookup))

const WORD = fc.stringMatching(/^[ -#%-|~äé\n]{0,5}$/)
const REFERENCE = fc.letrec<{ argument: string; reference: string }>((tie) => ({
  argument: fc.oneof({ maxDepth: 3 }, WORD, fc.tuple(WORD, tie('reference'), WORD).map((parts) => parts.join(''))),
  reference: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom('${A}', '${b_1}', '${_}'),
    fc.tuple(fc.constantFrom('A', 'b_1'), fc.constantFrom(':-', '-', ':+', '+', ':?', '?'), tie('argument')).map(([name, operator, argument]) => `\${${name}${operator}${argument}}`),
  ),
})).reference

test('references and literal dollars are told apart', () => {
  const cases: [string, unknown][] = [
    ['', []],
    ['plain', ['plain']],
    ['$A', [['A']]],
    ['${A}', [['A']]],
    ['$_a1-$b', [['_a1'], '-', ['b']]],
    ['$$A', ['$A']],
    ['$$$A', ['$', ['A']]],
    ['$$$$', ['$$']],
    ['$${A}', ['${A}']],
    ['100%$ and $5, $. $', ['100%$ and $5, $. $']],
    ['$é', ['$é']],
    ['${A:-b}', [['A', ':-', ['b']]]],
    ['${A-}', [['A', '-', []]]],
    ['${A:+b}${A+c}', [['A', ':+', ['b']], ['A', '+', ['c']]]],
    ['${A:?no a}${A?}', [['A', ':?', ['no a']], ['A', '?', []]]],
    ['${A:-${B:-c}d}e', [['A', ':-', [['B', ':-', ['c']], 'd']], 'e']],
    ['${A:-$B$$}', [['A', ':-', [['B'], '$']]]],
    // The two as Compose 2.26 reads them: a brace alone does not open, `$${` does.
    ['${A:-{x}}', [['A', ':-', ['{x']], '}']],
    ['${A:-$${B}}', [['A', ':-', ['${B}']]]],
    ['${A:--1}', [['A', ':-', ['-1']]]],
    ['{A}', ['{A}']],
  ]
  for (const [text, expected] of cases) assert.equal(outline(parse(text)), expected, text)
})

test('what Compose refuses is an error at its dollar', () => {
  const cases: [string, string, number][] = [
    ['${A', 'unclosed', 0],
    ['x ${A:-b', 'unclosed', 2],
    ['${A:-${B}', 'unclosed', 0],
    ['${}', 'bad-name', 0],
    ['a${5}', 'bad-name', 1],
    ['${é}', 'bad-name', 0],
    ['${A!b}', 'bad-operator', 0],
    ['${A:=b}', 'bad-operator', 0],
    ['${A%.csv}', 'bad-operator', 0],
    ['${A:}', 'bad-operator', 0],
    ['${A:-x${B!}}', 'bad-operator', 6],
    [`${'${A:-'.repeat(40)}${'}'.repeat(40)}`, 'too-deep', 32 * 5],
  ]
  for (const [text, error, at] of cases) assert.equal(parseTemplate(text), { error, at }, text)
})

test('a literal survives as it is', () => {
  for (const text of ['', '$', '$$', '$A ${B} ${', 'a$$b']) {
    assert.is(literalOf(literal(text)), text)
    assert.equal(parse(textForCompose(literal(text))), literal(text))
  }
  assert.is(literalOf(parse('a$$b')), 'a$b')
  assert.is(literalOf(parse('a$b')), undefined)
  assert.is(literalOf(parse('$b')), undefined)
})

test('names are collected from arguments too, each once', () => {
  assert.equal(referencesOf(parse('$A ${B:-${C:+$A}} $$D $B')), ['A', 'B', 'C'])
  assert.equal(referencesOf(literal('$A')), [])
})

test('defaults stand in where no variable is set', () => {
  assert.is(textAtDefaults(parse('${P:-80}:${Q-${R:-81}}$$'), '?'), '80:81$')
  assert.is(textAtDefaults(parse('$P-${Q:?x}-${R?x}-${S:+y}-${T+y}-${U:-$V}'), '?'), '?-?-?---?')
})

test('a known name becomes its value, with the meaning of the operator', () => {
  const cases: [string, string][] = [
    ['$A ${A} $$A $B', 'a a $$A $B'],
    ['${A:-d}${A-d}${A:?d}${A?d}', 'aaaa'],
    ['${A:+d}${A+d}', 'dd'],
    ['[${EMPTY}${EMPTY-d}${EMPTY?d}]', '[]'],
    ['${EMPTY:-d}${EMPTY:+e}${EMPTY+f}', 'df'],
    ['${EMPTY:?d}', '${EMPTY:?d}'],
    ['$DOLLAR', '$$x'],
    ['${B:-$A}', '${B:-a}'],
    ['${B:-${C:+$DOLLAR}}', '${B:-${C:+$$x}}'],
    ['${EMPTY:-$A$B}', 'a$B'],
    // Whether it is empty, only Compose knows.
    ['$ASK ${ASK-d} ${ASK+d}', '${HOST} ${HOST} d'],
    ['${ASK:-$A} ${ASK:+d} ${ASK:?d}', '${HOST:-a} ${HOST:+d} ${HOST:?d}'],
    ['${SAFE:-d} ${SAFE:+d}', '${HOST:-h} d'],
    ['${MAYBE:-d}', '${HOST:-}'],
  ]
  for (const [text, expected] of cases) assert.is(inserted(text), expected, text)
})

test('a brace that an argument cannot hold is noticed', () => {
  const withBrace = (text: string) => findUnwritable(substitute(parse(text), lookup))
  assert.is(withBrace('${B:-$BRACE}'), '${B:-}}')
  assert.is(withBrace('${B:-${C:-$BRACE}}'), '${B:-${C:-}}}')
  assert.is(withBrace('$BRACE ${B:-$A}'), undefined)
  assert.is(withBrace('${B:-$DOLLAR}'), undefined)
  assert.is(findUnwritable(substitute(parse('${B:-$X}'), (name) => (name === 'X' ? '${' : undefined))), '${B:-$${}')
})

test('property: any text of references goes back to what it was', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(WORD, REFERENCE, fc.constantFrom('$$', '$A', '$ ')), { maxLength: 6 }), (parts) => {
      const template = parse(parts.join('\n'))
      const text = textForCompose(template)
      assert.equal(parse(text), template)
      assert.is(textForCompose(parse(text)), text)
      assert.equal(substitute(template, () => undefined), template)
      assert.is(findUnwritable(template), undefined)
    }),
  )
})

test('property: no text makes it throw, and a literal is doubled dollars', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('$', '{', '}', ':', '-', '?', 'A', '5', '$$', '${A'), { maxLength: 12 }), (parts) => {
      const text = parts.join('')
      const template = parseTemplate(text)
      if ('error' in template) assert.is(text[template.at], '$')
      else if (referencesOf(template).length === 0) assert.equal(parse(textForCompose(template)), template)
      assert.is(textForCompose(literal(text)), text.split('$').join('$$'))
    }),
  )
})

test('a long text takes no long time', () => {
  for (const text of ['$'.repeat(1e5), '${A}'.repeat(1e5), '${'.repeat(1e5), '${A:-'.repeat(1e5) + '}'.repeat(1e5), '{'.repeat(1e5)]) parseTemplate(text)
})

test.run()
