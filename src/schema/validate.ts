/** Validates a tree with the validator that was generated from the schema at build time. */
import type { ErrorObject } from 'ajv'
import { valueOf, type MapTree } from '../syntax/tree.ts'
import validateConfig from '../generated/validator.js'

/** ajv's errors with the schema they come from (`verbose`), in no order that means anything; empty for a valid config. */
export function validateShape(tree: MapTree): readonly ErrorObject[] {
  return validateConfig(valueOf(tree)) ? [] : (validateConfig.errors ?? [])
}
