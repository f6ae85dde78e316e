/** Prints diagnostics in the format that was asked for. */
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { OptionTable } from './args.ts'
import type { Io, Output } from './io.ts'
import { COLOR_CHOICES, wantsColor, type ColorChoice } from './terminal.ts'

const FORMATS = ['text', 'json', 'sarif', 'github'] as const

type Format = (typeof FORMATS)[number]

/** The options of every command that prints diagnostics. */
export const SHOW_OPTIONS = {
  format: { type: 'string', choices: FORMATS },
  quiet: { type: 'boolean', short: 'q' },
  color: { type: 'string', choices: COLOR_CHOICES },
} as const satisfies OptionTable

export interface ShowFlags {
  readonly format?: Format
  readonly quiet?: true
  readonly color?: ColorChoice
}

type Render = (diagnostics: readonly Diagnostic[], settings: { readonly color: boolean; readonly version: string }) => Promise<string>

const RENDERERS: Readonly<Record<Format, Render>> = {
  text: async (diagnostics, { color }) => (await import('../diagnostics/text.ts')).renderText(diagnostics, { color }),
  json: async (diagnostics) => (await import('../diagnostics/json.ts')).renderJson(diagnostics),
  sarif: async (diagnostics, { version }) => (await import('../diagnostics/sarif.ts')).renderSarif(diagnostics, { version }),
  github: async (diagnostics) => (await import('../diagnostics/github.ts')).renderGithub(diagnostics),
}

/** Formats for programs that wait for a document, even for one without a diagnostic. */
const DOCUMENTS: ReadonlySet<Format> = new Set(['json', 'sarif'])

/** Prints to `output`; with `--quiet` errors only. A renderer is loaded only where there is something to render. */
export async function showDiagnostics(diagnostics: readonly Diagnostic[], flags: ShowFlags, output: Output, io: Io): Promise<void> {
  const shown = flags.quiet ? diagnostics.filter(({ severity }) => severity === 'error') : diagnostics
  const format = flags.format ?? 'text'
  if (shown.length === 0 && !DOCUMENTS.has(format)) return
  const settings = { color: wantsColor(flags.color ?? 'auto', output, io.env), version: io.version }
  const text = await RENDERERS[format](shown, settings)
  if (text !== '') output.write(text.endsWith('\n') ? text : `${text}\n`)
}
