/** From the plan to the files of the Compose target. */
import { entrypointText } from '../generated/entrypoint.js'
import { fetchText } from '../generated/fetch.js'
import { imagesOf } from '../plan/all-images.ts'
import { ENTRYPOINT_FILE, FETCH_FILE } from '../plan/own-files.ts'
import type { Stack } from '../plan/stack.ts'
import { emitCompose } from './compose/compose.ts'
import { emitDevelopment } from './compose/development.ts'
import { emitGpu } from './compose/gpu.ts'
import { emitImage } from './dockerfile/dockerfile.ts'
import { withHeader } from './header.ts'
import type { OutputFile } from './output-file.ts'

/** All files but the manifest, in the order of their paths. */
export function emitStack(stack: Stack): readonly OutputFile[] {
  const helper = (path: string, text: string) => ({ path, text: withHeader(text, { from: stack.configFile, comment: '#' }) })
  const helpers = [...(stack.images.length === 0 ? [] : [helper(ENTRYPOINT_FILE, entrypointText)]), ...(stack.images.some(({ isFetch }) => isFetch) ? [helper(FETCH_FILE, fetchText)] : [])]
  const images = imagesOf(stack).flatMap((image) => emitImage(image, stack.layout, stack.configFile))
  const files = [emitCompose(stack), ...emitGpu(stack), ...emitDevelopment(stack), ...images, ...helpers]
  return files.sort((a, b) => (a.path < b.path ? -1 : 1))
}
