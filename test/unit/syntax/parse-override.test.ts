/** Compose's two tags: what is reset is gone, what overrides stays, and all places are those of the file. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { Sink } from '../../../src/diagnostics/sink.ts'
import { parseOverride } from '../../../src/syntax/parse-override.ts'
import { entryOf, valueOf } from '../../../src/syntax/tree.ts'

const read = (text: string) => {
  const sink = new Sink()
  const tree = parseOverride('compose.override.yaml', text, sink)
  return { tree, value: tree && JSON.parse(JSON.stringify(valueOf(tree))), codes: sink.sorted().map(({ code }) => code) }
}

test('the tags are known', () => {
  assert.equal(read('services:\n  a:\n    ports: !reset []\n    environment: !override { A: b }\n    image: x\n').value, { services: { a: { environment: { A: 'b' }, image: 'x' } } })
  assert.equal(read('services:\n  a: !reset null\n  b: !override\n    image: x\n').value, { services: { b: { image: 'x' } } })
  assert.equal(read('{ services: { a: { ports: !reset [], image: x } } }').value, { services: { a: { image: 'x' } } })
})

test('the places are those of the file, tags and all', () => {
  const text = 'services:\n  a: !override { image: x }\n'
  const image = entryOf(entryOf(entryOf(read(text).tree, 'services')?.value, 'a')?.value, 'image')
  assert.is(image && text.slice(image.value.span.start, image.value.span.end), 'x')
  assert.is(image?.value.span.source.text, text)
})

test('what is in a text is no tag, and any other tag is an error', () => {
  assert.equal(read('a: "x !reset y"\n').value, { a: 'x !reset y' })
  assert.equal(read('a: !other x\n').codes.length, 1)
})

test.run()
