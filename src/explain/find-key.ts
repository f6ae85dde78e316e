/** Finds the key that a word such as `gpu.cuda`, `datasets.*.mount` or `train.depends_on` means. */
import { findGroup, listGroups, listKeysBelow, listSections, NAME, type Key, type Schema } from '../schema/keys.ts'

export interface FoundKey {
  /** Its steps from the top of the file, with the names that the user gave. */
  readonly steps: readonly string[]
  /** With `NAME` where a name of the user's stands. */
  readonly name: string
  readonly key: Key
  /** The key at the top of the file that it stands under, which may be itself. */
  readonly section: Key
}

/** Every key of the language under its full name, those of groups under each owner. */
export function listEveryKey(bundle: Schema): readonly FoundKey[] {
  return listSections(bundle).flatMap((section) => [section, ...listKeysBelow(section, bundle)].flatMap((key) => [
    nameKey(key, key === section ? '' : section.name, section),
    ...listGroups(key).flatMap((group) => findGroup(group, bundle).keys.map((shared) => nameKey(shared, key === section ? section.name : `${section.name}.${key.name}`, section))),
  ]))
}

function nameKey(key: Key, prefix: string, section: Key): FoundKey {
  const name = prefix === '' ? key.name : `${prefix}.${key.name}`
  return { steps: name.split('.'), name, key, section }
}

/** The keys that a word means: one where it is a path, several where it is only the last step of some. */
export function findKeys(word: string, keys: readonly FoundKey[]): readonly FoundKey[] {
  const steps = stepsOf(word)
  const exact = findPath(steps, keys)
  if (exact !== undefined) return [exact]
  const ending = steps.length === 1 ? keys.filter(({ steps: own }) => own.length > 1 && own.at(-1) === steps[0]) : []
  return ending.filter((found, index) => ending.findIndex(({ key }) => describes(key) === describes(found.key)) === index)
}

/** Places in lists count for nothing: `python.index[0].url` is a key of every index. */
function stepsOf(word: string): readonly string[] {
  return word.replace(/\[\d*\]/g, '').replace(/:$/, '').split('.').filter((step) => !/^\d+$/.test(step))
}

function findPath(steps: readonly string[], keys: readonly FoundKey[]): FoundKey | undefined {
  const fitting = keys.filter(({ steps: own }) => own.length === steps.length && own.every((step, index) => step === steps[index] || step === NAME))
  const [best] = fitting.toSorted((one, other) => countNames(one) - countNames(other))
  if (best !== undefined) return { ...best, steps: steps.map((step, index) => (best.steps[index] === NAME && step === '*' ? NAME : step)) }
  return findElsewhere(steps, keys)
}

function countNames({ steps }: FoundKey): number {
  return steps.filter((step) => step === NAME).length
}

/** `train.resources.memory`: what stands below is described where the same key stands at the top of the file. */
function findElsewhere(steps: readonly string[], keys: readonly FoundKey[]): FoundKey | undefined {
  for (let length = steps.length - 1; length > 1; length--) {
    const owner = keys.find(({ key, steps: own }) => key.sameAs !== undefined && own.length === length && own.every((step, index) => step === steps[index] || step === NAME))
    const target = owner && findPath([owner.key.sameAs ?? '', ...steps.slice(length)], keys)
    if (owner !== undefined && target !== undefined) return { ...target, steps, name: [...owner.steps, ...target.name.split('.').slice(1)].join('.'), section: owner.section }
  }
  return undefined
}

function describes({ schema }: Key): string {
  return JSON.stringify(schema)
}
