/** How ajv reads the bundled schema, in the build as in tests. */
import type { Options } from 'ajv'

export const AJV_OPTIONS: Options = {
  allErrors: true,
  verbose: true,
  strict: true,
  allowUnionTypes: true,
  // Keys that several roles share stand in definitions of their own, which say nothing of the type of the role around them.
  strictTypes: false,
  strictRequired: false,
  // The words are our own: see src/schema/translate.ts.
  messages: false,
  // A function for each definition rather than a copy at each use: the validator's size decides how fast the command starts.
  inlineRefs: false,
}

/** Keywords of the bundle that check nothing: `x-expects` completes "it must be …", `x-words` are those that may stand for a text of some format. */
export const SCHEMA_KEYWORDS: readonly string[] = ['x-expects', 'x-words']
