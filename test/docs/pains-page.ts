/** What the page on pains shows of mlstack: blocks whose info has a language, a folder in `pains`, and what of it they show. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { blocksOf, type Block } from './pages.ts'

export const PAGE = 'docs/pains.md'
/** Relative to the root. */
export const PAINS = 'test/docs/pains'

export interface Shown extends Block {
  readonly pain: string
  /** `says` is what compiling prints, `prints` what the job prints on an engine; else it is a file of the project or of the outputs. */
  readonly what: string
}

export const shown: readonly Shown[] = blocksOf(PAGE).flatMap((block) => {
  const [, pain, what] = block.info.split(' ')
  return pain === undefined || what === undefined ? [] : [{ ...block, pain, what }]
})

export const pains: readonly string[] = readdirSync(join(import.meta.dirname, 'pains')).sort()

/** What is shown of a pain under a word; nothing where it is not shown. */
export function shownOf(pain: string, what: string): string | undefined {
  return shown.find((each) => each.pain === pain && each.what === what)?.text
}
