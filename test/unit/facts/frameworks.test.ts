/** The tables of frameworks agree with themselves, with each other, and with what the package index has. */
import { compare, satisfies } from '@renovatebot/pep440'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { findOldestDriver, supportsCapability } from '../../../src/facts/cuda.ts'
import { findFramework, FRAMEWORKS, type BuildKind, type FrameworkFacts, type Kernels, type Release } from '../../../src/facts/frameworks.ts'
import { findGpu } from '../../../src/facts/gpus.ts'
import { PYTHONS } from '../../../src/facts/images.ts'
import { parseRequirement } from '../../../src/project/requirements.ts'
import { wheelsOf } from './wheels.ts'

const PYTHON_VERSIONS = PYTHONS.map(({ version }) => version)
const KINDS: readonly BuildKind[] = ['cpu', 'cuda', 'rocm']

const isWithin = (some: readonly string[], others: readonly string[]) => some.every((item) => others.includes(item))
const inOrder = (versions: readonly string[]) => versions.every((version, at) => at === 0 || compare(versions[at - 1] ?? '', version) < 0)
const fill = (requirement: string, version: string) => requirement.replace('{version}', version).replace('{extras}', '[some]').replace('{build}', 'cpu').replace('{major}', '12')
const recipesOf = ({ install }: Release) => KINDS.flatMap((kind) => install[kind] ?? [])

for (const facts of FRAMEWORKS) {
  const { name, releases, kernels } = facts

  test(`the releases of ${name} ascend, and have known Pythons and builds`, () => {
    assert.ok(releases.length > 10)
    assert.ok(inOrder(releases.map(({ version }) => version)))
    for (const { version, python, arm64, cuda, rocm, install } of releases) {
      assert.equal(python, PYTHON_VERSIONS.filter((known) => python.includes(known)), version)
      assert.equal(arm64, python.filter((known) => arm64.includes(known)), version)
      assert.ok(python.length > 0 && inOrder(cuda) && inOrder(rocm), version)
      for (const build of cuda) assert.ok(findOldestDriver(build), build)
      assert.ok((cuda.length === 0 || install.cuda !== undefined) && (rocm.length === 0 || install.rocm !== undefined), version)
    }
  })

  test(`${name} is installed at an exact version, by requirements that pip can read`, () => {
    for (const release of releases) {
      for (const kind of KINDS) assert.ok(release.install[kind] === undefined || release.install[kind].some((requirement) => requirement.includes('=={version}')), release.version)
      for (const requirement of [...recipesOf(release), ...release.limits]) assert.ok(parseRequirement(fill(requirement, release.version)), requirement)
      for (const requirement of recipesOf(release)) assert.not.match(requirement, /\{(?!version|extras|build|major)/)
    }
    assert.ok(facts.index === undefined || facts.index.url.includes('{build}'))
  })

  test(`the index has the wheels that ${name} is said to have`, () => {
    for (const release of releases) for (const line of missingWheels(release)) assert.unreachable(`${name} ${release.version}: ${line}`)
  })

  test(`what ${name} needs of others can be had`, () => {
    for (const { version, requires, python } of releases) {
      assert.ok(isWithin(Object.keys(requires), facts.backends), version)
      for (const backend of facts.backends) assert.ok(fitting(backend, requires[backend]).some((other) => other.python.some((each) => python.includes(each))), `${version} with ${backend}`)
    }
  })

  test(`the kernels of ${name} are of builds that there are, each named once`, () => {
    for (const row of kernels) {
      assert.ok(releases.some((release) => isFor(row, release)), JSON.stringify(row))
      for (const capabilities of [row.x64, row.arm64]) assert.ok(capabilities.every((each, at) => isKnown(each) && (!each.endsWith('+PTX') || at === capabilities.length - 1)), JSON.stringify(row))
      if (row.cuda?.includes('.') === true) for (const each of row.x64) assert.ok(supportsCapability(row.cuda, each.replace('+PTX', '')) !== false, `${row.cuda} has no ${each}`)
    }
    for (const release of releases) for (const kind of ['cuda', 'rocm'] as const) for (const build of release[kind]) assert.is(kernelsOf(kernels, release, kind, build).length, 1, `${release.version} ${build}`)
  })

  test(`the extras and variables of ${name} are those of its builds`, () => {
    const own = Object.values(facts.buildExtras).flat().flatMap((extra) => ['12', '13'].map((major) => extra.replace('{major}', major)))
    assert.ok(isWithin(own, facts.gpuExtras))
    for (const { builds } of facts.variables) assert.ok(isWithin(builds ?? [], facts.builds))
  })
}

test('a Blackwell card gets no wheels of before Blackwell', () => {
  const newest = { pytorch: '12.6', tensorflow: '12.5', jax: '12' }
  for (const [name, build] of Object.entries(newest)) {
    const { kernels = [], releases = [] } = findFramework(name) ?? {}
    const old = releases.findLast(({ version, cuda }) => cuda.includes(build) && (name !== 'jax' || compare(version, '0.6') < 0))
    assert.equal(old === undefined ? undefined : kernelsOf(kernels, old, 'cuda', build)[0]?.x64.filter((each) => Number(each.split('.')[0]) >= 10), [], name)
  }
})

/** Pythons for which some distribution that the release names has no wheels, in words. */
function missingWheels(release: Release): readonly string[] {
  const companions = Object.entries(release.companions).map(([name, version]) => ({ name, version, pythons: release.python, machine: undefined }))
  const named = [...release.install.cpu, ...(release.cuda.length > 0 ? (release.install.cuda ?? []) : [])].filter((requirement) => requirement.includes('=={version}'))
  const own = named.map((requirement) => ({ name: /^[\w.-]+/.exec(requirement)?.[0] ?? '', version: release.version, machine: /platform_machine (.)=/.exec(requirement)?.[1] }))
  return [...own, ...companions].flatMap(({ name, version, machine }) => {
    const wheels = wheelsOf(name, version)
    if (wheels === undefined) return [`there is no ${name} ${version}`]
    const isOnArm = machine !== '=' && !(name.endsWith('-gpu') && wheels.arm64.length === 0)
    return [...(machine === '!' || isWithin(release.python, wheels.x64) ? [] : [`${name} on x86-64`]), ...(!isOnArm || isWithin(release.arm64, wheels.arm64) ? [] : [`${name} on ARM`])]
  })
}

function fitting(framework: string, range: string | undefined): readonly Release[] {
  return (findFramework(framework) as FrameworkFacts).releases.filter(({ version }) => range === undefined || satisfies(version, range))
}

function isFor({ versions, cuda, rocm }: Kernels, release: Release): boolean {
  return satisfies(release.version, versions) && (cuda === undefined || release.cuda.includes(cuda)) && (rocm === undefined || release.rocm.includes(rocm))
}

function kernelsOf(kernels: readonly Kernels[], release: Release, kind: 'cuda' | 'rocm', build: string): readonly Kernels[] {
  return kernels.filter((row) => satisfies(release.version, row.versions) && (row[kind] === build || (row.cuda === undefined && row.rocm === undefined)))
}

function isKnown(capability: string): boolean {
  return findGpu(capability)?.name === undefined && findGpu(capability) !== undefined
}

test.run()
