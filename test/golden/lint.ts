/** What other tools would find wrong with generated files. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { validate as validateDockerfile } from 'dockerfile-utils'
import { parse } from 'yaml'

/** The schema of the Compose Specification, https://github.com/compose-spec/compose-spec/blob/main/schema/compose-spec.json */
const schema = JSON.parse(readFileSync(join(import.meta.dirname, 'compose-spec.json'), 'utf8')) as object
const isCompose = new Ajv2020({ strict: false, allErrors: true, validateFormats: false }).compile(schema)

/** Read as YAML 1.1 and as 1.2: older readers must see the same. */
export function findComposeProblems(text: string): readonly string[] {
  const value: unknown = parse(text)
  const older: unknown = parse(text, { version: '1.1' })
  const problems = isCompose(value) ? [] : (isCompose.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
  return JSON.stringify(value) === JSON.stringify(older) ? problems : [...problems, 'YAML 1.1 reads it in another way']
}

export function findDockerfileProblems(text: string): readonly string[] {
  return validateDockerfile(text).map(({ message, range }) => `${range.start.line + 1}: ${message}`)
}
