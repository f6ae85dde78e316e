/** Examples of diagnostics, taken from the golden cases: what was printed for a config, so that no page shows what no compile said. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './paths.ts'

export interface Example {
  /** The text of the config. */
  readonly config: string
  /** What is printed for it: this one diagnostic, without the count at the end. */
  readonly text: string
}

/** Configs that are wrong, and configs that will surprise. */
const CASES = ['test/golden/bad', 'test/golden/warned'].map((folder) => join(ROOT, folder))

/** One example a code, of the case that shows little else; codes that no case brings about have none. */
export function collectExamples(): Readonly<Record<string, Example>> {
  const cases = CASES.flatMap((folder) => readdirSync(folder).sort().map((name) => readCase(join(folder, name))))
  const examples = cases.sort((one, other) => one.length - other.length).flat()
  return Object.fromEntries(examples.toReversed().map((example) => [codeOf(example), example]))
}

function readCase(folder: string): readonly Example[] {
  const read = (file: string) => readFileSync(join(folder, file), 'utf8')
  // A case that is new has nothing yet that is expected of it.
  const expected = existsSync(join(folder, 'expected.txt')) ? read('expected.txt') : ''
  const printed = expected
    .split(/\n\n(?=(?:error|warning|note)\[|\d+ (?:error|warning))/)
    .filter((block) => /^\w+\[/.test(block))
  const config = existsSync(join(folder, 'config-path')) ? read('config-path').trim() : 'mlstack.yaml'
  return printed.map((text) => ({ config: read(config), text }))
}

function codeOf({ text }: Example): string {
  return /\[(MLS\d+)\]/.exec(text)?.[1] ?? ''
}
