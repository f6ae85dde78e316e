/** Versions, ranges, markers, and guesses at what was meant. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { holdsInImages } from '../../../src/resolve/marker.ts'
import { exactVersionOf, guessSpecifier, isInRange, minorOf } from '../../../src/resolve/specifier.ts'

const RANGES: readonly (readonly [version: string, specifier: string, isIn: boolean])[] = [
  ['2.15.1', '~=2.15.0', true],
  ['2.16.0', '~=2.15.0', false],
  ['2.16.0', '~=2.15', true],
  ['3.0', '~=2.15', false],
  ['1.10', '>1.9', true],
  ['2.0.0', '==2.0', true],
  ['2.13.0', '==2.13.0+cpu', true],
  ['2.13.0+cpu', '==2.13.0', true],
  ['2.15.0.post1', '==2.15.0', false],
  ['2.15.0.post1', '==2.15.*', true],
  ['2.16.0rc1', '==2.16.0rc1', true],
  ['2.0', '>=1,!=2.0', false],
  ['2.0', '', true],
]
for (const [version, specifier, isIn] of RANGES) test(`${version} is ${isIn ? '' : 'not '}in "${specifier}"`, () => assert.is(isInRange(version, specifier), isIn))

test('a pin is one version', () => {
  assert.equal(['==2.13.0', '=== 2.13', '>=2,==2.1', '==2.*', '>=2', ''].map(exactVersionOf), ['2.13.0', '2.13', '2.1', undefined, undefined, undefined])
})

test('the minor is a release number', () => {
  assert.equal(['2.13.0', '2', '2.13.0rc1', '1.4.1.post1'].map(minorOf), ['2.13', '2.0', '2.13', '1.4'])
})

test('guesses follow what other tools write', () => {
  assert.equal(['^2.1', '~2.1', '~>2.1', '=2.1', '@2.1', 'v2.1', '2.1', '2.x', '=>2', '^2', 'newest'].map(guessSpecifier), [
    '~=2.1', '~=2.1', '~=2.1', '==2.1', '==2.1', '==2.1', '==2.1', '==2', '>=2', '==2.*', undefined,
  ])
})

const MARKERS: readonly (readonly [marker: string, holds: boolean | undefined])[] = [
  ['', true],
  ["sys_platform == 'linux'", true],
  ['sys_platform != "linux"', false],
  ["(platform_system == 'Windows')", false],
  ["python_version < '3.9'", undefined],
  ["python_version < '3.9' and sys_platform == 'win32'", false],
  ["sys_platform == 'linux' and python_version < '3.9'", undefined],
  ["sys_platform == 'linux' or os_name == 'nt'", true],
  ["platform_machine == 'x86_64'", undefined],
]
for (const [marker, holds] of MARKERS) test(`"${marker}" holds: ${holds}`, () => assert.is(holdsInImages(marker), holds))

test.run()
