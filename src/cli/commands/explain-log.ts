/** `mlstack doctor --explain`: reads a log as it comes, and says what the errors in it mean. */
import { createReadStream } from 'node:fs'
import { resolve } from 'node:path'
import { readLines } from '../../doctor/explain/lines.ts'
import { createRecogniser } from '../../doctor/explain/recogniser.ts'
import { renderJson, renderText } from '../../doctor/explain/render.ts'
import { SYMPTOMS } from '../../facts/symptoms.ts'
import { codeOf, HostError } from '../../write/host-error.ts'
import { STATUS, UsageError, type Status } from '../exit.ts'
import type { Io } from '../io.ts'

/** `file` is the log; without it, standard input. The status tells whether anything was recognised. */
export async function explainLog(file: string | undefined, { isJson, color }: { readonly isJson: boolean; readonly color: boolean }, io: Io): Promise<Status> {
  const recogniser = createRecogniser(SYMPTOMS)
  for await (const line of readLines(file === undefined || file === '-' ? io.stdinPieces() : readFile(file, io.cwd))) recogniser.read(line)
  const recognised = recogniser.recognised()
  io.stdout.write(isJson ? renderJson(recognised, recogniser.lines()) : renderText(recognised, { color }))
  if (recognised.length > 0) return STATUS.done
  io.stderr.write(`nothing known in ${recogniser.lines() === 1 ? '1 line' : `${recogniser.lines()} lines`}: ${SYMPTOMS.length} errors are known, and mlstack doctor looks at the machine itself\n`)
  return STATUS.wrong
}

async function* readFile(file: string, cwd: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(resolve(cwd, file)) as AsyncIterable<Uint8Array>
  } catch (error) {
    if (codeOf(error) === 'ENOENT') throw new UsageError(`there is no file ${file}`, 'with --explain, FILE is a log; without it, standard input: docker compose logs | mlstack doctor --explain')
    if (codeOf(error) === 'EISDIR') throw new UsageError(`${file} is a folder`, 'name a log in it')
    throw new HostError('read', file, error)
  }
}
