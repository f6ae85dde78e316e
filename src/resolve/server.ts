/** Which ready-made server serves the model: the one that is asked for, or the one that suits the framework, the Python and the model. */
import type { Config, Role } from '../config/config.ts'
import type { Located } from '../config/located.ts'
import { OWN_COMMAND } from '../config/roles.ts'
import { literalOf } from '../config/template.ts'
import * as servers from '../diagnostics/catalogue/servers.ts'
import * as vendor from '../diagnostics/catalogue/vendor.ts'
import { changeTo, type Label, type Span } from '../diagnostics/diagnostic.ts'
import type { Sink } from '../diagnostics/sink.ts'
import { findFramework, PLAIN_PYTHON } from '../facts/frameworks.ts'
import { AUTO, findModelServer, MODEL_SERVERS_SOURCE, serversFor, type ModelServer, type ServerRuntime } from '../facts/model-servers.ts'
import { findServerImage } from '../facts/server-images.ts'
import type { Project } from '../project/project.ts'
import type { BroughtPackage, BringInput } from './brought.ts'
import type { Decision } from './decision.ts'
import type { FrameworkRequest, Requests } from './framework.ts'
import { findArtifact, type FoundArtifact } from './model-artifact.ts'
import { compareVersions } from './specifier.ts'

export interface ResolvedServer {
  readonly facts: ModelServer
  /** Of the frameworks of the config, in their order; the first that finds its model serves it. */
  readonly runtimes: readonly ServerRuntime[]
  readonly decision: Decision
  /** Others that suit the framework. */
  readonly alternatives: readonly ModelServer[]
  /** Where the config asks for it. */
  readonly span: Span
}

export interface ServerInput {
  readonly config: Config
  readonly project: Project
  readonly found: Requests
  /** The Pythons `X.Y` that the images can have; undefined where nobody knows. */
  readonly pythons: readonly string[] | undefined
}

interface Matter extends ServerInput {
  readonly artifact: FoundArtifact | undefined
  /** The value of `server`. */
  readonly span: Span
}

/** Undefined where nothing is served, or by a command of the user's. */
export function resolveServer(input: ServerInput, sink: Sink): ResolvedServer | undefined {
  const role = input.config.roles.find(servesByItself)
  for (const each of input.config.roles) checkCommand(each, sink)
  if (role?.server === undefined) return undefined
  const { value, span } = role.server
  if (!hasModel(input.config, role)) sink.report(servers.nothingToServe({}, { at: span }))
  const matter = { ...input, artifact: findArtifact(input.config, input.project), span }
  const server = value === AUTO ? chooseServer(matter, sink) : takeServer(findModelServer(value), matter, sink)
  if (server !== undefined && role.port !== undefined) checkPort(server.facts, role.port, sink)
  return server
}

/** A ready-made server by its name alone would be a command. */
function checkCommand({ kind, server, command }: Role, sink: Sink): void {
  if (kind !== 'service' || server !== undefined || command?.kind !== 'words' || command.words.length !== 1) return
  const name = command.words.map(({ value }) => literalOf(value)).join('')
  if (name === AUTO || findModelServer(name) !== undefined) sink.report(servers.serverAsCommand({ server: name }, { at: command.span }))
}

/** Jobs make it, or it is named, or kept in a place of the user's. */
function hasModel({ roles, model, outputs, build }: Config, { compose }: Role): boolean {
  const isKept = outputs.some(({ name }) => name?.value === 'model') || compose.some(({ name }) => name.value === 'volumes')
  return roles.some(({ kind }) => kind === 'job') || model.source !== undefined || isKept || build.dockerfile !== undefined
}

/** Beside the port of requests, a server has others of its own. */
function checkPort({ title, ports }: ModelServer, { value, span }: Located<number>, sink: Sink): void {
  const taken = ports.find(({ port }) => port === value)
  if (taken !== undefined) sink.report(servers.portOfServer({ server: title, port: value, use: taken.name }, { at: span }))
}

/** Whether a role runs a ready-made server: it names one, and has no command of its own. */
export function servesByItself({ server, command }: Pick<Role, 'server' | 'command'>): boolean {
  return server !== undefined && server.value !== OWN_COMMAND && command === undefined
}

/** Whether a role runs in an image that is built, and not in that of its server's makers. */
export function runsInBuiltImage(role: Pick<Role, 'server' | 'command'>, server: ResolvedServer | undefined): boolean {
  return server?.facts.kind !== 'image' || !servesByItself(role)
}

/** The server that the config names, if it can load such a model. */
function takeServer(facts: ModelServer | undefined, matter: Matter, sink: Sink): ResolvedServer | undefined {
  if (facts === undefined) return undefined
  const { found: { requests, isKnown }, artifact, span } = matter
  const runtimes = runtimesOf(facts, requests)
  const takes = runtimes.map(describeRuntime).join('; ')
  if (artifact !== undefined && artifact.server !== facts.name) {
    sink.report(servers.notForModel({ server: facts.title, what: artifact.what, instead: findModelServer(artifact.server)?.name }, { at: span, related: [{ span: artifact.span, message: 'the model' }], ...changeTo(findModelServer(artifact.server)?.name, span) }))
    return undefined
  }
  const refused = runtimes.length > 0 ? undefined : findServerImage(facts.name)?.refused.find(({ framework }) => requests.some((request) => request.facts.name === framework))
  if (refused !== undefined) {
    sink.report(vendor.frameworkRefused(refused, { at: span, related: requests.map(labelOf), ...changeTo(refused.instead, span) }))
    return undefined
  }
  // Of plain Python only the files tell what a model is, which the makers' image knows.
  const isOfFiles = facts.kind === 'image' && requests.length === 0
  if (runtimes.length === 0 && facts.loads === undefined && !isOfFiles) {
    if (isKnown) sink.report(servers.notForFramework({ server: facts.title, frameworks: requests.map((request) => request.facts.title), served: facts.runtimes.map(({ framework }) => titleOf(framework)) }, { at: span, related: requests.map(labelOf) }))
    return undefined
  }
  return makeServer(facts, { because: 'given by `server`', spans: [], fact: takes === '' ? describeGeneral(facts) : takes }, matter)
}

