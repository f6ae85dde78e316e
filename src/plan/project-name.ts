/** The project's name: the user's, or the folder's made valid. */
import type { Config } from '../config/config.ts'
import * as stack from '../diagnostics/catalogue/stack.ts'
import type { Sink } from '../diagnostics/sink.ts'

const LENGTH_LIMIT = 63

/** Without `name` the folder's name is an input of compiling, so a note recommends setting it. */
export function planProjectName(config: Config, folder: string, sink: Sink): string {
  if (config.name !== undefined) return config.name.value
  const name = makeValid(folder.split('/').at(-1) ?? '')
  sink.report(stack.nameFromFolder({ name }, { at: config.span }))
  return name
}

function makeValid(text: string): string {
  const name = text.toLowerCase().replace(/[^a-z0-9_-]+/g, '-').replace(/^[^a-z0-9]+|-+$/g, '')
  return name.slice(0, LENGTH_LIMIT) || 'mlstack'
}
