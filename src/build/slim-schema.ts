/** Leaves out of a schema what only people read, and the definitions that every reference holds anyway. */
import { isSchema, type Schema } from '../schema/keys.ts'

const DROPPED: ReadonlySet<string> = new Set(['$schema', '$id', '$comment', '$defs', 'title', 'description'])
/** What only messages need. */
const WORDS: ReadonlySet<string> = new Set(['default', 'examples', 'x-expects', 'x-words', 'pattern', 'required', '$ref'])
/** Keywords whose value maps names to schemas. */
const MAPS: ReadonlySet<string> = new Set(['properties', 'patternProperties', 'dependentSchemas'])
/** Keywords whose value is data, whatever its keys are called. */
const DATA: ReadonlySet<string> = new Set(['default', 'examples', 'enum', 'const', 'required', 'x-words'])

/** `hasWords`: whether messages will be made of the schema. */
export function slimSchema(schema: unknown, hasWords: boolean): unknown {
  if (Array.isArray(schema)) return schema.map((each) => slimSchema(each, hasWords))
  if (!isSchema(schema)) return schema
  const isKept = (key: string) => !DROPPED.has(key) && (hasWords || !WORDS.has(key))
  return mapValues(schema, ([key]) => isKept(key), (key, value) => slimKeyword(key, value, hasWords))
}

function slimKeyword(keyword: string, value: unknown, hasWords: boolean): unknown {
  if (DATA.has(keyword)) return value
  const isMap = MAPS.has(keyword) && isSchema(value)
  return isMap ? mapValues(value, () => true, (_, each) => slimSchema(each, hasWords)) : slimSchema(value, hasWords)
}

function mapValues(mapping: Schema, isKept: (entry: [string, unknown]) => boolean, change: (key: string, value: unknown) => unknown): Schema {
  return Object.fromEntries(Object.entries(mapping).filter(isKept).map(([key, value]) => [key, change(key, value)]))
}
