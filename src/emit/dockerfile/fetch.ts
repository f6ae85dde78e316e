/** What the template of the image that fetches prints. */
import { posix } from 'node:path'
import { DATA_FOLDER, HELPER_FOLDER, HOME_FOLDER } from '../../facts/container.ts'
import { FETCH_FILE, HELPER_FILES } from '../../plan/own-files.ts'
import type { Image, Layout } from '../../plan/stack.ts'
import { joinWithAnd } from '../words.ts'
import { packageArguments } from './installer.ts'
import { formatCertificates } from './certificates.ts'
import { capitalize, formatUser, formatVariable, viewUser } from './view.ts'
import { formatCopy } from './instructions.ts'
import { viewPackages, type LayerView } from './packages.ts'

export interface FetchView {
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
  readonly user: string
  readonly variables: readonly string[]
  readonly helpers: readonly string[]
}

export function viewFetch(image: Image, layout: Layout): FetchView {
  const files = [...HELPER_FILES, FETCH_FILE].map((path) => posix.join(layout.outputFromContext, path))
  return {
    services: joinWithAnd(image.roles),
    baseImage: image.baseImage,
    baseImageReason: capitalize(image.baseImageReason),
    arguments: image.packages.length === 0 ? [] : packageArguments(image),
    packages: viewPackages(image, layout).map((layer) => (layer.comment === 'Further packages.' ? { ...layer, comment: 'The clients of what is fetched from.' } : layer)),
    ...viewUser(image),
    certificates: formatCertificates(image.extras),
    user: formatUser([DATA_FOLDER]),
    variables: [['PYTHONUNBUFFERED', '1'] as const, ['HOME', HOME_FOLDER] as const].map(formatVariable),
    helpers: [formatCopy(files, `${HELPER_FOLDER}/`, ['--link', '--chmod=0644'])],
  }
}
