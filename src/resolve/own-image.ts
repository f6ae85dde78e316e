/** An image from a Dockerfile of the user's: nothing is installed into it, so what is decided is what goes around it. */
import { posix } from 'node:path'
import type { Config } from '../config/config.ts'
import type { Located } from '../config/located.ts'
import { NOTEBOOK } from '../config/roles.ts'
import { literalOf } from '../config/template.ts'
import * as builds from '../diagnostics/catalogue/builds.ts'
import * as notebook from '../diagnostics/catalogue/notebook.ts'
import * as servers from '../diagnostics/catalogue/servers.ts'
import * as tracking from '../diagnostics/catalogue/tracking.ts'
import { changeTo, type Span } from '../diagnostics/diagnostic.ts'
import type { Sink } from '../diagnostics/sink.ts'
import { suggest } from '../diagnostics/suggest.ts'
import { findImageFamily, parseImage } from '../facts/base-images.ts'
import { findModelServer } from '../facts/model-servers.ts'
import { trackingFacts } from '../facts/tracking.ts'
import { chainOf, copiedFiles, findStage, lastOf, parseDockerfile, targetsOf, type Dockerfile, type Stage } from '../project/dockerfile.ts'
import type { Project } from '../project/project.ts'
import type { Environment, Environments } from './environment.ts'
import { NO_PACKAGES } from './notebook.ts'
import { findRequests } from './framework.ts'
import { hasCpuRoles, hasGpuRoles } from './gpu-roles.ts'
import { readGpuTarget } from './gpu-target.ts'
import { modelOf } from './model.ts'
import { readPlatforms } from './platforms.ts'
import { resolveServer, servesByItself } from './server.ts'
import { chooseSharedMemory } from './shared-memory.ts'

export interface OwnImage {
  /** Relative to the config. */
  readonly path: string
  readonly target: string | undefined
  /** Whom its containers run as by themselves; undefined for root, and where that is not known. */
  readonly user: string | undefined
  /** What it copies from the context, as it stands there. */
  readonly sources: readonly string[]
  /** Where it puts that, absolute in the image. */
  readonly targets: readonly string[]
  readonly text: string
}

/** Undefined where there is none, or where it cannot be read, which is reported. */
export function resolveOwnImage(config: Config, project: Project, sink: Sink): OwnImage | undefined {
  const { dockerfile, target, args } = config.build
  if (target !== undefined && dockerfile === undefined) {
    sink.report(builds.targetOfNothing({ target: target.value, isThere: project.kindOf('Dockerfile') === 'file' }, { at: target.span }))
  }
  if (dockerfile === undefined) return undefined
  reportUseless(config, sink)
  const text = readDockerfile(dockerfile, project, sink)
  if (text === undefined) return undefined
  reportMissingPackages(text, config, project, sink)
  const given = new Map(args.flatMap(({ name, value }) => [[name.value, (value && literalOf(value.value)) ?? ''] as const]))
  const file = parseDockerfile(text, given)
  const stage = findTarget(file, config, sink)
  if (stage === undefined) return undefined
  const chain = chainOf(stage, file)
  reportMissingPython(chain, target ?? dockerfile, sink)
  const user = lastOf(chain, 'USER')
  const isKnown = user !== undefined && /^[\w.-]+(?::[\w.-]+)?$/.test(user) && !/^(?:root|0)(?::|$)/.test(user)
  return { path: dockerfile.value, target: target?.value, user: isKnown ? user : undefined, sources: copiedFiles(file), targets: targetsOf(chain), text }
}

function readDockerfile({ value, span }: Located<string>, project: Project, sink: Sink): string | undefined {
  const kind = project.kindOf(value)
  if (kind === 'folder' && project.kindOf(posix.join(value, 'Dockerfile')) === 'file') {
    const inside = posix.join(value, 'Dockerfile')
    sink.report(builds.unusableDockerfile({ path: value, problem: 'folder', suggestion: inside }, { at: span, ...changeTo(inside, span) }))
    return undefined
  }
  const text = kind === 'file' ? project.read(value) : undefined
  if (text !== undefined) return text
  const usual = ['Dockerfile', './Dockerfile', 'docker/Dockerfile', posix.join(posix.dirname(value), 'Dockerfile')].filter((path) => path !== value && project.kindOf(path) === 'file')
  const suggestion = kind === 'missing' ? (suggest(value, usual) ?? usual[0]) : undefined
  sink.report(builds.unusableDockerfile({ path: value, problem: kind === 'missing' ? 'missing' : kind === 'file' ? 'binary' : 'folder', suggestion }, { at: span, ...changeTo(suggestion, span) }))
  return undefined
}

function findTarget(file: Dockerfile, { build }: Config, sink: Sink): Stage | undefined {
  const { dockerfile, target } = build
  if (dockerfile === undefined) return undefined
  const stage = findStage(file, target?.value)
  if (stage !== undefined) return stage
  if (target === undefined || file.stages.length === 0) sink.report(builds.unusableDockerfile({ path: dockerfile.value, problem: 'empty', suggestion: undefined }, { at: dockerfile.span }))
  else {
    const names = file.stages.flatMap(({ name }) => name ?? [])
    const suggestion = suggest(target.value, names)
    sink.report(builds.unknownStage({ target: target.value, dockerfile: dockerfile.value, suggestion, stages: names }, { at: target.span, ...changeTo(suggestion, target.span) }))
  }
  return undefined
}

/** Images of next to nothing. */
const WITHOUT_PYTHON: ReadonlySet<string> = new Set(['alpine', 'busybox', 'scratch'])

