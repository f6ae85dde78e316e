/** `mlstack schema`: prints the JSON Schema of the config. */
import { readFileSync } from 'node:fs'
import { onHost } from '../../write/host-error.ts'
import { readArguments } from '../args.ts'
import { STATUS, type Status } from '../exit.ts'
import type { Io } from '../io.ts'

export const SCHEMA = { name: 'schema', options: {}, operands: 0 } as const

export async function runSchema(argv: readonly string[], io: Io): Promise<Status> {
  readArguments(argv, SCHEMA)
  io.stdout.write(readSchema(io))
  return STATUS.done
}

/** The text of the schema. Throws a HostError where the installation lacks it. */
export function readSchema({ schemaPath }: Pick<Io, 'schemaPath'>): string {
  return onHost('read', schemaPath, () => readFileSync(schemaPath, 'utf8'))
}
