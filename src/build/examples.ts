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

const CASES = join(ROOT, 'test/golden/bad')

/** One example a code, of the case that shows little else; codes that no case brings about have none. */
export function collectExamples(): Readonly<Record<string, Example>> {
  const cases = readdirSync(CASES).sort().map(readCase)
  const examples = cases.sort((one, other) => one.length - other.length).flat()
  return Object.fromEntries(examples.toReversed().map((example) => [codeOf(example), example]))
}

function readCase(name: string): readonly Example[] {
  const read = (file: string) => readFileSync(join(CASES, name, file), 'utf8')
  const printed = read('expected.txt')
    .split(/\n\n(?=(?:error|warning|note)\[|\d+ (?:error|warning))/)
    .filter((block) => /^\w+\[/.test(block))
  const config = existsSync(join(CASES, name, 'config-path')) ? read('config-path').trim() : 'mlstack.yaml'
  return printed.map((text) => ({ config: read(config), text }))
}

function codeOf({ text }: Example): string {
  return /\[(MLS\d+)\]/.exec(text)?.[1] ?? ''
}
