/** From roles to services: one function for all of them, whose differences are data. */
import { parseByteSize } from '../config/byte-size.ts'
import { literal, literalOf, textWithReferences, type Template } from '../config/template.ts'
import type { Command } from '../config/command.ts'
import type { Config, Resources, Role, Secret } from '../config/config.ts'
import { NO_HEALTH } from '../config/roles.ts'
import { CACHE_FOLDER, CACHE_VOLUME, MODEL_STORE, MODEL_VOLUME, PARAMS_FILE } from '../facts/container.ts'
import { workingFolderOf } from '../resolve/code.ts'
import type { ResolvedDataset } from '../resolve/datasets.ts'
import type { Environment } from '../resolve/environment.ts'
import { planCommand } from './commands.ts'
import { mountDataset, mountModelSource } from './data.ts'
import { fetchesBefore } from './fetched.ts'
import { planGate, planGateOfNode } from './gates.ts'
import { guestVariables, mountHelpers, planGuest } from './guest.ts'
import { composeKeyOf, jobsBefore, serversBefore } from './jobs.ts'
import { devicesOfNode, nodeNumbersOf, planLaunch, planNode, serviceOfNode } from './nodes.ts'
import { modelOutputOf, mountOutput, outputsOf } from './outputs.ts'
import { paramsFileOf } from './params.ts'
import { jupyterWords } from './notebook.ts'
import { passTree } from './passed.ts'
import { isInProject, planProjectMounts } from './project-mounts.ts'
import { rebaseService } from './rebase.ts'
import { useOfSource } from './model-source.ts'
import { ownStepsOf } from './own-steps.ts'
import { datasetsOf, environmentOf, hasGpu, portOf, type Resolved } from './resolved.ts'
import { factsOf } from './role-kinds.ts'
import { isCopiedIn, secretsOf } from './secrets.ts'
import { healthOfServer, serverVariables, serverWords } from './server.ts'
import type { FileSystem, Gpu, Health, Limits, Mount, Service } from './stack.ts'
import { trackingMounts } from './tracking.ts'
import { planVariables } from './variables.ts'
import { planInVendor, planVersions, vendorOf } from './vendor.ts'

/** The service of a role, or one for each of its nodes; `image` is the name of the image that it shares with others or has alone. */
export function planServices(role: Role, image: string, resolved: Resolved): readonly Service[] {
  return nodeNumbersOf(role).map((number) => planService(role, image, resolved, number))
}

function planService(role: Role, image: string, resolved: Resolved, number: number): Service {
  const { config, layout } = resolved
  const [launch, node] = [planLaunch(role, config), planNode(role, number)]
  const environment = environmentOf(role, resolved)
  const secrets = secretsOf(role, config)
  const datasets = datasetsOf(role, resolved.datasets)
  const limits = planLimits(role, config, environment)
  const port = portOf(role)
  const variables = planVariables({ role, given: resolved, cpus: limits.cpus, node: number, project: resolved.project, usual: serverVariables(role, resolved) })
  const mounts = [...planMounts(role, datasets, resolved), ...(resolved.ownImage === undefined ? [] : mountHelpers(role, resolved))]
  const gate = planGate(role, { config, code: codePlacesOf(resolved), steps: ownStepsOf(resolved), datasets, secrets, outputs: outputsOf(role, resolved.outputs).map(({ target }) => target), versions: planVersions(resolved) })
  const service: Service = {
    name: serviceOfNode(role.name.value, number),
    kind: role.kind,
    profiles: factsOf(role).profiles,
    image,
    ...(number === 0 ? {} : { purpose: `Node ${number} of ${role.name.value}, which tells it when to run and when to stop` }),
    gate: number === 0 ? gate : planGateOfNode(gate),
    command: planCommand(role.command, variables) ?? jupyterWords(role, port) ?? serverWords(role, resolved),
    ...(launch === undefined ? {} : { launch }),
    ...(node === undefined ? {} : { node }),
    environment: [...guestVariables(variables.environment, resolved), ...variables.environment],
    mounts,
    secrets: secrets.map(({ name }) => name.value),
    fetches: fetchesBefore(role, resolved),
    after: jobsBefore(role, config).map(({ name }) => name.value),
    reaches: serversBefore(role, config).map(({ name }) => name.value),
    port,
    replicas: role.replicas?.value,
    ports: role.ports && passTree(role.ports),
    health: port === undefined || role.health?.value === NO_HEALTH ? undefined : planHealth(role, { port, environment, resolved }),
    limits,
    gpu: hasGpu(role.name.value, config) ? planGpu(resolved, role, number) : undefined,
    fileSystem: planFileSystem(role, secrets),
    ...(resolved.ownImage === undefined ? {} : { guest: planGuest(role, mounts, resolved, resolved.ownImage) }),
    overrides: rebaseService(role.compose.map(({ name, value }) => ({ key: name.value, value: passTree(value) })), layout),
  }
  const vendor = vendorOf(role, resolved)
  return vendor === undefined ? service : planInVendor(service, vendor, role, resolved)
}

