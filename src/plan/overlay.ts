/** What `gpu: auto` lays over a stack that starts anywhere: the images and devices of a machine with GPUs. */
import { isAutomatic, isGpuRole } from '../resolve/gpu-roles.ts'
import { contentOf, groupRoles, planImage } from './images.ts'
import { environmentOf, type Resolved } from './resolved.ts'
import { planGpu } from './services.ts'
import type { GpuOverlay, GpuService, Image } from './stack.ts'

export interface OverlayInput {
  /** The images of the stack without GPUs. */
  readonly images: readonly Image[]
  readonly ignoreFile: string | undefined
}

/** Undefined without `gpu: auto`. */
export function planOverlay(resolved: Resolved, { images, ignoreFile }: OverlayInput): GpuOverlay | undefined {
  const { config, environments } = resolved
  const environment = environments.gpu
  if (!isAutomatic(config) || environment === undefined) return undefined
  const roles = config.roles.filter(({ name }) => isGpuRole(name.value, config))
  const groups = groupRoles(roles, () => environment).filter((group) => contentOf(environmentOf(group.roles[0], resolved)) !== contentOf(environment))
  const own = groups.map((group) => planImage({ ...group, name: `${group.roles[0].name.value}.gpu`, files: `${group.files}.gpu`, resolved, ignoreFile }))
  const imageOf = (role: string) => [...own, ...images].find((image) => image.roles.includes(role))
  return {
    images: own,
    services: config.roles.flatMap(({ name }) => serviceOf(name.value, imageOf(name.value), { resolved, images, imageOf })),
  }
}

interface Context {
  readonly resolved: Resolved
  readonly images: readonly Image[]
  readonly imageOf: (role: string) => Image | undefined
}

/** Nothing for a service that is the same with and without GPUs. */
function serviceOf(name: string, image: Image | undefined, { resolved, images, imageOf }: Context): readonly GpuService[] {
  if (image === undefined) return []
  const users = image.roles.filter((role) => imageOf(role) === image)
  const gpu = isGpuRole(name, resolved.config) ? planGpu(resolved) : undefined
  // The service that builds an image may use another one here; then the next one has to build it.
  const isBuilder = users[0] === name && !(images.includes(image) && image.roles[0] === name)
  return gpu === undefined && !isBuilder ? [] : [{ name, image: image.name, isBuilder, gpu }]
}
