/** What a service has that a ready-made server runs in: its command, and the variables that tell it where to listen. */
import { posix } from 'node:path'
import type { Role } from '../config/config.ts'
import { literal } from '../config/template.ts'
import { HELPER_FOLDER, ISOLATED_PYTHON } from '../facts/container.ts'
import { servesByItself, type ResolvedServer } from '../resolve/server.ts'
import { MODEL_SERVER_FILE } from './own-files.ts'
import { portOf, type Resolved } from './resolved.ts'
import type { Variable, Words } from './stack.ts'

/** Undefined for a role with a command of its own. */
export function serverOf(role: Role, { environments }: Pick<Resolved, 'environments'>): ResolvedServer | undefined {
  return servesByItself(role) ? environments.server : undefined
}

/** Our helper finds the model when it starts, in whatever release is in service by then, and starts the server on it. */
export function serverWords(role: Role, resolved: Resolved): Words | undefined {
  const server = serverOf(role, resolved)
  if (server === undefined) return undefined
  const runtimes = server.runtimes.flatMap(({ implementation, files }) => ['--runtime', `${implementation}=${files.join(',')}`])
  const words = [...ISOLATED_PYTHON, posix.join(HELPER_FOLDER, posix.basename(MODEL_SERVER_FILE)), server.facts.name, ...(server.runtimes.length === 0 ? [] : ['--name', resolved.project, ...runtimes])]
  return { isShell: false, words: words.map(literal) }
}

/** The path that tells whether it has loaded the model. */
export function healthOfServer(role: Role, resolved: Resolved): string | undefined {
  return serverOf(role, resolved)?.facts.paths.health.replace('{model}', resolved.project)
}

export function serverVariables(role: Role, resolved: Resolved): readonly Variable[] {
  const port = String(portOf(role))
  return (serverOf(role, resolved)?.facts.variables ?? []).map(({ name, value, reason }) => ({ name, value: literal(value.replace('{port}', port)), ...(reason === undefined ? {} : { reason }) }))
}