/** A command may run in another folder than the working folder, by Compose's `working_dir`. */
function codePlacesOf({ config, ownImage }: Resolved): readonly string[] {
  if (ownImage !== undefined) return ownImage.targets
  return config.code.workdir === undefined ? [] : [workingFolderOf(config)]
}

interface HealthInput {
  readonly port: number
  readonly environment: Environment
  readonly resolved: Resolved
}

function planHealth(role: Role, { port, environment, resolved }: HealthInput): Health {
  const isOther = factsOf(role).editsProject && role.command !== undefined && !namesJupyter(role.command)
  // Nothing is known of what another program answers.
  const health = role.health?.value ?? (isOther ? false : (healthOfServer(role, resolved) ?? factsOf(role).healthPath))
  return { path: health === false ? undefined : health, port, startPeriod: environment.startPeriod }
}

function namesJupyter(command: Command): boolean {
  const words = command.kind === 'shell' ? [command.script] : command.words
  return words.some(({ value }) => /jupyter/.test(textWithReferences(value)))
}

/** The role's own limits, then the whole file's, then what the model type and the kind of role need. */
export function planLimits(role: Role, config: Config, { shmSize }: Pick<Environment, 'shmSize'>): Limits {
  const pick = (key: keyof Resources): Template | undefined => (role.resources[key] ?? config.resources[key])?.value
  const memory = pick('memory')
  return {
    cpus: pick('cpus'),
    memory,
    pids: pick('pids') ?? literal(factsOf(role).pids),
    shmSize: pick('shmSize') ?? planSharedMemory(shmSize, memory),
  }
}

/** What loaders usually need, and no more than half of a limit of the user's: shared memory counts as memory. */
function planSharedMemory(usual: string | undefined, memory: Template | undefined): Template | undefined {
  if (usual === undefined) return undefined
  const limit = parseByteSize((memory && literalOf(memory)) ?? '')?.bytes
  const most = limit === undefined ? Infinity : Math.floor(limit / 2 / MEBIBYTE)
  const least = (parseByteSize(usual)?.bytes ?? 0) / MEBIBYTE
  return literal(most < least ? `${most}m` : usual)
}

const MEBIBYTE = 1024 ** 2

function planMounts(role: Role, datasets: readonly ResolvedDataset[], resolved: Resolved): readonly Mount[] {
  const { config, layout, params, outputs, modelSource } = resolved
  const use = useOfSource(role, config)
  const isService = !factsOf(role).makesModel
  const model = modelOutputOf(resolved)
  const file = params.has(role.name.value) ? paramsFileOf(role.name.value, params) : undefined
  return [
    ...planProjectMounts(role, resolved),
    ...datasets.map((dataset) => mountDataset(dataset, layout)),
    ...(file === undefined ? [] : [{ kind: 'bind', source: literal(`./${file}`), target: PARAMS_FILE, isReadOnly: true } as const]),
    ...(use === undefined || modelSource === undefined ? [] : [mountModelSource(modelSource, layout)]),
    ...(use === 'model' ? [] : [model === undefined ? ({ kind: 'volume', source: MODEL_VOLUME, target: MODEL_STORE, isReadOnly: isService } as const) : mountOutput(model, layout, isService)]),
    ...trackingMounts(role, config),
    ...outputsOf(role, outputs).filter((output) => !isInProject(role, output, resolved)).map((output) => mountOutput(output, layout)),
    ...(config.cache.scope === 'none' ? [] : [{ kind: 'volume', source: CACHE_VOLUME, target: CACHE_FOLDER, isReadOnly: false } as const]),
  ]
}

/** The GPUs that the config asks for, each node its own; a count of `auto` is one, in the overlay. */
export function planGpu({ config, environments }: Pick<Resolved, 'config' | 'environments'>, role: Role, number: number): Gpu | undefined {
  const { gpu } = config
  const { target } = environments
  if (gpu === undefined || target === undefined) return undefined
  const { value } = gpu.count
  const deviceIds = devicesOfNode(role, number, gpu)
  return {
    vendor: target.kind === 'rocm' ? 'amd' : 'nvidia',
    ...environments.gpuBuild,
    memory: gpu.memory?.value,
    count: deviceIds.length > 0 ? undefined : value === 'auto' ? 1 : value,
    deviceIds,
    capabilities: [...new Set(['gpu', ...gpu.capabilities.map((capability) => capability.value)])],
  }
}

/** Compose copies secrets from the environment and synced code into the container, which a read-only root refuses. */
export function planFileSystem(role: Role, secrets: readonly Secret[]): FileSystem {
  if (!factsOf(role).isReadOnly) return { isReadOnly: false, reason: undefined }
  const copied = secrets.find(isCopiedIn)
  if (copied !== undefined) return { isReadOnly: false, reason: `Compose copies the secret ${copied.name.value} into the container` }
  const isSynced = composeKeyOf(role, 'develop') !== undefined
  return isSynced ? { isReadOnly: false, reason: 'develop.watch syncs code into the container' } : { isReadOnly: true, reason: undefined }
}
