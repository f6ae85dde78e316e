/** Puts what the lock holds into the plan: base images by digest, and layers that install exactly its files. Pure. */
import { posix } from 'node:path'
import { escapePattern } from '../plan/ignore.ts'
import type { Builder, Image, Layout, LockedInstall, PackageLayer, Stack } from '../plan/stack.ts'
import { OWN_FOLDER } from '../plan/own-files.ts'
import { parseRequirement } from '../project/requirements.ts'
import { formatRequirement, withDigest, type Lock, type LockedImage, type LockedPackage } from './lock-file.ts'

/** Over the requirements with hashes. */
const COMMENT = '# What mlstack.lock has; `mlstack lock` renews it.\n'

export interface ApplyInput {
  readonly lock: Lock
  /** The lock's path in the build context. */
  readonly lockPath: string
  /** Images that the lock no longer agrees with: they stay as they are. */
  readonly stale: ReadonlySet<string>
}

export function applyLock(stack: Stack, input: ApplyInput): Stack {
  const apply = (images: readonly Image[]) => images.map((image) => applyToImage(image, stack.layout, input))
  const { overlay } = stack
  return { ...stack, images: apply(stack.images), overlay: overlay && { ...overlay, images: apply(overlay.images) } }
}

function applyToImage(image: Image, layout: Layout, { lock, lockPath, stale }: ApplyInput): Image {
  const locked = stale.has(image.name) ? undefined : lock.images.find(({ name }) => name === image.name)
  const used = locked === undefined ? image : useLocked(image, locked, layout)
  return { ...used, ignore: planIgnore(used, lockPath) }
}

/** Like the config, the lock is no code; but the build needs what is made of it. */
function planIgnore({ ignore, packages, builder }: Image, lockPath: string): Image['ignore'] {
  const needed = [...packages, ...(builder === undefined ? [] : [builder])].flatMap(({ locked }) => locked?.file?.path ?? [])
  return [...ignore, { comment: 'Of the lock, the build needs the files made of it', patterns: [escapePattern(lockPath), ...needed.map((path) => `!${escapePattern(path)}`)] }]
}

interface Names {
  readonly image: string
  readonly layout: Layout
}

function useLocked(image: Image, locked: LockedImage, layout: Layout): Image {
  const compiledNames = (image.builder?.requirements ?? []).map((requirement) => parseRequirement(requirement)?.name)
  // What comes from version control has no name before it is fetched.
  const isCompiled = (layer: PackageLayer | undefined) => ({ name, hashes }: LockedPackage) => layer?.kind === 'requirements' && layer.isCompiled && (hashes.length === 0 || compiledNames.includes(name))
  const compiled = locked.layers.flatMap(({ packages }, at) => packages.filter(isCompiled(image.packages[at])))
  const names = { image: image.name, layout }
  return {
    ...image,
    baseImage: withDigest(image.baseImage, locked.digest),
    baseImageReason: `${image.baseImageReason}; the digest is from mlstack.lock`,
    builder: image.builder && lockBuilder(image.builder, compiled, names),
    packages: image.packages.map((layer, at) => {
      const packages = locked.layers[at]?.packages.filter((found) => !isCompiled(layer)(found)) ?? []
      return lockLayer(layer, packages, { ...names, before: image.packages.slice(0, at) })
    }),
  }
}

function lockBuilder(builder: Builder, packages: readonly LockedPackage[], names: Names): Builder {
  return { ...builder, locked: planInstall(packages, 'builder', names) }
}

/** A file with hashes of the user's is a lock already, and stays the one that counts. */
function lockLayer(layer: PackageLayer, packages: readonly LockedPackage[], { before, ...names }: Names & { readonly before: readonly PackageLayer[] }): PackageLayer {
  if (layer.kind === 'requirements' && layer.isHashed) return layer
  const count = before.filter(({ kind }) => kind === layer.kind).length
  return { ...layer, locked: planInstall(packages, `${layer.kind}${count === 0 ? '' : count + 1}`, names) }
}

function planInstall(packages: readonly LockedPackage[], part: string, { image, layout }: Names): LockedInstall {
  const held = packages.filter(({ hashes }) => hashes.length > 0)
  const path = posix.join(layout.outputFromContext, OWN_FOLDER, `${image}.${part}.lock.txt`)
  return {
    file: held.length === 0 ? undefined : { path, text: `${COMMENT}${held.map(formatHeld).join('')}` },
    commits: packages.filter(({ hashes }) => hashes.length === 0).map(formatRequirement),
  }
}

function formatHeld({ hashes, ...locked }: LockedPackage): string {
  return `${[formatRequirement(locked), ...hashes.map((hash) => `--hash=sha256:${hash}`)].join(' \\\n    ')}\n`
}
