/** The schema's files, their bundle, and ways through them, for the tests of the schema. */
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js'
import { readdirSync, readFileSync } from 'node:fs'
import { AJV_OPTIONS, SCHEMA_KEYWORDS } from '../../../src/build/ajv-options.ts'
import { bundleSchema } from '../../../src/build/bundle-schema.ts'
import { Sink } from '../../../src/diagnostics/sink.ts'
import { parseConfig } from '../../../src/syntax/parse.ts'
import { createSource } from '../../../src/syntax/source.ts'
import { valueOf, type MapTree } from '../../../src/syntax/tree.ts'

export type Schema = Readonly<Record<string, unknown>>

const FOLDER = new URL('../../../schema/', import.meta.url)

export const PARTS: Readonly<Record<string, Schema>> = Object.fromEntries(
  readdirSync(FOLDER).map((file) => [file, JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as Schema]),
)

export const BUNDLE = bundleSchema(PARTS) as Schema

/** A fresh ajv as the build has it, that says nothing on the console: what it would say is thrown. */
export function createAjv(): Ajv2020 {
  const complain = (...words: readonly unknown[]) => {
    throw new Error(words.join(' '))
  }
  const ajv = new Ajv2020({ ...AJV_OPTIONS, logger: { log: complain, warn: complain, error: complain } })
  ajv.addVocabulary([...SCHEMA_KEYWORDS])
  return ajv
}

const validate = createAjv().compile(BUNDLE)

/** The tree of a config that is YAML without an error. */
export function treeOf(text: string): MapTree {
  const sink = new Sink()
  const tree = parseConfig(createSource('mlstack.yaml', text), sink)
  if (tree === undefined) throw new Error(`no YAML mapping: ${text}`)
  return tree
}

export function errorsOf(text: string): readonly ErrorObject[] {
  return validate(valueOf(treeOf(text))) ? [] : [...(validate.errors ?? [])]
}

export interface Place {
  /** The way from the file's root, such as `#/properties/port`. */
  readonly pointer: string
  readonly schema: Schema
}

const MAPS = ['properties', 'patternProperties', '$defs']
const SCHEMAS = ['items', 'additionalProperties', 'propertyNames', 'if', 'then']
const LISTS = ['allOf', 'anyOf']

/** A schema and all schemas in it, none of which is followed into another file. */
export function* schemasIn(schema: unknown, pointer = '#'): Generator<Place> {
  if (typeof schema !== 'object' || schema === null) return
  const own = schema as Schema
  yield { pointer, schema: own }
  for (const keyword of SCHEMAS) yield* schemasIn(own[keyword], `${pointer}/${keyword}`)
  for (const keyword of MAPS) {
    for (const [key, value] of Object.entries((own[keyword] ?? {}) as Schema)) yield* schemasIn(value, `${pointer}/${keyword}/${escapeStep(key)}`)
  }
  for (const keyword of LISTS) {
    for (const [index, value] of ((own[keyword] ?? []) as readonly unknown[]).entries()) yield* schemasIn(value, `${pointer}/${keyword}/${index}`)
  }
}

function escapeStep(step: string): string {
  return step.replaceAll('~', '~0').replaceAll('/', '~1')
}
