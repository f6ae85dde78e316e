/** `--variant NAME`: an overlay of the config, which every command that reads one takes. */
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { OptionTable } from './args.ts'
import { UsageError } from './exit.ts'

export const VARIANT_OPTION = { variant: { type: 'string' } } as const satisfies OptionTable

/** What the catalogue calls it; the catalogue itself is loaded only where there is something to tell. */
const UNKNOWN_VARIANT = 'MLS1181'

export function isVariantUnknown(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ code }) => code === UNKNOWN_VARIANT)
}

/** Throws a UsageError for a variant of the command line that the config does not have. */
export function requireVariant(diagnostics: readonly Diagnostic[]): void {
  const unknown = diagnostics.find(({ code }) => code === UNKNOWN_VARIANT)
  if (unknown !== undefined) throw new UsageError(unknown.message, unknown.help)
}
