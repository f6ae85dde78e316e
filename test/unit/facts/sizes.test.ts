/** Sizes are found for every framework, and nothing is counted twice. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import sizes from '../../../src/facts/data/sizes.json' with { type: 'json' }
import { FRAMEWORKS } from '../../../src/facts/frameworks.ts'
import { findFrameworkSize, findImageSize, findPackageSize, findSystemSize, listWithNeeds, TYPICAL_PACKAGE, TYPICAL_SYSTEM } from '../../../src/facts/sizes.ts'

test('every release of every framework has a size on the CPU and for each CUDA build', () => {
  for (const { name, releases } of FRAMEWORKS) {
    for (const { version, cuda } of releases) {
      assert.ok(findFrameworkSize(name, version, { kind: 'cpu' }), `${name} ${version}`)
      for (const build of cuda) assert.ok(findFrameworkSize(name, version, { kind: 'cuda', version: build }), `${name} ${version} ${build}`)
    }
  }
  assert.is(findFrameworkSize('pytorch', '2.9.1', { kind: 'rocm' }), undefined)
  assert.is(findFrameworkSize('constructor', '1', { kind: 'cpu' }), undefined)
})

test('the rows name releases and builds that there are, ascending', () => {
  for (const row of sizes.frameworks) {
    const release = FRAMEWORKS.find(({ name }) => name === row.framework)?.releases.find(({ version }) => version === row.version)
    assert.ok(release, `${row.framework} ${row.version}`)
    assert.ok(row.build === undefined || release.cuda.includes(row.build), `${row.framework} ${row.version} ${String(row.build)}`)
    assert.ok(row.installed > row.download && row.download > 0)
  }
})

test('a measured build is found as it is, another by the nearest', () => {
  const measured = findFrameworkSize('pytorch', '2.10.0', { kind: 'cuda', version: '12.8' })
  assert.equal([measured?.version, measured?.build, measured?.isMeasured], ['2.10.0', '12.8', true])
  const older = findFrameworkSize('pytorch', '2.8.0', { kind: 'cuda', version: '12.8' })
  assert.equal([older?.version, older?.isMeasured], ['2.10.0', false])
  const other = findFrameworkSize('pytorch', '2.8.0', { kind: 'cuda', version: '12.9' })
  assert.equal([other?.build?.split('.')[0], other?.isMeasured], ['12', false])
})

test('CUDA is most of what a GPU image holds', () => {
  const sizeOf = (kind: 'cpu' | 'cuda') => findFrameworkSize('pytorch', '2.13.0', { kind })?.installed ?? 0
  assert.ok(sizeOf('cuda') > 4 * sizeOf('cpu'))
})

test('packages are listed once, with what they need', () => {
  assert.equal(findPackageSize('pandas')?.needs, ['numpy'])
  assert.equal(listWithNeeds(['pandas', 'numpy', 'pandas'], new Set()), ['pandas', 'numpy'])
  assert.equal(listWithNeeds(['pandas', 'nothing-of-the-kind'], new Set(['numpy'])), ['pandas', 'nothing-of-the-kind'])
  assert.ok(listWithNeeds(['shap'], new Set()).includes('numpy'))
})

test('what is not known counts as the median', () => {
  const installed = Object.keys(sizes.packages).map((name) => findPackageSize(name)?.installed ?? 0)
  assert.ok(Math.abs(installed.filter((size) => size < TYPICAL_PACKAGE.installed).length - installed.length / 2) <= 1)
  assert.ok(TYPICAL_SYSTEM.download > 1_000_000)
})

test('what a Debian package holds has a size that is no larger', () => {
  for (const name of Object.keys(sizes.system)) {
    const row = findSystemSize(name)
    for (const held of row?.holds ?? []) assert.ok((findSystemSize(held)?.installed ?? Infinity) <= (row?.installed ?? 0), `${name} ${held}`)
  }
  assert.ok(findSystemSize('ffmpeg')?.holds.includes('libgl1'))
})

test('what packages need and frameworks hold has a size', () => {
  const names = [...Object.keys(sizes.packages).flatMap((name) => findPackageSize(name)?.needs ?? []), ...sizes.frameworks.flatMap(({ holds }) => holds ?? [])]
  for (const name of names) assert.ok(findPackageSize(name), name)
})

test('what is unknown has no size', () => {
  assert.equal([findPackageSize('__proto__'), findSystemSize('constructor'), findImageSize('latest')], [undefined, undefined, undefined])
  assert.ok((findSystemSize('libgomp1')?.download ?? 0) > 0)
  assert.ok((findImageSize('3.11')?.installed ?? 0) > 100_000_000)
})

test.run()
