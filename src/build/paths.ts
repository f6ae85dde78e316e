/** Where the build reads and writes. */
import { join } from 'node:path'

export const ROOT = join(import.meta.dirname, '../..')
export const SOURCE = join(ROOT, 'src')
export const GENERATED = join(SOURCE, 'generated')
export const DIST = join(ROOT, 'dist')
