/** Reads the texts that a failed build may come from, and finds the user's line among them. */
import { readFileSync } from 'node:fs'
import { posix } from 'node:path'
import type { Diagnostic, Source } from '../diagnostics/diagnostic.ts'
import { blameBuild } from '../engine/blame.ts'
import type { BuildFailure } from '../engine/build-log.ts'
import type { Image } from '../plan/stack.ts'
import { createSource } from '../syntax/source.ts'

export interface FailedBuild {
  readonly failure: BuildFailure
  readonly image: Image
  readonly config: { readonly name: string; readonly path: string; readonly folder: string }
  /** From a path in the build context to an absolute one. */
  readonly codePath: (inContext: string) => string
}

export function explainFailure({ failure, image, config, codePath }: FailedBuild): Diagnostic {
  const paths = image.packages.flatMap((layer) => (layer.kind === 'requirements' ? [layer.path, ...layer.includes] : []))
  const requirements = paths.map(codePath).map((path) => readSource(posix.join(posix.dirname(config.name), posix.relative(config.folder, path)), path))
  return blameBuild({ failure, image, config: readSource(config.name, config.path), requirements })
}

/** One that has gone since is empty. */
function readSource(name: string, path: string): Source {
  try {
    return createSource(name, readFileSync(path, 'utf8'))
  } catch {
    return createSource(name, '')
  }
}
