/** What another lock changes, a line a change: what a person looks at before committing it. Pure. */
import type { Lock, LockedImage, LockedPackage } from './lock-file.ts'

/** Such as `train: torch 2.12.1 -> 2.13.0`, in the order of the locks. Empty where they say the same. */
export function listChanges(before: Lock, after: Lock): readonly string[] {
  const names = [...new Set([...before.images, ...after.images].map(({ name }) => name))]
  return names.flatMap((name) => {
    const old = before.images.find((image) => image.name === name)
    const renewed = after.images.find((image) => image.name === name)
    return compareItems(itemsOf(old), itemsOf(renewed)).map((line) => `${name}: ${line}`)
  })
}

/** What was pinned, in one line an image. */
export function summarizeLock({ images }: Lock): readonly string[] {
  return images.map(({ name, base, digest, python, platforms, layers }) => {
    const count = new Set(layers.flatMap(({ packages }) => packages.map((each) => each.name))).size
    return `${name}: ${base} at ${digest.slice(0, SHORT_DIGEST)} with Python ${python}, ${count} ${count === 1 ? 'package' : 'packages'} for ${platforms.join(' and ')}`
  })
}

const SHORT_DIGEST = 'sha256:'.length + 12

/** A thing that has a version, and what it is held by beside that. */
interface Item {
  readonly version: string
  readonly rest: string
}

function itemsOf(image: LockedImage | undefined): ReadonlyMap<string, Item> {
  if (image === undefined) return new Map()
  const packages = image.layers.flatMap(({ packages }) => packages)
  return new Map([
    ['base image', { version: image.base, rest: image.digest }],
    ['platforms', { version: image.platforms.join(' and '), rest: '' }],
    ...packages.map((found) => [found.marker === '' ? found.name : `${found.name} (${found.marker})`, itemOf(found)] as const),
  ])
}

function itemOf({ version, url, hashes }: LockedPackage): Item {
  return { version: url ?? version, rest: hashes.join() }
}

function compareItems(before: ReadonlyMap<string, Item>, after: ReadonlyMap<string, Item>): readonly string[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((name) => describeItem(name, before.get(name), after.get(name)) ?? [])
}

function describeItem(name: string, before: Item | undefined, after: Item | undefined): string | undefined {
  if (before === undefined) return `${name} ${after?.version ?? ''} is new`
  if (after === undefined) return `${name} ${before.version} is gone`
  if (before.version !== after.version) return `${name} ${before.version} -> ${after.version}`
  return before.rest === after.rest ? undefined : `${name} ${after.version} is another file than before`
}
