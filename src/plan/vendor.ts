/** Servers that run in the image of their makers: nothing is built, nothing of mlstack is in it, and they find new releases by themselves. */
import { posix } from 'node:path'
import type { Config, Role } from '../config/config.ts'
import { literal } from '../config/template.ts'
import { projectRoles } from '../config/roles.ts'
import { parseUser } from '../config/user.ts'
import { BASE_MODEL_FOLDER, MODEL_STORE, MODELS_FOLDER, VERSIONS_FOLDER } from '../facts/container.ts'
import type { ModelServer } from '../facts/model-servers.ts'
import { fillServerText, findServerImage, type ServerImage, type ServerWords } from '../facts/server-images.ts'
import type { ResolvedServer } from '../resolve/server.ts'
import { NO_GATE } from './gates.ts'
import { useOfSource } from './model-source.ts'
import { serverFileOf } from './own-files.ts'
import { portOf, type Resolved } from './resolved.ts'
import { serverOf } from './server.ts'
import type { Gpu, Health, Mount, ServerFile, Service, Vendor, Versions } from './stack.ts'
import { givenVariables } from './variables.ts'

export interface VendorServer {
  readonly facts: ModelServer
  readonly image: ServerImage
  readonly resolved: ResolvedServer
}

/** Where a server finds its settings. */
const SETTINGS_FOLDER = '/etc/mlstack'

/** Such a server takes its time over a large model. */
const START_PERIOD = '120s'

/** Undefined for a role that runs in an image that is built. */
export function vendorOf(role: Role, given: Pick<Resolved, 'environments'>): VendorServer | undefined {
  const resolved = serverOf(role, given)
  const image = resolved && findServerImage(resolved.facts.name)
  return resolved && image && { facts: resolved.facts, image, resolved }
}

/** The roles whose images are built. */
export function builtRoles(given: Pick<Resolved, 'config' | 'environments'>): readonly Role[] {
  return projectRoles(given.config).filter((role) => vendorOf(role, given) === undefined)
}

/** What the last job lays in a release for a server that takes numbered versions; undefined where there is none. */
export function planVersions(given: Pick<Resolved, 'config' | 'environments' | 'project'>): Versions | undefined {
  const [server] = given.config.roles.flatMap((role) => vendorOf(role, given) ?? [])
  return server && { name: given.project, holds: filesOf(server) }
}

/** Of plain Python nothing is known but the files. */
export function filesOf({ facts, resolved }: VendorServer): readonly string[] {
  const runtimes = resolved.runtimes.length > 0 ? resolved.runtimes : facts.runtimes
  return [...new Set(runtimes.flatMap(({ files }) => files))]
}

export function planServerFiles(given: Pick<Resolved, 'config' | 'environments'>): readonly ServerFile[] {
  return given.config.roles.flatMap((role) => {
    const settings = vendorOf(role, given)?.image.settings
    return settings === undefined ? [] : [{ path: serverFileOf(role.name.value, settings.file), purpose: settings.purpose, text: settings.lines.map((line) => `${line}\n`).join('') }]
  })
}

/** A service as it is in the image of its server's makers: what only images of ours have is left out. */
export function planInVendor({ guest: _, ...service }: Service, server: VendorServer, role: Role, given: Resolved): Service {
  const { config } = given
  const { image, facts } = server
  // What is ours means nothing to it.
  const own = new Set(givenVariables(role, config).map(({ name }) => name.value))
  const isSource = useOfSource(role, config) === 'model'
  const words: ServerWords = { port: portOf(role) ?? 0, model: given.project, versions: isSource ? MODELS_FOLDER : VERSIONS_FOLDER, settings: settingsOf(image) ?? '' }
  return {
    ...service,
    image: imageOf(image, service.gpu !== undefined),
    vendor: describeVendor(server, service.gpu !== undefined, config),
    gate: NO_GATE,
    command: { isShell: false, words: image.command.map((word) => literal(fillServerText(word, words))) },
    environment: service.environment.filter(({ name }) => own.has(name)),
    mounts: [...(isSource ? planSource(service.mounts, words, filesOf(server)) : planStore(service.mounts)), ...planSettings(image, role)],
    health: service.health && planHealth(service.health, role, { path: fillServerText(facts.paths.health, words), answer: image.answer }),
    gpu: service.gpu && inVendor(service.gpu),
    limits: { ...service.limits, shmSize: (role.resources.shmSize ?? config.resources.shmSize)?.value },
  }
}

export function imageOf({ image, gpuImage }: ServerImage, hasGpu: boolean): string {
  return hasGpu ? gpuImage : image
}

/** What a driver must be for it, only its makers know. */
export function inVendor(gpu: Gpu): Gpu {
  return { ...gpu, version: undefined, oldestDriver: undefined, kernels: [] }
}

function describeVendor({ facts, image }: VendorServer, hasGpu: boolean, { build: { user, platforms } }: Config): Vendor {
  return { title: facts.title, entrypoint: image.entrypoint, platforms: platforms?.value.map(({ value }) => value) ?? [], user: user && parseUser(user.value), size: hasGpu ? image.gpuSize : image.size }
}

function planStore(mounts: readonly Mount[]): readonly Mount[] {
  return mounts.filter(({ target }) => target === MODEL_STORE).map((mount) => (mount.kind === 'volume' ? { ...mount, isNoCopy: true } : mount))
}

/** A model that exists is the first version, and a file gets the name that the server looks for. */
function planSource(mounts: readonly Mount[], { versions, model }: ServerWords, files: readonly string[]): readonly Mount[] {
  const version = posix.join(versions, model, '1')
  return mounts.filter(({ target }) => isAtOrBelow(target, BASE_MODEL_FOLDER)).map((mount) => {
    const file = posix.relative(BASE_MODEL_FOLDER, mount.target)
    return { ...mount, target: posix.join(version, findFile(file, files) ?? file) }
  })
}

/** The file that a server looks for of the kind that a path is. */
export function findFile(path: string, files: readonly string[]): string | undefined {
  return files.find((file) => posix.extname(file) === posix.extname(path) && path !== '')
}

function isAtOrBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`)
}

function planSettings(image: ServerImage, role: Role): readonly Mount[] {
  const target = settingsOf(image)
  if (image.settings === undefined || target === undefined) return []
  return [{ kind: 'bind', source: literal(`./${serverFileOf(role.name.value, image.settings.file)}`), target, isReadOnly: true }]
}

function settingsOf({ settings }: ServerImage): string | undefined {
  return settings && posix.join(SETTINGS_FOLDER, settings.file)
}

/** The images have no Python that could be counted on, and no curl. */
function planHealth(health: Health, role: Role, { path, answer }: { readonly path: string; readonly answer: string | undefined }): Health {
  const own = { ...health, by: 'bash', startPeriod: START_PERIOD } as const
  if (role.health !== undefined) return own
  return { ...own, path, ...(answer === undefined ? {} : { answer }) }
}
