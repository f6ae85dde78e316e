/** Recorded outputs of `docker compose --progress plain build`, read as a running build would give them. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createBuildLog, type BuildFailure } from '../../../src/engine/build-log.ts'

export interface Reading {
  readonly shown: readonly string[]
  readonly failure: BuildFailure | undefined
}

/** Reads `fixtures/NAME.txt`. */
export function readFixture(name: string): Reading {
  return readOutput(readFileSync(join(import.meta.dirname, 'fixtures', `${name}.txt`), 'utf8'))
}

/** Reads any output. */
export function readOutput(text: string): Reading {
  const log = createBuildLog()
  const shown = text.split('\n').flatMap((line) => log.read(line))
  return { shown, failure: log.failure() }
}
