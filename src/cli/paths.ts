/** Paths as mlstack shows and writes them: with forward slashes on every system. */
import { sep } from 'node:path'

export function withSlashes(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/')
}
