/** What the template of a Dockerfile prints: instructions that are quoted already, so that it holds layout only. */
import { posix } from 'node:path'
import { literalOf } from '../../config/template.ts'
import { CACHE_FOLDER, DATA_FOLDER, DEFAULT_ID, HELPER_FOLDER, HOME_FOLDER, MODEL_STORE, USER_NAME } from '../../facts/container.ts'
import { HELPER_FILES } from '../../plan/own-files.ts'
import type { BuildStep, Image, Layout } from '../../plan/stack.ts'
import { quoteForDockerfileEnv, quoteForShell } from '../quote.ts'
import { joinWithAnd } from '../words.ts'
import { packageArguments, viewUvStage, withPip } from './installer.ts'
import { formatCopy, formatRun, formatSystem } from './instructions.ts'
import { viewProject, type ProjectView } from './projects.ts'
import { formatCertificates } from './certificates.ts'
import { withSsh } from './ssh.ts'
import { viewSteps, type StepView } from './steps.ts'
import { viewBuilder, viewPackages, type BuilderView, type LayerView } from './packages.ts'

export interface DockerfileView {
  /** Such as `train, evaluate and serve`. */
  readonly roles: string
  readonly baseImage: string
  readonly baseImageReason: string
  /** A base image of the user's may end with a user that cannot install anything. */
  readonly startsAsRoot: boolean
  /** What makes certificates of the user's trusted; empty where there are none. */
  readonly certificates: readonly string[]
  /** Steps of the user's, by what they come after. */
  readonly steps: Readonly<Record<BuildStep['after'], readonly StepView[]>>
  readonly builder: (BuilderView & { readonly arguments: readonly string[] }) | undefined
  /** The stage that has uv; undefined with pip. */
  readonly uv: readonly string[] | undefined
  readonly arguments: readonly string[]
  readonly userArguments: readonly string[]
  readonly system: string | undefined
  /** Why each of them is there. */
  readonly systemReasons: readonly string[]
  readonly packages: readonly LayerView[]
  /** The numbers of the user and the group. */
  readonly id: string
  readonly group: string
  readonly user: string
  /** Defaults of the frameworks. */
  readonly frameworkVariables: readonly string[]
  readonly variables: readonly string[]
  readonly helper: string
  /** Projects that count as installed, without their code. */
  readonly projects: readonly ProjectView[]
  readonly codeFolder: string
  readonly code: readonly string[]
}

export function viewImage(image: Image, layout: Layout): DockerfileView {
  const builder = viewBuilder(image, layout)
  return {
    roles: joinWithAnd(image.roles),
    baseImage: image.baseImage,
    baseImageReason: capitalize(image.baseImageReason),
    startsAsRoot: image.isForeignBase,
    certificates: formatCertificates(image.extras),
    steps: viewSteps(image.extras),
    builder: builder && { ...builder, wheels: withSsh(builder.wheels, image), arguments: packageArguments({ ...image, ...withPip(image) }) },
    uv: image.installer.tool === 'uv' && image.packages.length > 0 ? viewUvStage(image, layout) : undefined,
    arguments: packageArguments(image),
    userArguments: image.buildArguments.map(({ name, value }) => {
      const text = value && literalOf(value)
      return text === undefined ? `ARG ${name}` : `ARG ${name}=${quoteForDockerfileEnv(text)}`
    }),
    system: image.systemPackages.length === 0 ? undefined : formatSystem(image.systemPackages.map(({ name }) => name)),
    systemReasons: image.systemPackages.map(({ name, because }) => `${name}: ${because}`),
    frameworkVariables: image.frameworkVariables.map(formatVariable),
    packages: viewPackages(image, layout).map((layer) => ({ ...layer, run: withSsh(layer.run, image) })),
    ...viewUser(image),
    user: formatUser([image.workingFolder, MODEL_STORE, DATA_FOLDER, ...image.folders], [CACHE_FOLDER]),
    variables: [
      ['PYTHONUNBUFFERED', '1'] as const,
      ['MPLBACKEND', 'Agg'] as const,
      ['HOME', HOME_FOLDER] as const,
      ...image.variables,
    ].map(formatVariable),
    helper: formatCopy([...HELPER_FILES, ...(image.helpers ?? [])].map((path) => posix.join(layout.outputFromContext, path)), `${HELPER_FOLDER}/`, ['--link', '--chmod=0644']),
    projects: image.projects.map(viewProject),
    codeFolder: image.workingFolder,
    code: image.code.map(({ source, isFolder, target }) =>
      formatCopy([source], isFolder ? `${target}/` : target, ['--link', '--chown=$MLSTACK_UID:$MLSTACK_GID']),
    ),
  }
}

/** The numbers that the image is built with where the shell gives no others. */
export function viewUser({ extras }: Image): { readonly id: string; readonly group: string } {
  return { id: extras.user?.uid ?? String(DEFAULT_ID), group: extras.user?.gid ?? String(DEFAULT_ID) }
}

export function formatVariable([name, value]: readonly [name: string, value: string]): string {
  return `ENV ${name}=${quoteForDockerfileEnv(value)}`
}

/** `-l`: without it a high number makes /var/log/lastlog large; `-o`: the number may be taken already, by a mirror of the host's. */
export function formatUser(folders: readonly string[], shared: readonly string[] = []): string {
  const owner = '-o "$MLSTACK_UID" -g "$MLSTACK_GID"'
  return formatRun([], [
    `groupadd -o -g "$MLSTACK_GID" ${USER_NAME}`,
    `useradd -l -o -u "$MLSTACK_UID" -g "$MLSTACK_GID" -d ${HOME_FOLDER} -m ${USER_NAME}`,
    `install -d ${owner} ${folders.map(quoteForShell).join(' ')}`,
    ...shared.map((folder) => `install -d -m 1777 ${folder}`),
  ])
}

export function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
