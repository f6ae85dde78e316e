/** Requirements of a gate: the comparisons, what "and" looks like, and what is refused. */
import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { formatRequirement, parseRequirements } from '../../../src/config/requirement.ts'
import { readWith, treeOf } from './yaml.ts'

const metric = { value: 'accuracy', span: treeOf('accuracy').span }
const read = (value: string) => readWith(value, (tree, sink) => parseRequirements(metric, tree, sink))

/** Each requirement as text, with its bound as a number after it. */
const outline = (value: string) => {
  const { result, problems } = read(value)
  assert.equal(problems, [], value)
  return result.map((one) => `${formatRequirement(one).replace('accuracy ', '')} | ${one.isRelative ? 'served ' : ''}${one.bound}`)
}

test('comparisons with a number', () => {
  for (const comparison of ['>=', '>', '<=', '<', '==', '!=']) assert.equal(outline(`"${comparison} 0.95"`), [`${comparison} 0.95 | 0.95`])
  assert.equal(outline('">=0.950"'), ['>= 0.950 | 0.95'])
  assert.equal(outline('" > -1.5e-3 "'), ['> -1.5e-3 | -0.0015'])
  assert.equal(outline('"< +.5"'), ['< +.5 | 0.5'])
  assert.equal(outline('<= 1.'), ['<= 1. | 1'])
  assert.equal(outline('"== -0"'), ['== -0 | 0'])
})

test('comparisons with the served model', () => {
  assert.equal(outline('">= served"'), ['>= served | served 0'])
  assert.equal(outline('">=served-0.005"'), ['>= served - 0.005 | served -0.005'])
  assert.equal(outline('"<= served  +  10"'), ['<= served + 10 | served 10'])
  assert.equal(outline('"> served - 0"'), ['> served - 0 | served 0'])
})

test('a comma or a list means "and"', () => {
  const expected = ['>= 0.5 | 0.5', '< served + 1 | served 1']
  assert.equal(outline('">= 0.5, < served + 1"'), expected)
  assert.equal(outline('[">= 0.5", "< served + 1"]'), expected)
  assert.equal(outline('[">= 0.5,< served + 1", "!= 1"]'), [...expected, '!= 1 | 1'])
})

test('each knows where it stands', () => {
  const spans = read('">= 0.5 ,  < 1"').result.map(({ span }) => span.source.text.slice(span.start, span.end))
  assert.equal(spans, ['>= 0.5', '< 1'])
})

test('a bare number needs a direction', () => {
  for (const value of ['0.95', '"0.95"', '95', '-1', '1e-3']) assert.equal(read(value), { result: [], problems: [`MLS1116 at ${value}`] }, value)
  assert.equal(read('[">= 0.5", 0.9]').problems, ['MLS1116 at 0.9'])
})

test('anything else is refused at its value', () => {
  const bad = ['""', '".nan"', '.nan', '.inf', '">= nan"', '">= -inf"', '"<= Infinity"', '"> 1e999"', '"=> 0.9"', '"= 0.9"', '"≥ 0.9"', '">="', '">= served *2"', '">= served -"', '">= best"', '">= 0.9 <= 1"', '">= 0.9,"', '", >= 0.9"', '">= 90%"', '">= 1_000"', '"0.9 <= accuracy"', 'true', '">= $A"', '{min: 1}', '[]', '"> = 1"', '">= - 1"']
  for (const value of bad) assert.equal(read(value).problems, [`MLS1115 at ${value}`], value)
  assert.equal(read('[[">= 1"]]').problems, ['MLS1115 at [">= 1"]'])
})

test('property: what is read is what the number means, and its text reads the same again', () => {
  const number = fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 }).map(String)
  fc.assert(
    fc.property(fc.constantFrom('>=', '>', '<=', '<', '==', '!='), fc.constantFrom('', '-', 'served + ', 'served - '), number, (comparison, before, text) => {
      const [requirement] = read(`"${comparison} ${before}${text}"`).result
      assert.is(requirement?.bound, Number(text) * (before.includes('-') ? -1 : 1) || 0)
      assert.is(requirement && formatRequirement(requirement), `accuracy ${comparison} ${before}${text}`)
    }),
  )
})

test.run()
