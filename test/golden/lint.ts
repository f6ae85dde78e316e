/** What other tools would find wrong with generated files. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { validate as validateDockerfile } from 'dockerfile-utils'
import { parse } from 'yaml'

/** The schema of the Compose Specification, https://github.com/compose-spec/compose-spec/blob/main/schema/compose-spec.json */
const schema = JSON.parse(readFileSync(join(import.meta.dirname, '../../src/build/compose-spec.json'), 'utf8')) as object
const isCompose = new Ajv2020({ strict: false, allErrors: true, validateFormats: false }).compile(schema)

/** Read as YAML 1.1 and as 1.2: older readers must see the same. */
export function findComposeProblems(text: string): readonly string[] {
  const value: unknown = parse(text)
  const older: unknown = parse(text, { version: '1.1' })
  return [...findSchemaProblems(value), ...(JSON.stringify(value) === JSON.stringify(older) ? [] : ['YAML 1.1 reads it in another way'])]
}

function findSchemaProblems(value: unknown): readonly string[] {
  return isCompose(value) ? [] : (isCompose.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
}

/** An overlay by itself, and what Compose makes of it with the file below it. */
export function findOverlayProblems(base: string, overlay: string): readonly string[] {
  return [...findComposeProblems(overlay), ...findSchemaProblems(merge(parse(base), parse(overlay)))]
}

/** By Compose's rules, as far as an overlay of ours goes: it has no list that Compose would append to another one. */
function merge(base: unknown, over: unknown): unknown {
  if (!isMapping(base) || !isMapping(over)) return over
  return { ...base, ...Object.fromEntries(Object.entries(over).map(([key, value]) => [key, merge(base[key], value)])) }
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function findDockerfileProblems(text: string): readonly string[] {
  return validateDockerfile(text).map(({ message, range }) => `${range.start.line + 1}: ${message}`)
}
