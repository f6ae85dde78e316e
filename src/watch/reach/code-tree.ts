/** The code of a stack as files on disk, for finding out which roles read which of them. */
import { readFileSync, statSync } from 'node:fs'
import { posix } from 'node:path'
import type { Stack } from '../../plan/stack.ts'
import type { CodeTree, KnownCode } from './code-memory.ts'
import { findReach, type Reach } from './reach.ts'
import { codeOfRole } from './role-code.ts'

/** Larger files are data: nobody writes that much code. */
const LARGEST = 1024 * 1024

/** Paths of files are absolute. */
export interface CodeFiles {
  files(): readonly string[]
  hashOf(path: string): string | undefined
}

/** `context` is the build context, absolute. */
export function createCodeTree(source: CodeFiles, context: string): CodeTree {
  const prefix = context === '/' ? '/' : `${context}/`
  return {
    files: source.files().filter((path) => path.startsWith(prefix)).map((path) => path.slice(prefix.length)),
    read: (path) => readCode(posix.join(context, path)),
    hashOf: (path) => source.hashOf(posix.join(context, path)),
  }
}

/** What each job and service reads of the code: nothing where its image has none, as that of fetches, of the tracking server, and of a server by its makers. */
export function findReaches(stack: Stack, code: KnownCode): ReadonlyMap<string, Reach> {
  const withoutCode = stack.images.filter(({ aside }) => aside !== undefined).map(({ name }) => name)
  return new Map(stack.services.map((service) => [service.name, service.vendor !== undefined || withoutCode.includes(service.image) ? new Set() : findReach(codeOfRole(service, stack), code)]))
}

function readCode(path: string): string | undefined {
  try {
    const { size } = statSync(path)
    const text = size > LARGEST ? undefined : readFileSync(path, 'utf8')
    return text?.includes('\0') === true ? undefined : text
  } catch {
    return undefined
  }
}
