/** What differs between two plans, in terms of what has to be built, run and removed. Pure. */
import { plainOf, type PassedEntry } from '../../plan/passed.ts'
import type { Image, Service, Stack } from '../../plan/stack.ts'
import { passedServices } from './stack-parts.ts'

export interface PlanDifference {
  /** Another project is another set of containers, networks and volumes. */
  readonly isOtherProject: boolean
  /** Images of which anything differs, be it only what stays out. */
  readonly rebuilt: readonly string[]
  /** Those of them in which packages, settings or places differ: whatever runs in them runs anew. */
  readonly changedImages: readonly string[]
  /** Jobs and services of ours that are new or differ. */
  readonly services: readonly string[]
  /** The user's own services that are new or differ. */
  readonly passed: readonly string[]
  /** Volumes, networks or secrets differ: whom that concerns, Compose knows. */
  readonly isSharedDifferent: boolean
  readonly removed: readonly string[]
}

/** What only explains changes nothing, and what only keeps files out of an image nothing that runs. */
const WORDS = new Set(['reason', 'baseImageReason', 'title', 'purpose', 'roles'])
const NOT_RUN = new Set([...WORDS, 'ignore'])

export function comparePlans(before: Stack, after: Stack): PlanDifference {
  const isOther = (dropped: ReadonlySet<string>) => (one: unknown, other: unknown) => print(one, dropped) !== print(other, dropped)
  const changed = <Part extends Image | Service>(one: readonly Part[], other: readonly Part[], dropped: ReadonlySet<string>) =>
    other.filter((part) => isOther(dropped)(one.find(({ name }) => name === part.name), part)).map(({ name }) => name)
  const names = namesOf(after)
  return {
    isOtherProject: before.project !== after.project,
    rebuilt: changed(before.images, after.images, WORDS),
    changedImages: changed(before.images, after.images, NOT_RUN),
    services: changed(before.services, after.services, WORDS),
    passed: passedServices(after).filter(({ key, value }) => isOther(WORDS)(passedService(before, key), plainOf(value))).map(({ key }) => key),
    isSharedDifferent: isOther(WORDS)(sharedOf(before), sharedOf(after)),
    removed: namesOf(before).filter((name) => !names.includes(name)),
  }
}

function print(value: unknown, dropped: ReadonlySet<string>): string | undefined {
  return JSON.stringify(value, (key, part: unknown) => (dropped.has(key) ? undefined : part))
}

function namesOf(stack: Stack): readonly string[] {
  return [...stack.services.map(({ name }) => name), ...passedServices(stack).map(({ key }) => key)]
}

function passedService(stack: Stack, name: string): unknown {
  const found = passedServices(stack).find(({ key }) => key === name)
  return found && plainOf(found.value)
}

function sharedOf({ volumes, networks, secrets, layout, passed }: Stack): unknown {
  const plain = (entries: readonly PassedEntry[]) => entries.map(({ key, value }) => [key, plainOf(value)])
  return [volumes, networks, secrets, layout, plain(passed.volumes), plain(passed.networks), plain(passed.configs)]
}
