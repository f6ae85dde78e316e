/** Joins the parts of the plan: config and decisions in, the whole stack out. */
import type { Config, Passthrough } from '../config/config.ts'
import { projectRoles } from '../config/roles.ts'
import type { Sink } from '../diagnostics/sink.ts'
import type { CodePath } from '../resolve/code.ts'
import type { ResolvedDataset } from '../resolve/datasets.ts'
import type { ResolvedModelSource } from '../resolve/model-source.ts'
import type { ResolvedOutput } from '../resolve/outputs.ts'
import type { ParamsByRole } from '../resolve/params.ts'
import type { Environments } from '../resolve/environment.ts'
import { declaredIn, type Included } from '../resolve/included.ts'
import { planData } from './data.ts'
import { planFetches, planFetchImage } from './fetches.ts'
import type { OwnImage } from '../resolve/own-image.ts'
import { planImages } from './images.ts'
import { jobOrder } from './jobs.ts'
import { planFolders } from './outputs.ts'
import { planParamsFiles } from './params.ts'
import { planNetworks } from './nodes.ts'
import { planOverlay } from './overlay.ts'
import { planLayout } from './layout.ts'
import { planTokenFiles } from './notebook.ts'
import { planEditedFolders, planMountPoints } from './project-mounts.ts'
import { passTree, type PassedEntry } from './passed.ts'
import { rebaseConfig, rebaseInclude, rebaseService } from './rebase.ts'
import { planProjectName } from './project-name.ts'
import { composeFileOf, type Resolved } from './resolved.ts'
import { planSecrets } from './secrets.ts'
import { planServices } from './services.ts'
import type { Layout, Stack } from './stack.ts'
import { planTrackingImages, planTrackingServers } from './tracking-server.ts'
import { planServerFiles } from './vendor.ts'
import { planVolumes } from './volumes.ts'

export interface PlanInput {
  readonly config: Config
  readonly environments: Environments
  readonly datasets: readonly ResolvedDataset[]
  readonly modelSource: ResolvedModelSource | undefined
  readonly code: readonly CodePath[]
  readonly params: ParamsByRole
  readonly outputs: readonly ResolvedOutput[]
  /** The image that a Dockerfile of the user's makes; undefined where mlstack writes them. */
  readonly ownImage: OwnImage | undefined
  /** The config's file name, as outputs call it. */
  readonly configFile: string
  /** The overlay that was laid over it. */
  readonly variant: string | undefined
  readonly included: Included
  /** The config's folder, absolute. */
  readonly configFolder: string
  /** Relative to the config's folder. */
  readonly outputFolder: string
  /** The text of the user's .dockerignore beside the config. */
  readonly ignoreFile: string | undefined
}

/** For a config that has been verified; a note where the project's name is the folder's. */
export function planStack({ configFolder, configFile, variant, included, outputFolder, ignoreFile, ...given }: PlanInput, sink: Sink): Stack {
  const { config, environments, code } = given
  const project = planProjectName(config, configFolder, sink)
  const resolved: Resolved = { ...given, project, configFile, layout: planLayout({ configFolder, outputFolder, code, files: [...listFiles(environments), ...[config.build.ca, config.build.dockerfile].flatMap((file) => file?.value ?? [])] }) }
  const images = planImages(resolved, ignoreFile)
  const asides = [...planTrackingImages(resolved), planFetchImage(resolved) ?? []].flat()
  const fetches = planFetches(resolved)
  const imageOf = (role: string) => images.find(({ roles }) => roles.includes(role))?.name ?? role
  return {
    project,
    configFile,
    variant,
    composeFile: composeFileOf(config),
    layout: resolved.layout,
    images: [...images, ...asides],
    services: [...fetches, ...planTrackingServers(resolved), ...projectRoles(config).flatMap((role) => planServices(role, imageOf(role.name.value), resolved))],
    data: planData(resolved),
    paramsFiles: planParamsFiles(given.params),
    serverFiles: planServerFiles(resolved),
    folders: [...new Set([...planFolders(resolved), ...planMountPoints(resolved)])],
    tokenFiles: planTokenFiles(config),
    editedFolders: planEditedFolders(resolved),
    jobOrder: [...fetches, ...jobOrder(config).map(({ name }) => ({ name: name.value }))].map(({ name }) => name),
    volumes: planVolumes(resolved),
    networks: planNetworks(config),
    secrets: planSecrets(resolved),
    passed: planPassed(config, included, resolved.layout),
    overlay: planOverlay(resolved, { images, ignoreFile }),
    decisions: [environments.gpu ?? environments.cpu].flatMap((each) => [...(each?.decisions ?? []), ...(each?.ofNotebook.decisions ?? [])]).map(({ subject, value, because }) => ({ subject, value, because })),
  }
}

/** Files of the user's that say what is installed. Where a copy of ours is installed instead, the build need not see the user's. */
function listFiles({ cpu, gpu }: Environments): readonly string[] {
  return [cpu, gpu].flatMap((environment) => (environment === undefined ? [] : [...environment.constraints, ...environment.requirements.flatMap(({ path, includes, rewritten }) => [...(rewritten === undefined ? [path] : []), ...includes])]))
}

function planPassed(config: Config, included: Included, layout: Layout): Stack['passed'] {
  return {
    services: passSection(config.services).map((entry) => rebaseEntry(entry, layout)),
    volumes: passSection(config.volumes),
    networks: passSection(config.networks),
    configs: passSection(config.configs).map((entry) => rebaseConfig(entry, layout)),
    include: config.include && rebaseInclude(passTree(config.include), layout),
    included: declaredIn(included, 'services').map(({ name, value }) => ({ key: name, value: passTree(value) })),
  }
}

function rebaseEntry({ key, value }: PassedEntry, layout: Layout): PassedEntry {
  return { key, value: value.kind === 'map' ? { kind: 'map', entries: rebaseService(value.entries, layout) } : value }
}

function passSection(section: readonly Passthrough[]): readonly PassedEntry[] {
  return section.map(({ name, value }) => ({ key: name.value, value: passTree(value) }))
}
