/** Whether a key, or a value of one, is refused or warned of: told by compiling a config that has it. */
import { compile } from '../compile.ts'
import { createMemoryProject } from '../project/memory-project.ts'
import { choicesOf, examplesOf, type Key } from '../schema/keys.ts'

/** What is said of a key or a value for which compiling gives one of these codes. */
const REMARKS: Readonly<Record<string, string>> = {
  MLS1118: 'refused: another key does it',
  MLS1119: 'refused',
  MLS1120: 'warns',
}

/** What compiling says to every value of a key that is known. */
export function remarkOn(key: Key): string | undefined {
  const [first, ...others] = [...examplesOf(key.schema), ...choicesOf(key.schema)].map((value) => remarkOnValue(key, value))
  return others.every((other) => other === first) ? first : undefined
}

export function remarkOnValue({ configWith }: Key, value: unknown): string | undefined {
  const bytes = new TextEncoder().encode(JSON.stringify(configWith(value)))
  const { diagnostics } = compile({ name: 'mlstack.yaml', bytes }, createMemoryProject({}), { outputFolder: '.' })
  return diagnostics.map((diagnostic) => REMARKS[diagnostic.code]).find((remark) => remark !== undefined)
}
