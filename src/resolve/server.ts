/** Which ready-made server serves the model, for the frameworks and the Python of the config. */
import type { Config, Role } from '../config/config.ts'
import * as servers from '../diagnostics/catalogue/servers.ts'
import { changeTo, type Span } from '../diagnostics/diagnostic.ts'
import type { Sink } from '../diagnostics/sink.ts'
import { findFramework } from '../facts/frameworks.ts'
import { findModelServer, MODEL_SERVERS_SOURCE, OWN_COMMAND, type ModelServer, type ServerRuntime } from '../facts/model-servers.ts'
import type { BroughtPackage, BringInput } from './brought.ts'
import type { Decision } from './decision.ts'
import type { Requests } from './framework.ts'
import { compareVersions } from './specifier.ts'

export interface ResolvedServer {
  readonly facts: ModelServer
  /** Of the frameworks of the config, in their order; the first that finds its model serves it. */
  readonly runtimes: readonly ServerRuntime[]
  readonly decision: Decision
  /** Where the config asks for it. */
  readonly span: Span
}

/** Undefined where nothing is served, or by a command of the user's. */
export function resolveServer(config: Pick<Config, 'roles'>, { requests, isKnown }: Requests, sink: Sink): ResolvedServer | undefined {
  const asked = config.roles.find(servesByItself)?.server
  const facts = asked && findModelServer(asked.value)
  if (asked === undefined || facts === undefined) return undefined
  const runtimes = requests.flatMap(({ facts: { name } }) => facts.runtimes.find(({ framework }) => framework === name) ?? [])
  if (runtimes.length === 0 && isKnown) {
    const titles = requests.map((request) => request.facts.title)
    sink.report(servers.notForFramework({ server: facts.title, frameworks: titles, served: facts.runtimes.map(({ framework }) => titleOf(framework)) }, { at: asked.span, related: requests.map(({ span }) => ({ span, message: 'what is to be served' })) }))
    return undefined
  }
  const decision = { subject: 'server', value: facts.title, because: 'given by `server`', spans: [asked.span], fact: { text: `${facts.title} serves ${runtimes.map(({ framework, files }) => `${titleOf(framework)} from ${files.join(', ')}`).join('; ')}`, source: MODEL_SERVERS_SOURCE } }
  return { facts, runtimes, decision, span: asked.span }
}

function titleOf(framework: string): string {
  return findFramework(framework)?.title ?? framework
}

/** Whether a role runs a ready-made server: it names one, and has no command of its own. */
export function servesByItself({ server, command }: Pick<Role, 'server' | 'command'>): boolean {
  return server !== undefined && server.value !== OWN_COMMAND && command === undefined
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
  const words = { server: server.facts.title, python, oldest: pythons[0] ?? '', newest: pythons.at(-1) ?? '', nearest }
  if (place === undefined) return sink.report(servers.notForPython(words, { at: server.span }))
  sink.report(servers.notForPython(words, { at: place, related: [{ span: server.span, message: 'the server that is asked for' }], ...changeTo(`"${nearest}"`, place, `use Python ${nearest}`) }))
}

/** What a server that is a package, and its runtimes, are installed by: into the environment that the model was trained in. */
export function packagesOfServer({ server }: BringInput): readonly BroughtPackage[] {
  if (server === undefined) return []
  const because = `${server.facts.title} serves the model`
  return [...(server.facts.packages ?? []), ...server.runtimes.flatMap(({ packages }) => packages)].map((requirement) => ({ requirement, because, spans: [server.span], fact: server.decision.fact }))
}
