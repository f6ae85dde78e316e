/** What a lock installs: everything that the project reaches, under the conditions of all markers on the way. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { findClosure } from '../../../src/project/lock-closure.ts'
import { simplifyMarker } from '../../../src/project/marker.ts'
import { readLock, type Lock } from '../../../src/project/uv-lock.ts'
import { createSource } from '../../../src/syntax/source.ts'

const HEAD = 'version = 1\nrevision = 3\nrequires-python = ">=3.11"\n'
const REGISTRY = 'source = { registry = "https://packages.example/simple" }'

function read(text: string): Lock {
  const lock = readLock(createSource('uv.lock', HEAD + text))
  assert.ok(lock.kind === 'lock')
  return lock
}

const packageOf = (name: string, version: string, rest = '') => `[[package]]\nname = "${name}"\nversion = "${version}"\n${REGISTRY}\n${rest}\n`
const project = (dependencies: string) => `[[package]]\nname = "x"\nversion = "0"\nsource = { editable = "." }\ndependencies = [${dependencies}]\n`

function closure(text: string, python = '3.11'): readonly string[] {
  const lock = read(text)
  const root = lock.packages.find(({ source }) => source.kind === 'local')
  assert.ok(root)
  const simplify = (marker: string) => simplifyMarker(marker, { variables: { sys_platform: 'linux', extra: '' }, python })
  return findClosure({ lock, root, simplify }).map(({ locked, marker }) => `${locked.name} ${locked.version}${marker === '' ? '' : ` if ${marker}`}`)
}

test('follows dependencies and extras, and leaves out groups and what nothing reaches', () => {
  const text =
    packageOf('a', '1', 'dependencies = [{ name = "b" }]\n[package.optional-dependencies]\nfast = [{ name = "c" }]\nslow = [{ name = "d" }]') +
    packageOf('b', '1', 'dependencies = [{ name = "a" }]') + packageOf('c', '1') + packageOf('d', '1') + packageOf('dev-tool', '1') +
    project('{ name = "a", extra = ["fast"] }') + '[package.dev-dependencies]\ndev = [{ name = "dev-tool" }]\n'
  assert.equal(closure(text), ['a 1', 'b 1', 'c 1'])
})

test('conditions add up along a way, and any way will do', () => {
  const text =
    packageOf('a', '1', `dependencies = [{ name = "c", marker = "platform_machine == 'x86_64' and sys_platform == 'linux'" }]`) +
    packageOf('b', '1', `dependencies = [{ name = "c", marker = "platform_machine == 'aarch64'" }, { name = "d" }]`) + packageOf('c', '1') + packageOf('d', '1') +
    project(`{ name = "a" }, { name = "b", marker = "implementation_name == 'cpython' or os_name == 'x'" }, { name = "d", marker = "sys_platform == 'win32'" }`)
  assert.equal(closure(text), [
    'a 1', "b 1 if implementation_name == 'cpython' or os_name == 'x'",
    "c 1 if (implementation_name == 'cpython' or os_name == 'x') and platform_machine == 'aarch64' or platform_machine == 'x86_64'",
    "d 1 if implementation_name == 'cpython' or os_name == 'x'",
  ])
})

test('of several versions, the one for this Python', () => {
  const fork = (version: string, marker: string) => `{ name = "numpy", version = "${version}", source = { registry = "https://packages.example/simple" }, marker = "${marker}" }`
  const text = packageOf('numpy', '1', `resolution-markers = ["python_full_version < '3.12'"]`) + packageOf('numpy', '2', `resolution-markers = ["python_full_version >= '3.12'"]`) + project([fork('1', "python_full_version < '3.12'"), fork('2', "python_full_version >= '3.12'")].join(', '))
  assert.equal(closure(text, '3.11'), ['numpy 1'])
  assert.equal(closure(text, '3.12'), ['numpy 2'])
})

test('reads sources, and the hashes of files', () => {
  const files = 'sdist = { url = "https://files.example/a-1.tar.gz", hash = "sha256:00", size = 1 }\nwheels = [\n    { url = "https://files.example/a-1-py3-none-any.whl", hash = "sha256:11", size = 2 },\n]'
  const { packages } = read(
    packageOf('a', '1', files) +
      '[[package]]\nname = "g"\nversion = "1"\nsource = { git = "https://git.example/g?subdirectory=py&tag=v1#0a1b" }\n' +
      '[[package]]\nname = "u"\nversion = "1"\nsource = { url = "https://files.example/u-1-py3-none-any.whl" }\nwheels = [\n    { url = "https://files.example/u-1-py3-none-any.whl", hash = "sha256:22" },\n]\n' +
      '[[package]]\nname = "p"\nversion = "1"\nsource = { directory = "../p" }\n',
  )
  assert.equal(packages.map(({ source }) => ('reference' in source ? source.reference : 'path' in source ? source.path : source.kind)), ['registry', 'git+https://git.example/g@0a1b#subdirectory=py', 'https://files.example/u-1-py3-none-any.whl', '../p'])
  assert.equal(packages.map(({ files: found }) => found.map(({ hash }) => hash)), [['sha256:00', 'sha256:11'], [], ['sha256:22'], []])
  assert.is(packages[0]?.files[1]?.name, 'a-1-py3-none-any.whl')
})

test('a circle with conditions ends', () => {
  const text = packageOf('a', '1', `dependencies = [{ name = "b", marker = "m == 'x'" }]`) + packageOf('b', '1', `dependencies = [{ name = "a", marker = "n == 'y'" }]`) + project(`{ name = "a", marker = "o == 'z'" }`)
  assert.equal(closure(text), ["a 1 if o == 'z'", "b 1 if o == 'z' and m == 'x'"])
})

test.run()
