/** From the plan to the files of the Compose target. */
import { posix } from 'node:path'
import { HELPERS } from '../generated/helpers.js'
import { readHelper } from '../generated/seldom-helpers.js'
import { imagesOf } from '../plan/all-images.ts'
import { runsHelper } from '../plan/installer.ts'
import { HELPER_FILES, INDEXES_FILE } from '../plan/own-files.ts'
import type { Stack } from '../plan/stack.ts'
import { emitCompose } from './compose/compose.ts'
import { emitDevelopment } from './compose/development.ts'
import { emitGpu } from './compose/gpu.ts'
import { emitImage } from './dockerfile/dockerfile.ts'
import { emitGitIgnore } from './git-ignore.ts'
import { headerOf, withHeader } from './header.ts'
import type { OutputFile } from './output-file.ts'

/** All files but the manifest, in the order of their paths. */
export function emitStack(stack: Stack): readonly OutputFile[] {
  const names = [...(stack.images.length === 0 ? [] : HELPER_FILES), ...(imagesOf(stack).some(runsHelper) ? [INDEXES_FILE] : []), ...new Set(imagesOf(stack).flatMap(({ helpers = [] }) => helpers))]
  const helpers = names.map((path) => ({ path, text: withHeader(textOfHelper(posix.basename(path)), headerOf(stack)) }))
  const images = imagesOf(stack).flatMap((image) => emitImage(image, stack.layout, headerOf(stack)))
  const files = [emitCompose(stack), ...emitGpu(stack), ...emitDevelopment(stack), ...images, ...helpers, ...stack.paramsFiles, ...emitServerFiles(stack), ...emitGitIgnore(stack)]
  // Images that install the same have their files of requirements in common.
  return [...new Map(files.map((file) => [file.path, file])).values()].sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** What servers of others read. */
function emitServerFiles(stack: Stack): readonly OutputFile[] {
  return stack.serverFiles.map(({ path, purpose, text }) => ({ path, text: withHeader(`#\n# ${purpose}\n\n${text}`, headerOf(stack)) }))
}

function textOfHelper(name: string): string {
  return HELPERS[name] ?? readHelper(name) ?? ''
}
