/** What a model that exists is known to be, by its name or by a file in it: only where it is served as it is. */
import { posix } from 'node:path'
import type { Config } from '../config/config.ts'
import type { Span } from '../diagnostics/diagnostic.ts'
import { ARTIFACTS, type Artifact } from '../facts/model-servers.ts'
import type { Project } from '../project/project.ts'

export interface FoundArtifact extends Artifact {
  /** Where the config names the model. */
  readonly span: Span
}

/** The job that makes a model of its own of what it starts from. */
const MAKING_JOB = 'train'

export function findArtifact({ model, roles }: Pick<Config, 'model' | 'roles'>, project: Project): FoundArtifact | undefined {
  if (model.source === undefined || roles.some(({ name }) => name.value === MAKING_JOB)) return undefined
  const { value: path, span } = model.source.source
  const isHere = !/^(?:~|[a-z0-9+.-]+:\/\/)/i.test(path)
  const artifact = ARTIFACTS.find(({ file, ending }) => (ending !== undefined && path.toLowerCase().endsWith(ending)) || (file !== undefined && isHere && project.kindOf(posix.join(path, file)) === 'file'))
  return artifact && { ...artifact, span }
}
