/** `npm run build`: makes ahead whatever can be, so that a start of mlstack has only to run. */
import { ExecaError } from 'execa'
import { generateSources } from './generate.ts'
import { bundleProgram } from './program.ts'
import { emitTypes } from './types.ts'

try {
  generateSources()
  await Promise.all([bundleProgram(), emitTypes()])
} catch (error) {
  // What a child process printed is all there is to know; the stack would be that of the call.
  if (!(error instanceof ExecaError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
