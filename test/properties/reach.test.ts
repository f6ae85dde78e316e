/** What holds for reading any code: it ends, says the same each time, and leaves every line where it was. */
import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createCodeMemory } from '../../src/watch/reach/code-memory.ts'
import { partPython } from '../../src/watch/reach/python-text.ts'
import { findReach } from '../../src/watch/reach/reach.ts'

const PIECES = ['"', "'", '"""', "'''", 'f"', 'rb"', '{', '}', '{{', ':', '!r', '(', ')', '[', '\\', '#', '\n', '\r\n', ' ', ';', '*', '/', '.', '-m ', '$(', 'from ', 'import ', 'import_module(', 'a', 'b.py', 'pkg', '{"cell_type":"code"}']
const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((pieces) => pieces.join('')))

test('parted code is as long as the text, and has its lines', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const { code } = partPython(text)
      assert.is(code.length, text.length)
      assert.equal(code.replace(/[^\r\n]/g, ' '), text.replace(/[^\r\n]/g, ' '))
    }),
  )
})

test('any command over any code reaches files of the code, and the same each time', () => {
  fc.assert(
    fc.property(fc.array(texts, { maxLength: 3 }), texts, texts, texts, (words, python, script, notebook) => {
      const files: Readonly<Record<string, string>> = { 'a.py': python, 'pkg/b.py': python, 'pkg/__init__.py': script, 'run.sh': script, 'n.ipynb': notebook }
      const find = () => findReach({ words: [...words, 'a.py'], importFolders: ['.', 'pkg'] }, createCodeMemory()({ files: Object.keys(files), read: (path) => files[path], hashOf: () => undefined }))
      const reached = find()
      assert.equal(find(), reached)
      assert.ok(reached !== 'everything' && reached.has('a.py') && [...reached].every((path) => path in files))
    }),
  )
})

test.run()
