/** Compares outputs with the folder that they go to. */
import type { OutputFile } from '../emit/output-file.ts'
import type { Change } from './change.ts'
import { compareOutputs } from './compare.ts'
import { readFolderState } from './folder-state.ts'
import { addManifest } from './manifest.ts'

/** What writing these outputs, and the manifest with them, would change in `folder`. Throws a HostError where the disk refuses. */
export function compareFolder(files: readonly OutputFile[], folder: string, variant?: string): readonly Change[] {
  const all = addManifest(files, variant)
  return compareOutputs(all, readFolderState(folder, all))
}
