/** Nothing of the language goes without a golden case: every key that is built is used in one, and every code of a wrong config is shown in one. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { CATALOGUE } from '../../src/diagnostics/catalogue/index.ts'
import { Sink } from '../../src/diagnostics/sink.ts'
import { remarkOn } from '../../src/explain/remarks.ts'
import { findGroup, listGroups, listKeysBelow, listSections, NAME, type Key, type Schema } from '../../src/schema/keys.ts'
import { parseConfig } from '../../src/syntax/parse.ts'
import { createSource } from '../../src/syntax/source.ts'
import type { Tree } from '../../src/syntax/tree.ts'
import { compileCase, configPathOf, findCases } from './cases.ts'

const ROLES = ['train', 'evaluate', 'serve', `jobs.${NAME}`]

/** Keys that no case uses, each with the reason. */
const KEYS_WITHOUT_CASE: Readonly<Record<string, string>> = {
  'outputs.model.target': 'outputs share their long form, and this one is refused there',
}

/** Codes from MLS1xxx to MLS4xxx that no case shows, each with the reason. */
const CODES_WITHOUT_CASE: Readonly<Record<string, string>> = {
  MLS1004: 'a file over 1 MiB, which is written by a test of the parser',
  MLS1006: 'over 10,000 keys, which are written by a test of the parser',
}

const schema = JSON.parse(readFileSync(join(import.meta.dirname, '../../mlstack.schema.json'), 'utf8')) as Schema

test('every key that is built is used by a case of compile', () => {
  const keys = listPlaces()
  const known = new Set(keys.flatMap(({ places }) => places))
  const used = new Set(findCases('compile').flatMap((each) => pathsOf(parseCase(configPathOf(each)), known)))
  const unused = keys.filter(({ places }) => !places.some((place) => used.has(place))).map(({ name }) => name)
  assert.equal(unused, Object.keys(KEYS_WITHOUT_CASE))
})

test('every code of a wrong or surprising config is shown by a case', () => {
  const shown = new Set(['bad', 'warned'].flatMap(findCases).flatMap((each) => compileCase(each).diagnostics.map(({ code }) => code)))
  const unshown = [...CATALOGUE.keys()].filter((code) => /^MLS[1-4]/.test(code) && !shown.has(code))
  assert.equal(unshown.sort(), Object.keys(CODES_WITHOUT_CASE).sort())
})

/** Each key that is built, with the paths at which it may stand, lists left out and names of the user's own as `NAME`. */
function listPlaces(): readonly { readonly name: string; readonly places: readonly string[] }[] {
  const sections = listSections(schema)
  const below = sections.flatMap((section) => [section, ...listKeysBelow(section, schema)].map((key) => ({ key, name: key === section ? key.name : `${section.name}.${key.name}` })))
  const isBuilt = ({ key }: { readonly key: Key }) => !/^(?:planned|refused)/.test(remarkOn(key) ?? '')
  const planned = sections.filter((section) => !isBuilt({ key: section })).map(({ name }) => `${name}.`)
  const own = below.filter(isBuilt).filter(({ name }) => !planned.some((section) => name.startsWith(section))).map(({ name }) => ({ name, places: [name] }))
  const groups = [...new Set(sections.flatMap(listGroups))].flatMap((name) => findGroup(name, schema).keys.filter((key) => isBuilt({ key })).map((key) => `${name}: ${key.name}`))
  return [...own, ...groups.map((name) => ({ name, places: ROLES.map((role) => `${role}.${name.replace(/^.*: /, '')}`) }))]
}

function parseCase(path: string): Tree | undefined {
  return parseConfig(createSource('mlstack.yaml', readFileSync(path, 'utf8')), new Sink())
}

/** The paths of all keys, with `NAME` for a step that is a name of the user's own; what stands in a variant stands at the top. */
function pathsOf(tree: Tree | undefined, known: ReadonlySet<string>, prefix = ''): readonly string[] {
  if (tree?.kind === 'list') return tree.items.flatMap((item) => pathsOf(item, known, prefix))
  if (tree?.kind !== 'map') return []
  return tree.entries.flatMap(({ key, value }) => {
    const path = known.has(`${prefix}${key}`) ? `${prefix}${key}` : `${prefix}${NAME}`
    return [path, ...pathsOf(value, known, path === `variants.${NAME}` ? '' : `${path}.`)]
  })
}

test.run()
