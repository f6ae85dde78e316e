/** Whatever the text: parsing never throws, says something where it gives nothing, and every span lies in its source. */
import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Diagnostic, Source, Span } from '../../../src/diagnostics/diagnostic.ts'
import { renderGithub } from '../../../src/diagnostics/github.ts'
import { renderJson } from '../../../src/diagnostics/json.ts'
import { renderSarif } from '../../../src/diagnostics/sarif.ts'
import { Sink } from '../../../src/diagnostics/sink.ts'
import { renderText } from '../../../src/diagnostics/text.ts'
import { parseConfig } from '../../../src/syntax/parse.ts'
import { createSource, decodeSource } from '../../../src/syntax/source.ts'
import type { Tree } from '../../../src/syntax/tree.ts'

const PIECES = [
  ...['a', 'b', 'a: ', 'b: ', '<<: ', '1', '3.10', '~', 'true', '"', "'", '"a"', "'b'", '\\', '\\x', '\\u{', '|', '>', '|2-', 'x'.repeat(40)],
  ...[' ', '  ', '    ', '\t', '\n', '\n', '\n  ', '\n    ', '\r\n', '\r', '- ', '? ', ': ', ':', ',', ', ', '[', ']', '{', '}', '# c', '#'],
  ...['&x ', '*x', '*y', '&y ', '&', '*', '!', '!!str ', '!x ', '%YAML 1.1\n', '%', '---\n', '---', '...\n', '@', '`', '$', '=', '<<'],
  ...['日本', '🚀', '👨‍👩‍👧', 'e\u0301', '\ufeff', '\u2028', '\u0085', '\u0000', '\u001b[2J', '\u007f', '\u009b', '\u202e', '\ud800', '\udc00', '\ufffd'],
]

const yamlLike = fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((pieces) => pieces.join(''))
const anyText = fc.oneof({ weight: 5, arbitrary: yamlLike }, { weight: 1, arbitrary: fc.string({ unit: 'binary' }) })

const isWithin = (source: Source, span: Span) => span.source === source && 0 <= span.start && span.start <= span.end && span.end <= source.text.length

function spansOf(tree: Tree): readonly Span[] {
  if (tree.kind === 'list') return [tree.span, ...tree.items.flatMap(spansOf)]
  if (tree.kind === 'map') return [tree.span, ...tree.entries.flatMap(({ keySpan, value }) => [keySpan, ...spansOf(value)])]
  return [tree.span]
}

function spansIn({ primary, related, fix }: Diagnostic): readonly Span[] {
  return [primary.span, ...related.map(({ span }) => span), ...(fix?.edits.map(({ span }) => span) ?? [])]
}

function parse(text: string) {
  const sink = new Sink()
  const source = createSource('mlstack.yaml', text)
  const tree = parseConfig(source, sink)
  return { source, tree, diagnostics: sink.sorted() }
}

test('parsing gives a tree or says why not, and marks only what is there', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const { source, tree, diagnostics } = parse(text)
      assert.is(tree === undefined, diagnostics.length > 0)
      const spans = [...diagnostics.flatMap(spansIn), ...(tree === undefined ? [] : spansOf(tree))]
      for (const span of spans) assert.ok(isWithin(source, span), `${span.start} to ${span.end} of ${text.length}`)
    }),
    { numRuns: 3000 },
  )
})

test('every diagnostic can be rendered in every form, and none drives the terminal', () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: 1, max: 120 }), (text, width) => {
      const { diagnostics } = parse(text)
      const rendered = renderText(diagnostics, { color: false, width })
      for (const each of [rendered, renderJson(diagnostics), renderSarif(diagnostics, { version: '1' }), renderGithub(diagnostics)]) {
        assert.not.match(each, /[\0-\x09\x0b-\x1f\x7f-\x9f\u202e\u2028]/)
      }
      assert.is(rendered === '', diagnostics.length === 0)
    }),
    { numRuns: 1000 },
  )
})

test('any bytes are decoded, or one diagnostic says why not', () => {
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array(), yamlLike.map((text) => new TextEncoder().encode(text))), (bytes) => {
      const sink = new Sink()
      const { source, isUsable } = decodeSource('mlstack.yaml', bytes, sink)
      const diagnostics = sink.sorted()
      assert.is(diagnostics.length, isUsable ? 0 : 1)
      for (const { primary } of diagnostics) assert.ok(isWithin(source, primary.span))
      if (isUsable) assert.equal(Buffer.from(source.text), Buffer.from(bytes.subarray(bytes.length - Buffer.byteLength(source.text))))
    }),
    { numRuns: 2000 },
  )
})

test.run()
