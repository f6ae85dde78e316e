/** Who the containers run as: what MLSTACK_UID and MLSTACK_GID say in the shell, or in the `.env` beside compose.yaml. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { DEFAULT_ID } from '../facts/container.ts'
import type { Owner } from '../write/output-folders.ts'
import type { Io } from './io.ts'

export function readOwner(folder: string, env: Io['env']): Owner {
  const variables = { ...parseEnv(readText(join(folder, '.env'))), ...env }
  const idOf = (name: string) => (/^\d{1,10}$/.test(variables[name] ?? '') ? Number(variables[name]) : DEFAULT_ID)
  return { uid: idOf('MLSTACK_UID'), gid: idOf('MLSTACK_GID') }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
