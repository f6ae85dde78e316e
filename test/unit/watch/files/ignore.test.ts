import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createIgnoreRules, EDITOR_FILES } from '../../../../src/watch/files/ignore.ts'

/** Docker's documented cases: patterns, a path, and whether it stays out. */
const CASES: readonly (readonly [patterns: readonly string[], path: string, isIgnored: boolean])[] = [
  [[], 'a', false],
  [['a'], 'a', true],
  [['a'], 'A', false],
  [['a'], 'b/a', false],
  [['/a'], 'a', true],
  [['a/'], 'a/b', true],
  [['./a'], 'a', true],
  [['  a  '], 'a', true],
  [['# a', '#a'], '#a', false],
  [['*/temp*'], 'somedir/temporary.txt', true],
  [['*/temp*'], 'somedir/temp/b', true],
  [['*/temp*'], 'a/b/temp', false],
  [['*/*/temp*'], 'somedir/subdir/temporary.txt', true],
  [['temp?'], 'tempa', true],
  [['temp?'], 'temp', false],
  [['**'], 'file', true],
  [['**'], 'dir/file', true],
  [['**/'], 'dir/file', true],
  [['dir/**'], 'dir', false],
  [['dir/**'], 'dir/dir2/file', true],
  [['**/dir2/*'], 'dir/dir2/file', true],
  [['**/dir2/*'], 'dir/dir2/dir2/file', true],
  [['**/file'], 'file', true],
  [['**/file'], 'dir/dir/file', true],
  [['**/file*'], 'dir/dir/file.txt', true],
  [['**/*.go'], 'a/b/c.go', true],
  [['**/*.go'], 'c.go.txt', false],
  [['**/dir/**'], 'dir/file', true],
  [['a/**/b'], 'a/b', true],
  [['a/**/b'], 'a/x/y/b/c', true],
  [['*.md', '!README.md'], 'README.md', false],
  [['*.md', '!README*.md', 'README-secret.md'], 'README-secret.md', true],
  [['*.md', 'README-secret.md', '!README*.md'], 'README-secret.md', false],
  [['!README.md', '*.md'], 'README.md', true],
  [['docs', '!docs/README.md'], 'docs/README.md', false],
  [['docs', '!docs/README.md'], 'docs/other.md', true],
  [['docs', '!docs/guide'], 'docs/guide/deep/page.md', false],
  [['*', '!src'], 'src/a.py', false],
  [['*', '!src'], 'a.py', true],
  [['*', '!src/**'], 'src/deep/a.py', false],
  [['**', '!**/*.py'], 'any/where/a.py', false],
  [['a[b-d]e'], 'ace', true],
  [['a[^b-d]e'], 'ace', false],
  [['a[^b-d]e'], 'aze', true],
  [['\\*'], '*', true],
  [['\\*'], 'a', false],
  [['a\\[b'], 'a[b', true],
  [['c++'], 'c++', true],
  [['c++'], 'ccc', false],
  [['a(b)|{c}$'], 'a(b)|{c}$', true],
  [['a.b'], 'axb', false],
  [['['], '[', false],
  [['[', 'a'], 'a', true],
  [['!'], '!', false],
  [['*'], '', false],
  [['.', '/'], 'a', false],
  [['constructor'], 'constructor', true],
]

for (const [patterns, path, expected] of CASES) {
  test(`${patterns.join(' ') || 'nothing'} ${expected ? 'leaves out' : 'lets in'} '${path}'`, () => {
    assert.is(createIgnoreRules(patterns).isIgnored(path), expected)
  })
}

const PROJECT = [
  '# Left behind by tools.',
  '**/__pycache__',
  '**/node_modules',
  '**/.git',
  '**/.venv',
  '**/*.pt',
  '',
  '# Datasets are mounted.',
  'data',
  'mlstack.yaml',
  '.mlstack',
  '',
  '!.mlstack/entrypoint.py',
  '!requirements.txt',
]

/** Folders that need not be looked into, and those that must be. */
const FOLDERS: readonly (readonly [patterns: readonly string[], pruned: readonly string[], kept: readonly string[]])[] = [
  [PROJECT, ['.git', 'node_modules', 'web/node_modules', '.venv', 'data', 'data/deep', '.mlstack/tmp', 'src/__pycache__'], ['.mlstack', 'src', 'src/data', '.github']],
  [['*', '!src/**'], ['docs', 'docs/src'], ['src', 'src/deep']],
  [['*', '!src'], ['docs'], ['src', 'src/deep']],
  [['*', '!src/*/keep.py'], ['docs', 'src/a/deep'], ['src', 'src/a']],
  [['*', '!s[a-r]c/*/keep.py'], ['sxc'], ['src']],
  [['**', '!**/*.py'], [], ['any', 'any/where']],
  [['data', '!data/**/labels.csv'], [], ['data', 'data/a/b']],
  [['data', '!./data/a.csv'], ['data/b'], ['data']],
  [['#x', 'y', '!/#z/a'], ['y'], ['#x', '#z']],
  [[], [], ['any']],
]

for (const [patterns, pruned, kept] of FOLDERS) {
  test(`${patterns.filter((pattern) => pattern.startsWith('!')).join(' ') || 'no exception'} decides which folders are looked into`, () => {
    const { canPrune } = createIgnoreRules(patterns)
    assert.equal(pruned.filter((folder) => !canPrune(folder)), [])
    assert.equal(kept.filter(canPrune), [])
  })
}

test('what editors leave for a moment is ignored at any depth, and no source is', () => {
  const { isIgnored } = createIgnoreRules(EDITOR_FILES)
  const momentary = ['4913', '.train.py.swp', '.train.py.swx', 'train.py~', '.#train.py', '#train.py#', 'train.py___jb_tmp___', 'train.py___jb_old___', '.train.py.kate-swp', '.goutputstream-X1Y2Z3', 'a-go-tmp-umask', 'train.py.1234.tmp']
  assert.equal(momentary.flatMap((name) => [name, `src/deep/${name}`]).filter((path) => !isIgnored(path)), [])
  assert.equal(['train.py', '.env', '#notes', 'src/__init__.py', '.swp', 'data/4913.csv'].filter(isIgnored), [])
})

test.run()
