/** Warns of a person's compose file that Compose no longer reads once ours lies beside it. */
import { existsSync } from 'node:fs'
import { join, posix } from 'node:path'
import * as outputs from '../diagnostics/catalogue/outputs.ts'
import type { Sink } from '../diagnostics/sink.ts'
import type { OutputFile } from '../emit/output-file.ts'
import { atTopOf } from './report.ts'

/** The names that Compose looks for, in its order: the first that is there wins. */
const [OURS, ...OTHERS] = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'] as const

/** Reports each such file in `folder` (MLS5004). `shownFolder` is that folder as the user would write it. */
export function reportOtherComposeFiles(files: readonly OutputFile[], folder: string, shownFolder: string, sink: Sink): void {
  if (!files.some(({ path }) => path === OURS)) return
  for (const name of OTHERS) {
    const path = posix.join(shownFolder, name)
    if (existsSync(join(folder, name))) sink.report(outputs.otherComposeFile({ path }, atTopOf(path)))
  }
}
