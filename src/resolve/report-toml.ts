/** Says of a file that it is no TOML, and where a comma would make it one. */
import * as files from '../diagnostics/catalogue/files.ts'
import { changeTo } from '../diagnostics/diagnostic.ts'
import type { Sink } from '../diagnostics/sink.ts'
import type { TomlProblem } from '../project/toml.ts'

export function reportToml(file: string, { problem, span, comma }: TomlProblem, sink: Sink): void {
  const mend = comma === undefined ? {} : changeTo(',', comma, 'add the comma')
  const help = comma === undefined ? undefined : 'end the value before with a comma'
  sink.report(files.unreadableToml({ file, problem, help }, { at: span, ...mend }))
}
