/** Runs `mlstack explain` in this process, with the real compiler, in a folder of given files. */
import { join } from 'node:path'
import { ROOT } from '../../../src/build/paths.ts'
import { withFolder } from '../../../src/build/sample-folder.ts'
import type { Io } from '../../../src/cli/io.ts'
import { main } from '../../../src/cli/main.ts'
import { outcomeOf, type Outcome } from './run.ts'

export type Files = Readonly<Record<string, string>>

export function explainIn(files: Files, argv: readonly string[], changes: Partial<Io> = {}): Promise<Outcome> {
  return withFolder(files, (folder) => outcomeOf(folder, { schemaPath: join(ROOT, 'mlstack.schema.json'), ...changes }, (io) => main(['explain', ...argv], io)))
}
