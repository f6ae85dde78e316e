/** The tables behind advice agree with each other and with what reads them. */
import { readFileSync } from 'node:fs'
import { compare, validRange } from '@renovatebot/pep440'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { parseByteSize } from '../../../src/config/byte-size.ts'
import { findForeignPackage, findMissingPackage, packageOfCommand, releaseOfTag } from '../../../src/facts/debian.ts'
import { findCompiled, findCompiledSource, findGpuTwin, findHeadless, findOnlySystem, findRightName, findSharedModule } from '../../../src/facts/distributions.ts'
import { FRAMEWORK_NAMES } from '../../../src/facts/frameworks.ts'
import { PYTHONS } from '../../../src/facts/images.ts'
import { findModel, findSharedMemory, MODELS } from '../../../src/facts/models.ts'
import { findOldestWheel, findPythonsWithWheels, PAIRS } from '../../../src/facts/pairs.ts'
import { findServer } from '../../../src/facts/servers.ts'
import { findHarmful, isUnverified } from '../../../src/facts/variables.ts'

const read = (name: string) => JSON.parse(readFileSync(new URL(`../../../src/facts/data/${name}.json`, import.meta.url), 'utf8'))

test('what replaces a Debian package is not replaced itself', () => {
  const { packages, others, releases } = read('debian') as { packages: Row[]; others: Row[]; releases: string[] }
  for (const { name, until, since, instead, advice } of [...packages, ...others]) {
    assert.ok((instead === undefined) !== (advice === undefined), name)
    for (const release of [until, since]) assert.ok(release === undefined || releases.includes(release), name)
    if (instead === undefined) continue
    assert.is(findForeignPackage(instead), undefined, name)
    const lacking = releases.filter((release) => findMissingPackage(name, release) !== undefined)
    for (const release of lacking) assert.is(findMissingPackage(instead, release), undefined, `${name} in ${release}`)
  }
})

interface Row {
  readonly name: string
  readonly until?: string
  readonly since?: string
  readonly instead?: string
  readonly advice?: string
}

test('a package is missing before its first release and after its last', () => {
  assert.equal(['bullseye', 'bookworm', 'trixie'].map((release) => findMissingPackage('libgl1-mesa-glx', release)?.instead), [undefined, undefined, 'libgl1'])
  assert.equal(['bullseye', 'bookworm', 'trixie'].map((release) => findMissingPackage('libasound2t64', release)?.instead), ['libasound2', 'libasound2', undefined])
  assert.equal(['3.11-slim-bookworm', '3.11-slim', 'trixie'].map(releaseOfTag), ['bookworm', undefined, 'trixie'])
  assert.equal(['curl', 'python', 'constructor'].map(packageOfCommand), ['curl', undefined, undefined])
})

test('names of packages are normalised, and lead to one that is fine', () => {
  const tables = read('distributions')
  const names = [...Object.keys(tables.misnamed), ...Object.keys(tables.otherSystems), ...Object.keys(tables.needsGpu), ...Object.keys(tables.headless)]
  for (const name of names) assert.is(name, name.toLowerCase().replace(/[-_.]+/g, '-'))
  for (const right of [...Object.values(tables.misnamed), ...Object.values(tables.needsGpu), ...Object.values(tables.headless)] as string[]) {
    assert.equal([findRightName(right), findGpuTwin(right), findHeadless(right), findOnlySystem(right)], [undefined, undefined, undefined, undefined], right)
  }
})

test('look-ups of packages know nothing of what is not there', () => {
  for (const name of ['constructor', '__proto__', 'numpy']) {
    assert.equal([findRightName(name), findGpuTwin(name), findHeadless(name), findOnlySystem(name), findSharedModule(name), findCompiled(name)], Array(6).fill(undefined))
  }
  assert.is(findCompiledSource('git+https://github.com/NVIDIA/apex.git@25.01')?.name, 'NVIDIA Apex')
  assert.is(findCompiledSource('git+https://github.com/example/tool'), undefined)
})

test('pairs have ranges, and frameworks of the language', () => {
  for (const { framework, versions, works, package: name } of PAIRS) {
    assert.ok(FRAMEWORK_NAMES.includes(framework), framework)
    assert.ok(validRange(versions), versions)
    assert.ok(works === null || validRange(works), `${name}${works}`)
  }
})

test('the oldest wheels get newer with the Python', () => {
  for (const name of ['numpy', 'pandas', 'pyarrow', 'scipy']) {
    const rows = findPythonsWithWheels(name)
    assert.ok(rows.length > 5)
    rows.forEach(([python, oldest], at) => {
      assert.ok(PYTHONS.some(({ version }) => version === python), python)
      const before = rows[at - 1]
      assert.ok(before === undefined || (compare(before[0], python) < 0 && compare(before[1], oldest) < 0), `${name} ${oldest}`)
    })
  }
  assert.equal([findOldestWheel('numpy', '3.12'), findOldestWheel('numpy', '2.0'), findOldestWheel('toString', '3.12')], ['1.26.0', undefined, undefined])
})

test('servers are found by their program and its word', () => {
  assert.equal([findServer('uvicorn', [])?.defaultPort, findServer('flask', ['run'])?.defaultPort, findServer('flask', ['shell']), findServer('python', [])], [8000, 5000, undefined, undefined])
})

test('variables are harmful with some values alone', () => {
  assert.equal([findHarmful('TF_CPP_MIN_LOG_LEVEL', '3')?.value, findHarmful('TF_CPP_MIN_LOG_LEVEL', '1'), findHarmful('constructor', '')], ['1', undefined, undefined])
  assert.equal([isUnverified('PYTHONHTTPSVERIFY', '0'), isUnverified('PYTHONHTTPSVERIFY', '1'), isUnverified('PIP_TRUSTED_HOST', 'any')], [true, false, true])
})

test('models name frameworks of the language and sizes that Compose reads', () => {
  const { types, sharedMemory } = read('models') as { types: Record<string, { frameworks: string[] }>; sharedMemory: Record<string, Record<string, string>> }
  for (const { frameworks } of Object.values(types)) for (const framework of frameworks) assert.ok(FRAMEWORK_NAMES.includes(framework), framework)
  for (const size of [...Object.values(sharedMemory).flatMap(Object.values), ...MODELS.flatMap(({ gpuMemory }) => gpuMemory ?? [])] as string[]) assert.ok(parseByteSize(size), size)
  for (const { name, gpu, frameworks } of MODELS) {
    assert.ok(['no', 'optional', 'yes'].includes(gpu), name)
    assert.ok(frameworks.length > 0, name)
  }
})

test('shared memory grows with images and with several GPUs', () => {
  const sizeOf = (model: string, gpus?: number) => {
    const facts = findModel(model)
    assert.ok(facts)
    return findSharedMemory('pytorch', facts, gpus)
  }
  assert.equal([sizeOf('mlp'), sizeOf('cnn'), sizeOf('mlp', 2), sizeOf('svm', 2)], ['2gb', '8gb', '8gb', undefined])
})

test.run()
