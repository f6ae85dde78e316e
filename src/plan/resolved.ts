/** What the parts of the plan read: the config and all that was resolved of it, in one value. */
import type { Config, Role } from '../config/config.ts'
import type { CodePath } from '../resolve/code.ts'
import type { ResolvedDataset } from '../resolve/datasets.ts'
import type { ResolvedModelSource } from '../resolve/model-source.ts'
import type { Environment, Environments } from '../resolve/environment.ts'
import type { ResolvedOutput } from '../resolve/outputs.ts'
import type { ParamsByRole } from '../resolve/params.ts'
import type { OwnImage } from '../resolve/own-image.ts'
import { isAutomatic, isGpuRole } from '../resolve/gpu-roles.ts'
import { COMPOSE_FILE } from './own-files.ts'
import { factsOf } from './role-kinds.ts'
import type { Layout } from './stack.ts'

export interface Resolved {
  /** Its name. */
  readonly project: string
  readonly config: Config
  readonly environments: Environments
  readonly datasets: readonly ResolvedDataset[]
  readonly modelSource: ResolvedModelSource | undefined
  readonly code: readonly CodePath[]
  readonly params: ParamsByRole
  readonly outputs: readonly ResolvedOutput[]
  readonly ownImage: OwnImage | undefined
  /** The config's file name. */
  readonly configFile: string
  readonly layout: Layout
}

/** The name of the Compose file. */
export function composeFileOf({ composeFile }: Pick<Config, 'composeFile'>): string {
  return composeFile?.value ?? COMPOSE_FILE
}

/** The datasets of a role: those that it names, or those that are for it. */
export function datasetsOf(role: Role, datasets: readonly ResolvedDataset[]): readonly ResolvedDataset[] {
  if (role.datasets !== undefined) {
    const names = role.datasets.map(({ value }) => value)
    return datasets.filter(({ name }) => names.includes(name.value))
  }
  return datasets.filter((dataset) => isFor(role, dataset.for?.map(({ value }) => value), factsOf(role).getsDatasets))
}

/** Whether something is for a role; where it does not say so, that is as the role has it. */
export function isFor(role: Role, names: readonly string[] | undefined, byDefault: boolean): boolean {
  return names === undefined ? byDefault : names.some((name) => name === role.name.value || name === role.of)
}

/** Where a role listens; undefined for one that does not. */
export function portOf(role: Role): number | undefined {
  return role.port?.value ?? factsOf(role).port
}

/** Whether a role has a GPU without any overlay. */
export function hasGpu(role: string, config: Config): boolean {
  return isGpuRole(role, config) && !isAutomatic(config)
}

/** What the image of a role is made of. */
export function environmentOf(role: Role, { config, environments }: Pick<Resolved, 'config' | 'environments'>): Environment {
  const environment = (hasGpu(role.name.value, config) ? environments.gpu : environments.cpu) ?? environments.gpu ?? environments.cpu
  if (environment === undefined) throw new Error(`nothing was decided about the image of ${role.name.value}`)
  return environment
}
