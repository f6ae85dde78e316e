/** Warns of a person's compose file that does not go together with ours: one that Compose no longer reads, or one that leaves ours out. */
import { existsSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import * as outputs from '../diagnostics/catalogue/outputs.ts'
import type { Sink } from '../diagnostics/sink.ts'
import type { OutputFile } from '../emit/output-file.ts'
import { onHost } from './host-error.ts'
import { atTopOf } from './report.ts'

/** The names that Compose looks for, in its order: the first that is there wins. */
const NAMES = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'] as const

/** Beside files such as these, a name that Compose looks for by itself would be a second one. */
export interface OtherComposeFiles {
  readonly files: readonly OutputFile[]
  /** The name of ours. */
  readonly composeFile: string
  readonly folder: string
  /** The folder as the user would write it. */
  readonly shownFolder: string
}

/** Reports each file that is no longer read (MLS5004), or the one that is read and does not include ours (MLS5006). */
export function reportOtherComposeFiles({ files, composeFile, folder, shownFolder }: OtherComposeFiles, sink: Sink): void {
  const rank = NAMES.findIndex((name) => name === composeFile)
  const others = NAMES.filter((name) => name !== composeFile && !files.some(({ path }) => path === name) && existsSync(join(folder, name)))
  const shown = (name: string) => posix.join(shownFolder, name)
  const [first] = others
  if (first !== undefined && (rank === -1 || NAMES.indexOf(first) < rank)) reportUnlessIncluded(join(folder, first), shown(first), composeFile, sink)
  else for (const name of others) sink.report(outputs.otherComposeFile({ path: shown(name), composeFile }, atTopOf(shown(name))))
}

/** Any mention counts: how the file is included is its owner's affair. A file that is on its way out of the manifest mentions nothing. */
function reportUnlessIncluded(path: string, shown: string, composeFile: string, sink: Sink): void {
  const text = onHost('read', path, () => readFileSync(path, 'utf8'))
  if (!text.includes(composeFile)) sink.report(outputs.notIncluded({ path: shown, composeFile }, atTopOf(shown)))
}
