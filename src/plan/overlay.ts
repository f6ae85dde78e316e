/** What `gpu: auto` lays over a stack that starts anywhere: the images and devices of a machine with GPUs. */
import type { Role } from '../config/config.ts'
import { projectRoles } from '../config/roles.ts'
import { isAutomatic, isGpuRole } from '../resolve/gpu-roles.ts'
import { contentOf, groupRoles, planImage } from './images.ts'
import { environmentOf, type Resolved } from './resolved.ts'
import { nodeNumbersOf, planLaunch, serviceOfNode } from './nodes.ts'
import { planGpu } from './services.ts'
import { builtRoles, inVendor, vendorOf } from './vendor.ts'
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
  const roles = builtRoles(resolved).filter(({ name }) => isGpuRole(name.value, config))
  const groups = groupRoles(roles, () => environment).filter((group) => contentOf(environmentOf(group.roles[0], resolved)) !== contentOf(environment))
  const own = groups.map((group) => planImage({ ...group, name: `${group.roles[0].name.value}.gpu`, files: `${group.files}.gpu`, resolved, ignoreFile }))
  const imageOf = (role: string) => [...own, ...images].find((image) => image.roles.includes(role))
  return {
    images: own,
    services: projectRoles(config).flatMap((role) => vendorServicesOf(role, resolved) ?? servicesOf(role, imageOf(role.name.value), { resolved, images, imageOf })),
  }
}

interface Context {
  readonly resolved: Resolved
  readonly images: readonly Image[]
  readonly imageOf: (role: string) => Image | undefined
}

/** A server in the image of its makers, which have another one for GPUs; undefined for any other service. */
function vendorServicesOf(role: Role, resolved: Resolved): readonly GpuService[] | undefined {
  const vendor = vendorOf(role, resolved)
  if (vendor === undefined) return undefined
  const gpu = isGpuRole(role.name.value, resolved.config) ? planGpu(resolved, role, 0) : undefined
  return gpu === undefined ? [] : [{ name: role.name.value, image: vendor.image.gpuImage, isVendor: true, isBuilder: false, gpu: inVendor(gpu) }]
}

/** Nothing for a service that is the same with and without GPUs. */
function servicesOf(role: Role, image: Image | undefined, { resolved, images, imageOf }: Context): readonly GpuService[] {
  if (image === undefined) return []
  const name = role.name.value
  const isGpu = isGpuRole(name, resolved.config)
  const users = image.roles.filter((role) => imageOf(role) === image)
  // The service that builds an image may use another one here; then the next one has to build it.
  const isBuilder = users[0] === name && !(images.includes(image) && image.roles[0] === name)
  const launch = role.processesPerNode?.value === 'gpu' && isGpu ? planLaunch(role, resolved.config) : undefined
  return nodeNumbersOf(role).flatMap((number) => {
    const gpu = isGpu ? planGpu(resolved, role, number) : undefined
    if (gpu === undefined && (!isBuilder || number > 0)) return []
    return [{ name: serviceOfNode(name, number), image: image.name, isBuilder: isBuilder && number === 0, gpu, ...(launch === undefined ? {} : { launch: { ...launch, processes: 'gpu' as const } }) }]
  })
}