/** What the model is known to be decides before the framework does, and among several the first that runs on the Python. */
function chooseServer(matter: Matter, sink: Sink): ResolvedServer | undefined {
  const { artifact, found: { requests, isKnown }, pythons, span } = matter
  const ofModel = artifact && findModelServer(artifact.server)
  if (artifact !== undefined && ofModel !== undefined) return makeServer(ofModel, { because: `the one for ${artifact.what}`, spans: [artifact.span], fact: describeGeneral(ofModel) }, matter)
  // What suits a framework that is misspelt would only follow from that.
  if (!isKnown) return undefined
  const [leader] = requests
  const framework = leader?.facts.name ?? PLAIN_PYTHON
  const candidates = serversFor(framework)
  const facts = candidates.find((each) => runsOnAny(each, pythons)) ?? candidates[0]
  if (facts === undefined) return undefined
  const better = candidates.slice(0, candidates.indexOf(facts))
  const because = `the one for ${titleOf(framework)}${better.map((each) => `; ${each.title} does not run on Python ${pythons?.join(', ') ?? ''}`).join('')}`
  const runtimes = runtimesOf(facts, requests)
  if (runtimes.length === 0 && facts.loads !== undefined) sink.report(servers.servedByMlflow({ server: facts.title, framework: titleOf(framework), better: better[0] && { title: better[0].title, python: better[0].pythons?.at(-1) ?? '' } }, { at: span }))
  return makeServer(facts, { because, spans: leader === undefined ? [] : [leader.span], fact: runtimes.length === 0 ? describeGeneral(facts) : runtimes.map(describeRuntime).join('; ') }, matter)
}

interface Reason {
  readonly because: string
  readonly spans: readonly Span[]
  readonly fact: string
}

function makeServer(facts: ModelServer, { because, spans, fact }: Reason, { found: { requests }, span }: Matter): ResolvedServer {
  const decision = { subject: 'server', value: facts.title, because, spans: [span, ...spans], fact: { text: `${facts.title} serves ${fact}`, source: facts.source ?? MODEL_SERVERS_SOURCE } }
  const alternatives = serversFor(requests[0]?.facts.name ?? PLAIN_PYTHON).filter((each) => each !== facts)
  return { facts, runtimes: runtimesOf(facts, requests), decision, alternatives, span }
}

function runtimesOf({ runtimes }: ModelServer, requests: readonly FrameworkRequest[]): readonly ServerRuntime[] {
  return requests.flatMap(({ facts: { name } }) => runtimes.find(({ framework }) => framework === name) ?? [])
}

function describeRuntime({ framework, files }: ServerRuntime): string {
  return `${titleOf(framework)} from ${files.map((file) => file.replace(',', ' with ')).join(', ')}`
}

function describeGeneral({ title, loads, runtimes }: ModelServer): string {
  if (loads === undefined) return runtimes.map(describeRuntime).join('; ')
  return `what ${title.split(' ')[0] ?? title} has saved of any framework, with its ${loads}`
}

function labelOf({ span }: FrameworkRequest): Label {
  return { span, message: 'what is to be served' }
}

function titleOf(framework: string): string {
  return findFramework(framework)?.title ?? (framework === PLAIN_PYTHON ? 'plain Python' : framework)
}

function runsOnAny({ pythons }: ModelServer, possible: readonly string[] | undefined): boolean {
  return pythons === undefined || possible === undefined || pythons.some((python) => possible.includes(python))
}

/** Whether a server runs on a Python; what comes as an image brings its own. */
export function runsOn(server: ResolvedServer | undefined, python: string): boolean {
  return server?.facts.pythons?.includes(python) ?? true
}

/** Reports a Python that the server does not run on; `place` is where the Python stands, if it is the user's. */
export function checkServerPython(server: ResolvedServer | undefined, { python, place }: { readonly python: string; readonly place: Span | undefined }, sink: Sink): void {
  if (server === undefined || runsOn(server, python)) return
  const pythons = server.facts.pythons ?? []
  const nearest = pythons.findLast((each) => compareVersions(each, python) <= 0) ?? pythons[0] ?? python
  const other = server.alternatives.find((each) => runsOnAny(each, [python]))?.name
  const words = { server: server.facts.title, python, oldest: pythons[0] ?? '', newest: pythons.at(-1) ?? '', other }
  if (place === undefined) return sink.report(servers.notForPython({ ...words, nearest: undefined }, { at: server.span, ...changeTo(other, server.span) }))
  sink.report(servers.notForPython({ ...words, nearest }, { at: place, related: [{ span: server.span, message: 'the server that is asked for' }], ...changeTo(`"${nearest}"`, place, `use Python ${nearest}`) }))
}

/** What a server that is a package, and its runtimes, are installed by: into the environment that the model was trained in. */
export function packagesOfServer({ server }: BringInput): readonly BroughtPackage[] {
  if (server === undefined) return []
  const because = `${server.facts.title} serves the model`
  return [...(server.facts.packages ?? []), ...server.runtimes.flatMap(({ packages }) => packages)].map((requirement) => ({ requirement, broughtBy: 'serve', because, spans: [server.span], fact: server.decision.fact }))
}
