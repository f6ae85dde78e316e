/** `--variant NAME`: an overlay of the config, which every command that reads one takes. */
import type { Compilation } from '../compile.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { OptionTable } from './args.ts'
import { readVariant } from '../write/folder-state.ts'
import type { Compiler } from './compiler.ts'
import { UsageError } from './exit.ts'
import { DEFAULT_NAME, type ConfigFile } from './find-config.ts'
import type { OutputFolder } from './output-folder.ts'

export const VARIANT_OPTION = { variant: { type: 'string' } } as const satisfies OptionTable

/** What the catalogue calls it; the catalogue itself is loaded only where there is something to tell. */
const UNKNOWN_VARIANT = 'MLS1181'

function findUnknown(diagnostics: readonly Diagnostic[]): Diagnostic | undefined {
  return diagnostics.find(({ code }) => code === UNKNOWN_VARIANT)
}

/** Throws a UsageError for a variant of the command line that the config does not have. */
export function requireVariant(diagnostics: readonly Diagnostic[]): void {
  const unknown = findUnknown(diagnostics)
  if (unknown !== undefined) throw new UsageError(unknown.message, unknown.help)
}

export interface CompileSettings {
  readonly config: ConfigFile
  readonly folder: OutputFolder
  readonly compiler: Compiler
  /** That of the command line. */
  readonly variant: string | undefined
  /** Whether it is about what was written last: then that variant is used where the command line names none. */
  readonly isOfWritten: boolean
}

/** Compiles a config with its variant. One that was written and that the config no longer has is a difference like any other. */
export function compileWritten({ config, folder, compiler, variant, isOfWritten }: CompileSettings): Compilation {
  const project = compiler.createProject(config.folder)
  const named = config.path === undefined ? { configFile: DEFAULT_NAME } : {}
  const compileAs = (chosen: string | undefined) => compiler.compile(config, project, { outputFolder: folder.fromConfig, ...named, variant: chosen })
  const recorded = isOfWritten && variant === undefined ? readVariant(folder.absolute) : undefined
  const compilation = compileAs(variant ?? recorded)
  if (recorded !== undefined && findUnknown(compilation.diagnostics) !== undefined) return compileAs(undefined)
  requireVariant(compilation.diagnostics)
  return compilation
}
