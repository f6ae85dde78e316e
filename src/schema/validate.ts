/** Validates a tree with what was generated from the schema at build time. */
import type { ErrorObject } from 'ajv'
import { validate } from '../generated/check.js'
import { findErrors } from '../generated/report.js'
import { valueOf, type MapTree } from '../syntax/tree.ts'

/** ajv's errors with the schema they come from (`verbose`), in no order that means anything; empty for a valid config. */
export function validateShape(tree: MapTree): readonly ErrorObject[] {
  const value = valueOf(tree)
  return validate(value) ? [] : findErrors(value)
}
