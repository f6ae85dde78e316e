/** What installs packages, and where it finds them: the same for all images of a stack. */
import { UV_VERSION } from '../facts/installers.ts'
import { hostIn, hostOf, patternsOf, sortIndexes } from '../resolve/indexes.ts'
import type { Config } from '../config/config.ts'
import type { Image, Installer } from './stack.ts'

const DEFAULT_INSTALLER = 'pip'

export function planInstaller(config: Config): Installer {
  const { indexes, installer } = config.python
  const { usual, more, own } = sortIndexes(config)
  const logins = new Map(indexes.flatMap((index) => (index.secret === undefined ? [] : [[hostOf(index), index.secret.value] as const])))
  const open = indexes.map(({ url }) => url.value).filter((url) => /^http:/i.test(url))
  return {
    tool: installer?.value ?? DEFAULT_INSTALLER,
    uvVersion: UV_VERSION,
    indexUrl: usual?.url.value,
    extraIndexUrls: more.map(({ url }) => url.value),
    routes: own.map((index) => ({ url: index.url.value, patterns: patternsOf(index) })),
    logins: [...logins].map(([host, secret]) => ({ host, secret })),
    trustedHosts: [...new Set(open.map(hostIn))],
  }
}

/** Whether an image is built with our helper for indexes. */
export function runsHelper({ packages, installer }: Pick<Image, 'packages' | 'installer'>): boolean {
  return packages.length > 0 && needsHelper(installer)
}

/** Whether our helper has to run the installer: pip finds a plain index by itself. */
export function needsHelper({ tool, routes, logins }: Installer): boolean {
  return tool === 'uv' || routes.length > 0 || logins.length > 0
}
