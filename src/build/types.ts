/** Writes the public API's declarations to `dist/types`. */
import { execa } from 'execa'
import { join } from 'node:path'
import { ROOT } from './paths.ts'

export async function emitTypes(): Promise<void> {
  await execa('tsc', ['--project', join(import.meta.dirname, 'tsconfig.types.json')], { cwd: ROOT, preferLocal: true })
}
