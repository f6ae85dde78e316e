/** What the Python packages of an image weigh: the frameworks by their builds, the others one by one, each counted in the first layer that has it. */
import { findFramework } from '../facts/frameworks.ts'
import { findFrameworkSize, findPackageSize, listWithNeeds, SMALL_PACKAGE, sumOf, TYPICAL_PACKAGE, type FrameworkSize, type Size } from '../facts/sizes.ts'
import { parseRequirement } from '../project/requirements.ts'
import type { LayerEstimate } from './estimate.ts'
import type { FrameworkLayer, Image, PackageLayer } from './stack.ts'

export function estimatePackages({ packages, platforms }: Image): readonly LayerEstimate[] {
  const present = new Set<string>()
  return packages.map((layer) => (layer.kind === 'framework' ? estimateFramework(layer, present) : estimateLayer(layer, platforms, present)))
}

/** What it holds of packages that earlier layers have is there already. */
function estimateFramework(layer: FrameworkLayer, present: Set<string>): LayerEstimate {
  const distributions = findFramework(layer.name)?.distributions ?? []
  const size = sizeOf(layer)
  const shared = (size?.holds ?? []).filter((name) => present.has(name)).flatMap((name) => findPackageSize(name) ?? [])
  for (const name of [...distributions, ...(size?.holds ?? [])]) present.add(name)
  const companions = addPackages(layer.requirements.flatMap(nameOf).filter((name) => !distributions.includes(name)), present)
  const isKnown = size !== undefined && layer.build.kind !== 'rocm'
  const own = subtract(size ?? TYPICAL_PACKAGE, shared)
  const others = sizeOfAll(companions, TYPICAL_PACKAGE)
  return {
    layer: layer.title,
    why: `${layer.reason}${describeMeasure(size, isKnown)}`,
    assumed: [...(isKnown ? [] : [layer.title]), ...unknownOf(companions)],
    assumption: isKnown ? TYPICAL_PACKAGE : own,
    download: own.download + others.download,
    installed: own.installed + others.installed,
  }
}

/** Of ROCm nothing was measured: its builds are no smaller than those for CUDA. */
function sizeOf({ name, version, build }: FrameworkLayer): FrameworkSize | undefined {
  const kind = build.kind === 'from-image' ? 'cpu' : build.kind
  return findFrameworkSize(name, version, { kind, version: build.version }) ?? findFrameworkSize(name, version, { kind: kind === 'rocm' ? 'cuda' : 'cpu' })
}

function describeMeasure(size: FrameworkSize | undefined, isKnown: boolean): string {
  if (size === undefined || (size.isMeasured && isKnown)) return ''
  return `; measured: ${size.version}${size.build === undefined ? '' : ` for CUDA ${size.build}`}`
}

function estimateLayer(layer: Exclude<PackageLayer, FrameworkLayer>, platforms: Image['platforms'], present: Set<string>): LayerEstimate {
  const texts = lockedOf(layer) ?? layer.requirements
  const names = texts.filter((text) => isForProcessor(text, platforms)).flatMap(nameOf)
  const added = addPackages(names, present)
  const assumption = isComplete(layer) ? SMALL_PACKAGE : TYPICAL_PACKAGE
  return {
    layer: layer.kind === 'requirements' ? layer.file : 'further packages',
    why: describeNames(names),
    assumed: unknownOf(added),
    assumption,
    ...sizeOfAll(added, assumption),
  }
}

/** The lines of our own lock, where the layer installs by it. */
function lockedOf({ locked }: PackageLayer): readonly string[] | undefined {
  return locked?.file?.text.split('\n').filter((line) => /^\w/.test(line)).map((line) => line.replace(/ (?:--hash|\\).*$/, ''))
}

/** Whether a layer names everything that it installs. */
function isComplete(layer: Exclude<PackageLayer, FrameworkLayer>): boolean {
  return layer.locked !== undefined || (layer.kind === 'requirements' && (layer.isHashed || layer.isLocked))
}

function unknownOf(names: readonly string[]): readonly string[] {
  return names.filter((name) => findPackageSize(name) === undefined)
}

function addPackages(names: readonly string[], present: Set<string>): readonly string[] {
  const added = listWithNeeds(names, present)
  for (const name of added) present.add(name)
  return added
}

/** A source without a name stands for itself. */
function nameOf(text: string): readonly string[] {
  return [parseRequirement(text)?.name ?? text]
}

/** Where images are for several processors, those of x86-64 are told. */
function isForProcessor(text: string, platforms: readonly string[]): boolean {
  const [, operator, machine] = /platform_machine\s*([!=]=)\s*["'](\w+)["']/.exec(text) ?? []
  if (operator === undefined) return true
  const isArm = platforms.length > 0 && platforms.every((platform) => platform.startsWith('linux/arm64'))
  return (machine === (isArm ? 'aarch64' : 'x86_64')) === (operator === '==')
}

/** More names than these are not read. */
const MOST_NAMES = 4

/** Of many names, the largest. */
function describeNames(names: readonly string[]): string {
  const more = names.length - MOST_NAMES
  if (names.length === 0) return 'nothing that other layers do not install'
  if (more <= 0) return names.join(', ')
  const weightOf = (name: string) => findPackageSize(name)?.installed ?? 0
  return `${names.toSorted((one, other) => weightOf(other) - weightOf(one)).slice(0, MOST_NAMES).join(', ')} and ${more} more`
}

function sizeOfAll(names: readonly string[], assumption: Size): Size {
  return sumOf(names.map((name) => findPackageSize(name) ?? assumption))
}

function subtract({ download, installed }: Size, shared: readonly Size[]): Size {
  return {
    download: Math.max(0, shared.reduce((rest, each) => rest - each.download, download)),
    installed: Math.max(0, shared.reduce((rest, each) => rest - each.installed, installed)),
  }
}
