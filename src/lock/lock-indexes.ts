/** The indexes of a config, for a resolver: what it can be told of them, and what not. */
import type { Stack } from '../plan/stack.ts'
import { imagesOf } from '../plan/all-images.ts'
import { LockError } from './resolution.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** The shell's variables, with what the config names where the shell names nothing. Throws a LockError on an index that a resolver cannot be held to. */
export function withIndexes(stack: Stack, env: Environment): Environment {
  const installer = imagesOf(stack).find(({ packages }) => packages.length > 0)?.installer
  if (installer === undefined) return env
  const [route] = installer.routes
  if (route !== undefined) {
    throw new LockError(`${route.patterns.join(' and ')} come from ${route.url} alone, which no resolver can be held to yet`, { help: 'go without a lock, whose builds hold to it; or pin versions by hashes in a requirements file', isOwn: true })
  }
  const [login] = installer.logins
  if (login !== undefined) throw new LockError(`the index at ${login.host} takes a login, which only builds are given`, { help: 'go without a lock; or pin versions by hashes in a requirements file', isOwn: true })
  const settings = { PIP_INDEX_URL: installer.indexUrl, PIP_EXTRA_INDEX_URL: installer.extraIndexUrls.join(' ') || undefined }
  return { ...env, ...Object.fromEntries(Object.entries(settings).filter(([name, value]) => value !== undefined && !env[name])) }
}
