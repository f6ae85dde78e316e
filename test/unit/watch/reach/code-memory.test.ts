import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createCodeMemory, type CodeTree } from '../../../../src/watch/reach/code-memory.ts'

type Files = Readonly<Record<string, string>>

/** Looks at code again and again, and says which files were read for it. */
function createLooker(hashOf: (text: string | undefined) => string | undefined = (text) => text) {
  const look = createCodeMemory()
  return (files: Files, asked = Object.keys(files)) => {
    const read: string[] = []
    const tree: CodeTree = { files: Object.keys(files), read: (path) => (read.push(path), files[path]), hashOf: (path) => hashOf(files[path]) }
    const code = look(tree)
    return { index: code.index, facts: asked.map(code.factsOf), read }
  }
}

const FILES: Files = { 'a.py': 'import b', 'b.py': '' }

test('a file is read once, and again only when it differs', () => {
  const look = createLooker()
  const first = look(FILES, ['a.py', 'b.py', 'a.py'])
  assert.equal(first.read, ['a.py', 'b.py'])
  assert.equal(look(FILES).read, [])
  const edited = look({ ...FILES, 'b.py': 'import a' })
  assert.equal(edited.read, ['b.py'])
  assert.is(edited.facts[0], first.facts[0])
  assert.is(edited.facts[1]?.imports.length, 1)
})

test('what was not asked for last time is read anew', () => {
  const look = createLooker()
  look(FILES)
  look(FILES, ['a.py'])
  assert.equal(look(FILES).read, ['b.py'])
})

test('without a hash, each look reads', () => {
  const look = createLooker(() => undefined)
  assert.equal(look(FILES, ['a.py', 'a.py']).read, ['a.py'])
  assert.equal(look(FILES, ['a.py', 'a.py']).read, ['a.py'])
})

test('the index is another one when a file came or went, or has another name', () => {
  const look = createLooker()
  const { index } = look(FILES)
  assert.is(look({ ...FILES, 'a.py': '' }).index, index)
  for (const files of [{ ...FILES, 'c.py': '' }, { 'a.py': '' }, { 'a.py': '', 'c.py': '' }]) assert.equal([...look(files).index.files], Object.keys(files))
})

test.run()
