/** Joins the schema's files, one a section, into the one self-contained schema that editors and the validator read. */
import type { Schema } from '../schema/keys.ts'

export const ROOT_SCHEMA = 'mlstack.schema.json'

/** What says where the name of another file stands in a section's file; the bundle has neither. */
const MERGE = 'x-merge'
const NAMES_OF = 'x-names-of'

/** Keys about the file as a whole: an overlay has no overlays and no version of its own. */
const NOT_IN_OVERLAYS: ReadonlySet<string> = new Set(['variants', 'version'])

/**
 * The bundle of all files: `parts` maps a file's name to its parsed JSON. Sections stand under `$defs` by their file's name without
 * `.schema.json`. Throws an Error where a file refers to one that is not there, or where two merged files have the same key.
 */
export function bundleSchema(parts: Readonly<Record<string, object>>): object {
  const sections = Object.keys(parts).filter((file) => file !== ROOT_SCHEMA).sort()
  const definitions = sections.map((file) => {
    const { $schema: _dialect, ...schema } = partOf(file, parts)
    return [nameOf(file), resolve(schema, parts)]
  })
  return { ...(resolve(partOf(ROOT_SCHEMA, parts), parts) as Schema), $defs: Object.fromEntries(definitions) as Schema }
}

function resolve(value: unknown, parts: Readonly<Record<string, object>>): unknown {
  if (Array.isArray(value)) return value.map((item) => resolve(item, parts))
  if (typeof value !== 'object' || value === null) return value
  const { [MERGE]: merged, [NAMES_OF]: overlaid, ...schema } = value as Schema
  const resolved = Object.fromEntries(
    Object.entries(schema).map(([keyword, part]) => (keyword === '$ref' ? [keyword, pointerTo(String(part), parts)] : [keyword, resolve(part, parts)])),
  )
  if (merged !== undefined) return mergeKeys(resolved, merged as readonly string[], parts)
  return overlaid === undefined ? resolved : { ...resolved, properties: namesOf(String(overlaid), parts) }
}

/**
 * The keys of the merged files are listed as known and checked by reference: a copy of their schemas in every role would make the
 * validator several times as large.
 */
function mergeKeys(schema: Schema, files: readonly string[], parts: Readonly<Record<string, object>>): Schema {
  const properties: Record<string, unknown> = { ...(schema['properties'] as Schema) }
  for (const key of files.flatMap((file) => Object.keys(partOf(file, parts)['properties'] as Schema))) {
    if (key in properties) throw new Error(`the key ${key} stands in two of the files that are merged: ${files.join(', ')}`)
    properties[key] = true
  }
  return { ...schema, properties, allOf: files.map((file) => ({ $ref: pointerTo(file, parts) })) }
}

/** The keys of a file with their descriptions alone: an overlay may hold any part of a value, and what it makes is checked as a whole. */
function namesOf(file: string, parts: Readonly<Record<string, object>>): Schema {
  const properties = Object.entries(partOf(file, parts)['properties'] as Record<string, Schema>).filter(([key]) => !NOT_IN_OVERLAYS.has(key))
  const described = properties.map(([key, schema]) => {
    const target = typeof schema['$ref'] === 'string' ? partOf(schema['$ref'], parts) : {}
    return [key, { description: schema['description'] ?? target['description'] }]
  })
  return Object.fromEntries(described) as Schema
}

function pointerTo(file: string, parts: Readonly<Record<string, object>>): string {
  partOf(file, parts)
  return `#/$defs/${nameOf(file)}`
}

function partOf(file: string, parts: Readonly<Record<string, object>>): Schema {
  const part = parts[file]
  if (part === undefined) throw new Error(`there is no schema file ${file}`)
  return part as Schema
}

function nameOf(file: string): string {
  return file.replace(/\.schema\.json$/, '')
}
