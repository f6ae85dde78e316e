/** The examples: where each of them is, and where in it its config lies. */
import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'

const EXAMPLES = resolve(import.meta.dirname, '../examples')

export interface ExampleFolder {
  readonly name: string
  /** Within the example; empty where the config lies at its top. */
  readonly project: string
}

/** In the order of their names; of a monorepo, the one folder that has a config. */
export function listExamples(): readonly ExampleFolder[] {
  const folders = readdirSync(EXAMPLES, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  return folders.flatMap(({ name }) => ['', ...readdirSync(join(EXAMPLES, name))].filter((project) => existsSync(join(EXAMPLES, name, project, 'mlstack.yaml'))).map((project) => ({ name, project })))
}
