/** What the template of an image without the project prints. */
import { posix } from 'node:path'
import { HELPER_FOLDER, HOME_FOLDER } from '../../facts/container.ts'
import { HELPER_FILES } from '../../plan/own-files.ts'
import type { Image, Layout } from '../../plan/stack.ts'
import { joinWithAnd } from '../words.ts'
import { packageArguments } from './installer.ts'
import { formatCertificates } from './certificates.ts'
import { capitalize, formatUser, formatVariable, viewUser } from './view.ts'
import { formatCopy } from './instructions.ts'
import { viewPackages, type LayerView } from './packages.ts'

export interface AsideView {
  /** Such as `fetch-digits and fetch-model`. */
  readonly services: string
  readonly baseImage: string
  readonly baseImageReason: string
  /** Empty where no package is installed. */
  readonly arguments: readonly string[]
  readonly packages: readonly LayerView[]
  readonly id: string
  readonly group: string
  /** What makes certificates of the user's trusted; empty where there are none. */
  readonly certificates: readonly string[]
  /** What belongs to the user, in words. */
  readonly owns: string
  readonly user: string
  readonly variables: readonly string[]
  readonly helperReason: string
  readonly helpers: readonly string[]
}

type Words = Readonly<Record<'packages' | 'owns' | 'helpers', string>>

const WORDS: Readonly<Record<NonNullable<Image['aside']>, Words>> = {
  fetches: { packages: 'The clients of what is fetched from.', owns: 'what is fetched', helpers: 'One hands out the secrets, the other fetches.' },
  tracking: { packages: 'The server, and nothing of the project.', owns: 'what is recorded', helpers: 'Hands out the secrets, and passes signals on.' },
}

export function viewAside(image: Image, aside: NonNullable<Image['aside']>, layout: Layout): AsideView {
  const words = WORDS[aside]
  const files = [...HELPER_FILES, ...(image.helpers ?? [])].map((path) => posix.join(layout.outputFromContext, path))
  return {
    services: joinWithAnd(image.roles),
    baseImage: image.baseImage,
    baseImageReason: capitalize(image.baseImageReason),
    arguments: image.packages.length === 0 ? [] : packageArguments(image),
    packages: viewPackages(image, layout).map((layer) => (layer.comment === 'Further packages.' ? { ...layer, comment: words.packages } : layer)),
    ...viewUser(image),
    certificates: formatCertificates(image.extras),
    owns: words.owns,
    user: formatUser(image.folders),
    variables: [['PYTHONUNBUFFERED', '1'] as const, ['HOME', HOME_FOLDER] as const].map(formatVariable),
    helperReason: words.helpers,
    helpers: [formatCopy(files, `${HELPER_FOLDER}/`, ['--link', '--chmod=0644'])],
  }
}
