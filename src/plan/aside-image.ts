/** An image that has our helpers and a few packages, and nothing of the project. */
import { posix } from 'node:path'
import { CODE_FOLDER } from '../facts/container.ts'
import { planAsideExtras } from './build-extras.ts'
import { escapePattern } from './ignore.ts'
import { planInstaller, runsHelper } from './installer.ts'
import { HELPER_FILES, INDEXES_FILE } from './own-files.ts'
import type { Resolved } from './resolved.ts'
import type { Image, PackageLayer } from './stack.ts'

export interface AsideInput extends Required<Pick<Image, 'name' | 'aside' | 'roles' | 'baseImage' | 'baseImageReason' | 'folders'>> {
  /** As the image has them. */
  readonly helpers?: readonly string[]
  /** PEP 508 requirements with exact versions. */
  readonly requirements: readonly string[]
}

export function planAsideImage({ requirements, ...image }: AsideInput, resolved: Resolved): Image {
  const { config, layout } = resolved
  const packages: readonly PackageLayer[] = requirements.length === 0 ? [] : [{ kind: 'packages', requirements }]
  // A few small packages: what uv gains there would go into fetching it.
  const installer = { ...planInstaller(config), tool: 'pip' as const }
  const extras = planAsideExtras(resolved)
  const ours = [...HELPER_FILES, ...(image.helpers ?? []), ...(runsHelper({ packages, installer }) ? [INDEXES_FILE] : [])].map((path) => posix.join(layout.outputFromContext, path))
  const seen = [...ours, ...(extras.certificates === undefined ? [] : [escapePattern(extras.certificates)])]
  return {
    ...image,
    isForeignBase: false,
    platforms: config.build.platforms?.value.map(({ value }) => value) ?? [],
    systemPackages: [],
    builder: undefined,
    packages,
    limits: undefined,
    constraints: [],
    installer,
    buildSecrets: packages.length === 0 ? [] : installer.logins.map(({ secret }) => secret),
    buildArguments: [],
    indexes: [],
    frameworkVariables: [],
    variables: [],
    workingFolder: CODE_FOLDER,
    projects: [],
    code: [],
    extras,
    ignore: [{ comment: 'Nothing but the helpers', patterns: ['*', ...seen.map((path) => `!${path}`)] }],
  }
}
