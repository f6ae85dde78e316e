/** Makes the lock of a plan: asks registries for digests and a resolver for packages. Either all of it is there in the end, or an error. */
import type { Docker } from '../engine/docker.ts'
import { imagesOf } from '../plan/all-images.ts'
import type { Image, Stack } from '../plan/stack.ts'
import { assembleLayers } from './assemble.ts'
import { findAsked, type AskedContext, type AskedImage } from './fingerprint.ts'
import { findDigest, probeBase } from './inspect-base.ts'
import { withDigest, type Lock, type LockedImage } from './lock-file.ts'
import { planRequest } from './request.ts'
import type { BaseFacts, Resolve } from './resolution.ts'

export interface LockSettings extends AskedContext {
  readonly docker: Docker
  readonly env: Readonly<Record<string, string | undefined>>
  readonly resolve: Resolve
  /** What Docker builds for by itself. */
  readonly ownPlatform: string
  /** What to lock for; undefined: what the config builds for, else what the lock was for, else what Docker builds for. */
  readonly platforms: readonly string[] | undefined
  readonly before: Lock | undefined
}

interface Base {
  readonly digest: string
  readonly facts: BaseFacts
}

/** Throws a LockError where a registry or a resolver has no answer, and a DockerError where Docker has none. */
export async function makeLock(stack: Stack, settings: LockSettings): Promise<Lock> {
  const bases = new Map<string, Base>()
  const images: LockedImage[] = []
  for (const asked of findAsked(stack, settings)) {
    const image = imagesOf(stack).find(({ name }) => name === asked.name)
    if (image === undefined) continue
    const base = bases.get(image.baseImage) ?? (await inspectBase(image, settings))
    bases.set(image.baseImage, base)
    images.push(await lockImage(image, asked, { base, stack, settings }))
  }
  return { images }
}

/** All platforms of an image have the same Python, so one of them is looked into: Docker's own where it is among them. */
async function inspectBase(image: Image, settings: LockSettings): Promise<Base> {
  const { docker, ownPlatform } = settings
  const [first] = platformsOf(image, settings)
  const isOwn = platformsOf(image, settings).includes(ownPlatform)
  const digest = await findDigest(docker, image.baseImage)
  return { digest, facts: await probeBase(docker, withDigest(image.baseImage, digest), isOwn ? undefined : first) }
}

interface ImageContext {
  readonly base: Base
  readonly stack: Stack
  readonly settings: LockSettings
}

async function lockImage(image: Image, asked: AskedImage, { base, stack, settings }: ImageContext): Promise<LockedImage> {
  const { ownPlatform, resolve } = settings
  const platforms = platformsOf(image, settings)
  const request = planRequest(image, { ...settings, layout: stack.layout })
  const resolutions = []
  // One after the other: each takes all of a network and of a processor.
  for (const platform of image.packages.length === 0 ? [] : platforms) {
    const resolution = await resolve({ ...request, base: withDigest(image.baseImage, base.digest), facts: base.facts, platform: platform === ownPlatform ? undefined : platform })
    resolutions.push({ platform, resolution })
  }
  return { name: image.name, base: image.baseImage, digest: base.digest, python: base.facts.python, platforms, layers: assembleLayers(asked, resolutions) }
}

/** An image that is new to the lock has what the others have. */
function platformsOf({ platforms }: Image, { platforms: wanted, before, ownPlatform }: LockSettings): readonly string[] {
  const known = (before?.images ?? []).flatMap((image) => image.platforms)
  const [first = [ownPlatform]] = [wanted ?? [], platforms, known].filter((each) => each.length > 0)
  return [...new Set(first)].sort()
}
