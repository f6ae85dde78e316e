/** How packages are installed: by pip or by uv, by itself or led to the right indexes by our helper. */
import { posix } from 'node:path'
import { SECRETS_FOLDER } from '../../facts/container.ts'
import { needsHelper } from '../../plan/installer.ts'
import { INDEXES_FILE } from '../../plan/own-files.ts'
import type { Image, Installer, Layout } from '../../plan/stack.ts'
import { quoteForDockerfileEnv, quoteForShell } from '../quote.ts'
import { INDEX_ARGUMENTS } from './index-arguments.ts'
import { formatRun, type Mount } from './instructions.ts'

export const REQUIREMENTS_FOLDER = '/requirements'
const HELPER = posix.join(REQUIREMENTS_FOLDER, posix.basename(INDEXES_FILE))

/** The stage that uv is in, and where it is seen by a RUN. */
const UV_STAGE = 'uv'
const UV_FOLDER = '/opt/uv'

/** Caches stay on the builder: one more package downloads nothing again, and no image carries the cache. */
export const CACHES: Readonly<Record<Installer['tool'], Mount>> = { pip: ['type=cache', 'target=/root/.cache/pip'], uv: ['type=cache', 'target=/root/.cache/uv'] }

/** Words that would only be noise in a build's log, and settings that hold for all installations; arguments, so that they do not stay in the image. */
const QUIET_PIP: readonly string[] = ['ARG PIP_DISABLE_PIP_VERSION_CHECK=1', 'ARG PIP_ROOT_USER_ACTION=ignore']
const PLAIN_UV: readonly string[] = ['ARG UV_SYSTEM_PYTHON=1', 'ARG UV_PYTHON_DOWNLOADS=never', 'ARG UV_LINK_MODE=copy', 'ARG UV_COMPILE_BYTECODE=1', 'ARG UV_NO_PROGRESS=1']

/** What an instruction that installs is made of. */
export interface InstallView {
  readonly tool: Installer['tool']
  /** The whole command of some words for pip, such as `install numpy`. */
  readonly command: (words: string) => string
  readonly mounts: readonly Mount[]
}

export function viewInstall({ installer }: Pick<Image, 'installer'>, layout: Layout): InstallView {
  const { tool, logins } = installer
  const uv: readonly Mount[] = tool === 'uv' ? [['type=bind', `from=${UV_STAGE}`, `source=${UV_FOLDER}`, `target=${UV_FOLDER}`]] : []
  const secrets = logins.map(({ secret }): Mount => ['type=secret', `id=${secret}`, `target=${posix.join(SECRETS_FOLDER, secret)}`, 'required=true'])
  const helper: readonly Mount[] = needsHelper(installer) ? [['type=bind', `source=${posix.join(layout.outputFromContext, INDEXES_FILE)}`, `target=${HELPER}`]] : []
  const program = tool === 'uv' ? `${UV_FOLDER}/bin/uv pip` : 'pip'
  return { tool, mounts: [CACHES[tool], ...uv, ...secrets, ...helper], command: (words) => `${prefixOf(installer)}${program} ${words}` }
}

/** Options of our helper stand on a line of their own. */
function prefixOf(installer: Installer): string {
  if (!needsHelper(installer)) return ''
  const options = [
    ...installer.routes.flatMap(({ url, patterns }) => ['--only', quoteForShell(url), quoteForShell(patterns.join(','))]),
    ...installer.logins.flatMap(({ host, secret }) => ['--login', quoteForShell(host), secret]),
  ]
  return options.length === 0 ? `python ${HELPER} -- ` : `python ${HELPER} ${options.join(' ')} -- \\\n        `
}

/** The installer where there is none but pip. */
export function withPip(image: Image): Pick<Image, 'installer'> {
  return { installer: { ...image.installer, tool: 'pip' } }
}

/** Lines of the stage that has uv: images need not have it, and none of it stays. */
export function viewUvStage(image: Image, layout: Layout): readonly string[] {
  const { mounts, command } = viewInstall(withPip(image), layout)
  return [...packageArguments({ ...image, ...withPip(image), indexes: [] }), formatRun(mounts, [command(`install --target ${UV_FOLDER} uv==${image.installer.uvVersion}`)])]
}

/** What the shell names wins: arguments without a default leave an image's own configuration of pip in force. */
export function packageArguments({ indexes, installer }: Pick<Image, 'indexes' | 'installer'>): readonly string[] {
  const { tool, indexUrl, extraIndexUrls, trustedHosts } = installer
  const usual: Readonly<Record<string, string | undefined>> = { PIP_INDEX_URL: indexUrl, PIP_EXTRA_INDEX_URL: extraIndexUrls.length === 0 ? undefined : extraIndexUrls.join(' ') }
  const argument = (name: string, value: string | undefined) => (value === undefined ? `ARG ${name}` : `ARG ${name}=${quoteForDockerfileEnv(value)}`)
  return [
    ...INDEX_ARGUMENTS.map((name) => argument(name, usual[name])),
    ...indexes.map(({ argument: name, url }) => argument(name, url)),
    ...(trustedHosts.length === 0 ? [] : [argument('PIP_TRUSTED_HOST', trustedHosts.join(' '))]),
    ...(tool === 'uv' ? PLAIN_UV : QUIET_PIP),
  ]
}
