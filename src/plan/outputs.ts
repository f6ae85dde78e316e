/** Which outputs a role has, how they are mounted, and which folders of the machine are made for them. */
import type { Role } from '../config/config.ts'
import { literalOf } from '../config/template.ts'
import { CHECKPOINTS_FOLDER } from '../facts/container.ts'
import type { ResolvedOutput } from '../resolve/outputs.ts'
import { pathFromOutput, sourceFromOutput } from './layout.ts'
import type { Resolved } from './resolved.ts'
import type { Layout, Mount } from './stack.ts'

/** The whole file's and the role's own, which win where both are at one place. Checkpoints are for jobs, and the model has its own mount. */
export function outputsOf({ name, kind }: Role, outputs: readonly ResolvedOutput[]): readonly ResolvedOutput[] {
  const fitting = outputs.filter((output) => output.kind !== 'model' && (output.kind === 'other' || kind === 'job'))
  const own = fitting.filter(({ role }) => role === name.value)
  const common = fitting.filter(({ role, kind: of, target }) => role === undefined && !own.some((each) => each.target === target || (of === 'checkpoints' && each.kind === of)))
  return [...common, ...own]
}

/** The folder for checkpoints of a job: one of the user's, or its own on the volume. */
export function checkpointsOf(role: Role, { outputs }: Pick<Resolved, 'outputs'>): string {
  return outputsOf(role, outputs).find(({ kind }) => kind === 'checkpoints')?.target ?? `${CHECKPOINTS_FOLDER}/${role.name.value}`
}

/** The output that takes the place of the model's volume. */
export function modelOutputOf({ outputs }: Pick<Resolved, 'outputs'>): ResolvedOutput | undefined {
  return outputs.find(({ kind }) => kind === 'model')
}

export function mountOutput({ source, volume, target }: ResolvedOutput, layout: Layout, isReadOnly = false): Mount {
  if (volume !== undefined) return { kind: 'volume', source: volume, target, isReadOnly }
  return { kind: 'bind', source: sourceFromOutput(source.value, layout), target, isReadOnly }
}

/** The folder of the machine that an output is, as the user wrote it; undefined for a volume, and where a reference is in it: what that becomes, only Compose knows. */
export function hostPathOf({ source, volume }: ResolvedOutput): string | undefined {
  return volume === undefined ? literalOf(source.value) : undefined
}

/** Folders that can be made before anything runs. */
export function planFolders({ outputs, layout }: Pick<Resolved, 'outputs' | 'layout'>): readonly string[] {
  const paths = outputs.flatMap((output) => hostPathOf(output) ?? [])
  return [...new Set(paths.map((path) => pathFromOutput(path, layout)))]
}
