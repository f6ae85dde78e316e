/** Runs `mlstack explain` in this process, with the real compiler, in a folder of given files. */
import { join } from 'node:path'
import { ROOT } from '../../../src/build/paths.ts'
import { withFolder } from '../../../src/build/sample-folder.ts'
import type { Io } from '../../../src/cli/io.ts'
import { main } from '../../../src/cli/main.ts'
import { createTestTerminal, noPieces, type Outcome } from './run.ts'

export type Files = Readonly<Record<string, string>>

export async function explainIn(files: Files, argv: readonly string[], changes: Partial<Io> = {}): Promise<Outcome> {
  const texts = { stdout: '', stderr: '' }
  const streamFor = (name: keyof typeof texts) => ({ write: (text: string) => (texts[name] += text) })
  let status = -1
  await withFolder(files, async (folder) => {
    const { terminal } = createTestTerminal()
    const io: Io = { stdin: () => new Uint8Array(), stdinPieces: noPieces, stdout: streamFor('stdout'), stderr: streamFor('stderr'), cwd: folder, env: {}, version: '1.2.3', schemaPath: join(ROOT, 'mlstack.schema.json'), terminal, ...changes }
    status = await main(['explain', ...argv], io)
  })
  return { status, ...texts }
}
