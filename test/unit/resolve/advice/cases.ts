/** A table of configs with what is advised on each; an empty list is a config that is right. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { applyEdits } from '../../../edits.ts'
import { adviseOn, type Files } from '../setup.ts'

export interface Case {
  readonly config: string
  readonly files?: Files
  /** Each as `CODE at MARKED TEXT`. */
  readonly problems: readonly string[]
}

export function testCases(cases: readonly Case[]): void {
  for (const { config, files = {}, problems } of cases) {
    test(`${[config, ...Object.values(files)].join(' | ').replaceAll('\n', ', ')}: ${problems.length === 0 ? 'nothing to say' : problems.join('; ')}`, () => {
      assert.equal(adviseOn(config, files).problems, problems)
    })
  }
}

/** A config that names requirements in a file of its own. */
export function withRequirements(config: string, requirements: string, ...problems: readonly string[]): Case {
  return { config: `${config}\npython: {version: "3.11"}`, files: { 'requirements.txt': requirements }, problems }
}

export function withConfig(config: string, ...problems: readonly string[]): Case {
  return { config, problems }
}

/** The config or file after the fix of its only diagnostic. */
export function applyFix(config: string, files: Files = {}): string {
  const { diagnostics } = adviseOn(config, files)
  const [only] = diagnostics
  assert.ok(only?.fix, `${config}: no fix`)
  return applyEdits(only.primary.span.source.text, only.fix.edits)
}
