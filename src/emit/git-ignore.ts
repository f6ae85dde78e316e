/** The file by which git leaves alone what compiling makes for one machine. */
import { posix } from 'node:path'
import { GIT_IGNORE_FILE } from '../plan/own-files.ts'
import type { Stack } from '../plan/stack.ts'
import { headerOf, withHeader } from './header.ts'
import type { OutputFile } from './output-file.ts'

/** None where nothing is made. */
export function emitGitIgnore(stack: Stack): readonly OutputFile[] {
  if (stack.tokenFiles.length === 0) return []
  const names = stack.tokenFiles.map((path) => `/${posix.basename(path)}\n`)
  return [{ path: GIT_IGNORE_FILE, text: withHeader(`\n# Secret, and another one on each machine.\n${names.join('')}`, headerOf(stack)) }]
}
