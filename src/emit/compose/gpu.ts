/** The Compose file that is laid over compose.yaml on a machine with GPUs. */
import { GPU_FILE } from '../../plan/own-files.ts'
import type { Gpu, GpuService, Stack } from '../../plan/stack.ts'
import { headerOf, withHeader } from '../header.ts'
import type { OutputFile } from '../output-file.ts'
import { keepFirstComments } from './compose.ts'
import { formatCompose } from './document.ts'
import { composeBuild, composeEntrypoint, composeGpu, composeReservations } from './service.ts'
import { entry, entryIf, map, rawText, type ComposeMap } from './value.ts'

const purposeOf = ({ composeFile }: Stack) => `#
# For a machine with GPUs. Compose reads the paths here as seen from the folder of ${composeFile}, which is where to run this:
#
#     docker compose -f ${composeFile} -f ${GPU_FILE} up --build

`

/** The file, where the stack is to start with and without GPUs. */
export function emitGpu(stack: Stack): readonly OutputFile[] {
  if (stack.overlay === undefined) return []
  const services = stack.overlay.services.map((service) => entry(service.name, overlayService(service, stack)))
  const root = map([entry('services', map(keepFirstComments(services)))])
  return [{ path: GPU_FILE, text: withHeader(purposeOf(stack) + formatCompose(root), headerOf(stack)) }]
}

function overlayService({ name, image, isVendor, isBuilder, gpu, launch }: GpuService, stack: Stack): ComposeMap {
  const built = [...(stack.overlay?.images ?? []), ...stack.images].find((each) => each.name === image)
  const service = stack.services.find((each) => each.name === name)
  const isSame = service?.image === image
  return map([
    isSame ? undefined : entry('image', rawText(isVendor ? image : `${stack.project}-${image}`)),
    isBuilder && built !== undefined ? entry('build', composeBuild(built, stack), isSame ? 'The service that builds this image otherwise has one for the GPU here.' : undefined) : undefined,
    entryIf('entrypoint', service === undefined || launch === undefined ? undefined : composeEntrypoint({ ...service, launch }), 'A process for each GPU.'),
    ...composeGpu(gpu),
    entryIf('deploy', composeDevices(gpu)),
  ])
}

function composeDevices(gpu: Gpu | undefined): ComposeMap {
  const reservations = map(composeReservations(gpu))
  return map([entryIf('resources', reservations)])
}
