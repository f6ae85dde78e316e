/** The keys of the language by their paths, and which of them a config uses; lists are left out, and names of the user's own are `NAME`. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Sink } from '../src/diagnostics/sink.ts'
import { remarkOn } from '../src/explain/remarks.ts'
import { findGroup, listGroups, listKeysBelow, listSections, NAME, type Key, type Schema } from '../src/schema/keys.ts'
import { parseConfig } from '../src/syntax/parse.ts'
import { createSource } from '../src/syntax/source.ts'
import type { Tree } from '../src/syntax/tree.ts'

const ROLES = ['train', 'evaluate', 'serve', `jobs.${NAME}`]

const schema = JSON.parse(readFileSync(join(import.meta.dirname, '../mlstack.schema.json'), 'utf8')) as Schema

export interface BuiltKey {
  readonly name: string
  /** The paths at which it may stand. */
  readonly places: readonly string[]
}

/** Once for a process, since a config of each key is compiled to see whether it is built. */
export const BUILT_KEYS = listBuiltKeys()

function listBuiltKeys(): readonly BuiltKey[] {
  const sections = listSections(schema)
  const below = sections.flatMap((section) => [section, ...listKeysBelow(section, schema)].map((key) => ({ key, name: key === section ? key.name : `${section.name}.${key.name}` })))
  const isBuilt = ({ key }: { readonly key: Key }) => remarkOn(key)?.startsWith('refused') !== true
  const own = below.filter(isBuilt).map(({ name }) => ({ name, places: [name] }))
  const groups = [...new Set(sections.flatMap(listGroups))].flatMap((name) => findGroup(name, schema).keys.filter((key) => isBuilt({ key })).map((key) => `${name}: ${key.name}`))
  return [...own, ...groups.map((name) => ({ name, places: ROLES.map((role) => `${role}.${name.replace(/^.*: /, '')}`) }))]
}

const KNOWN = new Set(BUILT_KEYS.flatMap(({ places }) => places))

/** The paths of all keys of a config, in its order. */
export function listKeysUsed(file: string): readonly string[] {
  return [...new Set(pathsOf(parseConfig(createSource('mlstack.yaml', readFileSync(file, 'utf8')), new Sink())))]
}

/** What stands in a variant stands at the top. */
function pathsOf(tree: Tree | undefined, prefix = ''): readonly string[] {
  if (tree?.kind === 'list') return tree.items.flatMap((item) => pathsOf(item, prefix))
  if (tree?.kind !== 'map') return []
  return tree.entries.flatMap(({ key, value }) => {
    const path = KNOWN.has(`${prefix}${key}`) ? `${prefix}${key}` : `${prefix}${NAME}`
    return [path, ...pathsOf(value, path === `variants.${NAME}` ? '' : `${path}.`)]
  })
}
