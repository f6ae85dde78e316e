/** Says where the outputs go: `-o DIR`, or the config's own folder. */
import { statSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { codeOf, HostError } from '../write/host-error.ts'
import { UsageError } from './exit.ts'
import type { ConfigFile } from './find-config.ts'
import { withSlashes } from './paths.ts'

/** One folder, named from three places. */
export interface OutputFolder {
  readonly absolute: string
  /** From the config's folder, with forward slashes; `.` for the same. */
  readonly fromConfig: string
  /** As the user would write it: the DIR given, or the way from the working folder. */
  readonly shown: string
}

/** The folder need not exist. Throws a UsageError where `directory` names something else than a folder. */
export function locateOutput(directory: string | undefined, config: ConfigFile, cwd: string): OutputFolder {
  const absolute = directory === undefined ? config.folder : resolve(cwd, directory)
  const shown = withSlashes(directory ?? (relative(cwd, config.folder) || '.'))
  if (isTaken(absolute)) throw new UsageError(`the output folder ${shown} is not a folder`, 'name another one: -o DIR')
  return { absolute, fromConfig: withSlashes(relative(config.folder, absolute)) || '.', shown }
}

/** Whether something else than a folder is at the path, or above it. */
function isTaken(path: string): boolean {
  try {
    return !statSync(path).isDirectory()
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false
    if (codeOf(error) === 'ENOTDIR') return true
    throw new HostError('read', path, error)
  }
}
