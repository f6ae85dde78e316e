/** Leaves out of a schema what only people read, and the definitions that every reference holds anyway. */

const DROPPED: ReadonlySet<string> = new Set(['$schema', '$id', '$comment', '$defs', 'title', 'description'])
/** Keywords whose value maps names to schemas. */
const MAPS: ReadonlySet<string> = new Set(['properties', 'patternProperties', 'dependentSchemas'])
/** Keywords whose value is data, whatever its keys are called. */
const DATA: ReadonlySet<string> = new Set(['default', 'examples', 'enum', 'const', 'required'])

export function slimSchema(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(slimSchema)
  return isMapping(schema) ? mapValues(schema, ([key]) => !DROPPED.has(key), slimKeyword) : schema
}

function slimKeyword(keyword: string, value: unknown): unknown {
  if (DATA.has(keyword)) return value
  return MAPS.has(keyword) && isMapping(value) ? mapValues(value, () => true, (_, each) => slimSchema(each)) : slimSchema(value)
}

type Mapping = Readonly<Record<string, unknown>>

function mapValues(mapping: Mapping, isKept: (entry: [string, unknown]) => boolean, change: (key: string, value: unknown) => unknown): Mapping {
  return Object.fromEntries(Object.entries(mapping).filter(isKept).map(([key, value]) => [key, change(key, value)]))
}

function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
