/** Markers: what is left of them once the system, the interpreter and perhaps the Python are known. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { bothMarkers, eitherMarker, simplifyMarker, type MarkerValue } from '../../../src/project/marker.ts'

const variables = { sys_platform: 'linux', os_name: 'posix', extra: '' }

const CASES: readonly (readonly [marker: string, python: string | undefined, left: MarkerValue])[] = [
  ['', undefined, true],
  ["sys_platform == 'linux'", undefined, true],
  ['"win32" == sys_platform', undefined, false],
  ["sys_platform in 'linux darwin'", undefined, true],
  ["sys_platform not in 'linux darwin'", undefined, false],
  ["platform_machine == \"x86_64\" and sys_platform == 'linux'", undefined, "platform_machine == 'x86_64'"],
  ["(platform_machine == 'x86_64' or os_name == 'nt') and implementation_name == 'cpython'", undefined, "platform_machine == 'x86_64' and implementation_name == 'cpython'"],
  ["(a == 'x' or b == 'y') and c == 'z'", undefined, "(a == 'x' or b == 'y') and c == 'z'"],
  ["extra == 'dev'", undefined, false],
  ["extra != 'dev'", undefined, true],
  ["python_version < '3.12'", undefined, "python_version < '3.12'"],
  ["python_version < '3.12'", '3.11', true],
  ["python_version < '3.9'", '3.11', false],
  ["'3.9' <= python_version", '3.11', true],
  ["python_version in '3.1 3.12'", '3.11', false],
  ["python_full_version < '3.12'", '3.11', true],
  ["python_full_version >= '3.11.4'", '3.11', "python_full_version >= '3.11.4'"],
  ["python_full_version == '3.11.*'", '3.11', true],
  ["python_full_version != '3.11.0'", '3.11', "python_full_version != '3.11.0'"],
  ["python_full_version == '3.10.2'", '3.11', false],
  ["python_version ~= '3.10'", '3.11', true],
  ["python_version < 'x'", '3.11', "python_version < 'x'"],
  ["(os_name == 'posix'", undefined, "(os_name == 'posix'"],
  ["os_name = 'posix'", undefined, "os_name = 'posix'"],
  ["os_name == 'posix' and", undefined, "os_name == 'posix' and"],
]
for (const [marker, python, left] of CASES) {
  test(`of "${marker}" for ${python ?? 'any Python'} is left ${left}`, () => assert.is(simplifyMarker(marker, { variables, python }), left))
}

test('a marker without end stays as it is', () => {
  const marker = '('.repeat(100_000)
  assert.is(simplifyMarker(marker, { variables, python: undefined }), marker)
})

test('joined markers say a thing once', () => {
  assert.is(bothMarkers(true, 'a'), 'a')
  assert.is(bothMarkers('a', false), false)
  assert.is(bothMarkers('a', 'a'), 'a')
  assert.is(bothMarkers('a or b', 'c'), '(a or b) and c')
  assert.is(eitherMarker('a', 'b'), 'a or b')
  assert.is(eitherMarker('a or b', 'a'), 'a or b')
  assert.is(eitherMarker(false, 'a'), 'a')
  assert.is(eitherMarker('a', true), true)
})

test.run()
