/** Requirements as pip reads them: kinds of lines, and the exact place of each. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { parseRequirement, parseRequirements } from '../../../src/project/requirements.ts'
import { createSource } from '../../../src/syntax/source.ts'

const read = (text: string) => parseRequirements(createSource('requirements.txt', text))
const textOf = (text: string, { start, end }: { start: number; end: number }) => text.slice(start, end)

const NONE = { extras: [], specifier: '', marker: '', url: undefined }
const REQUIREMENTS: readonly (readonly [text: string, expected: ReturnType<typeof parseRequirement>])[] = [
  ['pandas', { ...NONE, name: 'pandas' }],
  ['Scikit_Learn', { ...NONE, name: 'scikit-learn' }],
  ['ruamel.yaml', { ...NONE, name: 'ruamel-yaml' }],
  ['pandas >= 2.2 , < 3', { ...NONE, name: 'pandas', specifier: '>= 2.2 , < 3' }],
  ['pandas(>=2)', { ...NONE, name: 'pandas', specifier: '>=2' }],
  ['uvicorn[standard, http]~=0.30', { ...NONE, name: 'uvicorn', extras: ['standard', 'http'], specifier: '~=0.30' }],
  ["torch==2.1.0 ; sys_platform == 'linux'", { ...NONE, name: 'torch', specifier: '==2.1.0', marker: "sys_platform == 'linux'" }],
  ['tool @ git+https://git.example/tool', { ...NONE, name: 'tool', url: 'git+https://git.example/tool' }],
  ['tool[x] @ https://example.org/tool.whl ; os_name == "posix"', { ...NONE, name: 'tool', extras: ['x'], url: 'https://example.org/tool.whl', marker: 'os_name == "posix"' }],
  ['torch==2.13.0+cpu', { ...NONE, name: 'torch', specifier: '==2.13.0+cpu' }],
  ['pandas 2.2', undefined],
  ['pandas=>2', undefined],
  ['pandas-', undefined],
  ['tool @', undefined],
  ['', undefined],
  ['$(id)', undefined],
]
for (const [text, expected] of REQUIREMENTS) test(`reads ${JSON.stringify(text)}`, () => assert.equal(parseRequirement(text), expected))

test('comments, blank lines and continuations keep their places', () => {
  const text = '# first\n\n  pandas>=2  # tables\r\ntorch==2.1.0 \\\n  --hash=sha256:00 \\\n  --hash=sha256:11\nurl @ https://example.org/#egg=x\nlast'
  const lines = read(text)
  assert.equal(lines.map(({ span }) => textOf(text, span)), ['pandas>=2', 'torch==2.1.0', 'url @ https://example.org/#egg=x', 'last'])
  assert.equal(lines.map(({ line }) => textOf(text, line)).join(''), text.slice(text.indexOf('  pandas')))
})

test('the last line may end in a backslash, and a comment never goes on', () => {
  assert.equal(read('pandas \\').map(({ kind }) => kind), ['requirement'])
  assert.equal(read('# one \\\npandas\n').map(({ kind }) => kind), ['requirement'])
})

const INCLUDES: readonly (readonly [line: string, option: string, path: string])[] = [
  ['-r base.txt', 'requirements', 'base.txt'],
  ['-rbase.txt', 'requirements', 'base.txt'],
  ['--requirement=base.txt', 'requirements', 'base.txt'],
  ['--requirement base.txt', 'requirements', 'base.txt'],
  ['-c limits.txt', 'constraints', 'limits.txt'],
  ['--constraint   ../limits.txt', 'constraints', '../limits.txt'],
]
for (const [line, option, path] of INCLUDES) {
  test(`${line} includes a file`, () => {
    assert.equal(read(line).map((found) => (found.kind === 'include' ? [found.option, found.path] : found.kind)), [[option, path]])
  })
}

test.run()
