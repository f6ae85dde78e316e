/** Which roles have a GPU, and whether others have none. */
import type { Config, Role } from '../config/config.ts'
import { projectRoles } from '../config/roles.ts'

const DEFAULT_ROLES: readonly string[] = ['train', 'evaluate', 'serve']

/** Whether a role has GPUs on a machine that has some: always, or with the overlay of `gpu: auto`. */
export function isGpuRole(role: string, { gpu, roles }: Config): boolean {
  const names = [role, roles.find(({ name }) => name.value === role)?.of]
  return gpu !== undefined && (gpu.for?.map(({ value }) => value) ?? DEFAULT_ROLES).some((name) => names.includes(name))
}

/** Whether the stack is to start without a GPU, and to use one by an overlay. */
export function isAutomatic({ gpu }: Config): boolean {
  return gpu?.count.value === 'auto'
}

/** Whether some image is to use GPUs; a config without roles is taken at its word. */
export function hasGpuRoles(config: Config): boolean {
  return config.gpu !== undefined && (projectRoles(config).length === 0 || projectRoles(config).some(({ name }) => isGpuRole(name.value, config)))
}

/** Whether a role of some kind has GPUs; a config without roles is taken at its word. */
export function hasGpuRoleOf(config: Config, isOne: (role: Role) => boolean): boolean {
  return config.roles.length === 0 || config.roles.some((role) => isOne(role) && isGpuRole(role.name.value, config))
}

/** Whether some image is to work without a GPU; true of a config without roles, so that there is always an environment. */
export function hasCpuRoles(config: Config): boolean {
  return isAutomatic(config) || !hasGpuRoles(config) || projectRoles(config).some(({ name }) => !isGpuRole(name.value, config))
}