/** Of an image that is not known nothing is said, nor where some line may install it. */
function reportMissingPython(chain: readonly Stage[], { span }: Located<string>, sink: Sink): void {
  const image = parseImage(chain[0]?.base ?? '')
  const lacksPython = WITHOUT_PYTHON.has(image.name) || findImageFamily(image)?.lacksPython === true
  const mayInstall = chain.some(({ instructions }) => instructions.some(({ words }) => /python|conda|\buv\b|requirements|--from=/i.test(words)))
  if (lacksPython && !mayInstall) sink.report(builds.dockerfileWithoutPython({ image: image.name }, { at: span }))
}

/** JupyterLab for the notebook, a ready-made server, and the client of a tracking server. */
function reportMissingPackages(text: string, { roles, build: { dockerfile }, tracking: choice }: Config, project: Project, sink: Sink): void {
  if (dockerfile === undefined) return
  const mayHave = (name: RegExp) => mayInstall(name, text, project)
  const role = roles.find(({ name }) => name.value === NOTEBOOK)
  if (role !== undefined && role.command === undefined && !mayHave(/jupyter/i)) sink.report(notebook.dockerfileWithoutJupyter({ dockerfile: dockerfile.value }, { at: role.name.span }))
  for (const { server } of roles.filter(servesByItself)) {
    const facts = server && findModelServer(server.value)
    if (server !== undefined && facts?.kind === 'package' && !mayHave(new RegExp(facts.name, 'i'))) sink.report(servers.dockerfileWithoutServer({ server: facts.name, dockerfile: dockerfile.value }, { at: server.span }))
  }
  if (choice === undefined) return
  const { client: { distribution, containedIn = distribution } } = trackingFacts(choice.kind)
  if (!mayHave(new RegExp(containedIn, 'i'))) sink.report(tracking.dockerfileWithoutClient({ dockerfile: dockerfile.value, client: distribution }, { at: choice.span }))
}

/** A Dockerfile may install it by a file that it names, or have it from another image. */
function mayInstall(name: RegExp, text: string, project: Project): boolean {
  const named = [...text.matchAll(/[\w./-]+\.(?:txt|toml|lock|ya?ml)\b/g)].map(([path]) => project.read(posix.normalize(path.replace(/^\/+/, ''))) ?? '')
  const isOpen = /^FROM\s+(?:\S*\/)?(?!python\b|debian\b|ubuntu\b)\S+/im.test(text)
  return isOpen || [text, ...named].some((each) => name.test(each))
}

/** Keys that say what is in the images, with where it belongs instead. */
function reportUseless({ build, system, python, code, frameworks, roles }: Config, sink: Sink): void {
  const installed: readonly (readonly [key: string, span: Span | undefined, instead: string])[] = [
    ['build.from', build.from?.span, 'write it in FROM'],
    ['build.run', build.run[0]?.span, 'write the steps there'],
    ['build.ignore', build.ignore[0]?.span, 'write the patterns into the .dockerignore of the build context'],
    ['build.ca', build.ca?.span, 'copy the certificate there'],
    ['system', system[0]?.span, 'install them there'],
    ['python.packages', python.packages[0]?.span, 'install them there'],
    ['python.requirements', python.requirements?.[0]?.span, 'install them there'],
    ['python.constraints', python.constraints?.span, 'give them to pip there'],
    ['python.index', python.indexes[0]?.span, 'name it there'],
    ['python.installer', python.installer?.span, 'run it there'],
    ['notebook.packages', roles.find(({ name }) => name.value === NOTEBOOK)?.packages[0]?.span, 'install them there'],
  ]
  for (const [key, span, instead] of installed) if (span !== undefined) sink.report(builds.notInOwnImage({ key, instead }, { at: span }))
  const stated: readonly (readonly [key: string, span: Span | undefined])[] = [
    ['python', python.version?.span],
    ['code.install', code.install.value === 'auto' ? undefined : code.install.span],
    ['framework.extras', frameworks.flatMap(({ extras }) => extras)[0]?.span],
  ]
  for (const [key, span] of stated) if (span !== undefined) sink.report(builds.unreadForOwnImage({ key }, { at: span }))
}

/** The framework and the model say what is in the image; they decide about shared memory and how long a server may take to start. */
export function decideOwnImage(config: Config, project: Project, sink: Sink): Environments | undefined {
  const { dockerfile, target } = config.build
  const found = findRequests(config, [], sink)
  const gpuTarget = readGpuTarget(config.gpu, sink)
  const platforms = readPlatforms(config.build, sink)
  if (dockerfile === undefined || !found.isKnown) return undefined
  const model = modelOf(config)
  const environment: Environment = {
    pythonVersion: '',
    baseImage: dockerfile.value,
    baseImageReason: 'given by `build.dockerfile`',
    systemPackages: [],
    frameworks: [],
    packages: [],
    broughtBy: [],
    requirements: [],
    ofNotebook: NO_PACKAGES,
    constraints: [],
    variables: [],
    shmSize: chooseSharedMemory(found.requests, model, config),
    startPeriod: model.startPeriod,
    decisions: [
      { subject: 'image', value: target === undefined ? dockerfile.value : `${dockerfile.value}, stage ${target.value}`, because: 'given by `build.dockerfile`, and used as it is', spans: [dockerfile.span, ...(target === undefined ? [] : [target.span])] },
      ...found.requests.map(({ facts, span }) => ({ subject: 'framework', value: facts.title, because: 'taken to be in the image, into which nothing is installed', spans: [span] })),
    ],
  }
  return {
    cpu: hasCpuRoles(config) ? environment : undefined,
    gpu: gpuTarget !== undefined && hasGpuRoles(config) ? environment : undefined,
    target: gpuTarget,
    gpuBuild: { version: undefined, oldestDriver: undefined, kernels: [] },
    server: resolveServer({ config, project, found, pythons: undefined }, sink),
    projects: [],
    platforms,
  }
}
