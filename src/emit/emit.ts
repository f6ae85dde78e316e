/** From the plan to the files of the Compose target. */
import { entrypointText } from '../generated/entrypoint.js'
import { imagesOf } from '../plan/all-images.ts'
import { ENTRYPOINT_FILE } from '../plan/own-files.ts'
import type { Stack } from '../plan/stack.ts'
import { emitCompose } from './compose/compose.ts'
import { emitDevelopment } from './compose/development.ts'
import { emitGpu } from './compose/gpu.ts'
import { emitImage } from './dockerfile/dockerfile.ts'
import { withHeader } from './header.ts'
import type { OutputFile } from './output-file.ts'

/** All files but the manifest, in the order of their paths. */
export function emitStack(stack: Stack): readonly OutputFile[] {
  const helper = { path: ENTRYPOINT_FILE, text: withHeader(entrypointText, { from: stack.configFile, comment: '#' }) }
  const images = imagesOf(stack).flatMap((image) => emitImage(image, stack.layout, stack.configFile))
  const files = [emitCompose(stack), ...emitGpu(stack), ...emitDevelopment(stack), ...images, ...(stack.images.length === 0 ? [] : [helper])]
  return files.sort((a, b) => (a.path < b.path ? -1 : 1))
}
