/** `train`, `evaluate`, `serve` and the other roles: a command alone, or a mapping with keys of ours and of Compose's. */
import * as jobs from '../../diagnostics/catalogue/jobs.ts'
import * as servers from '../../diagnostics/catalogue/servers.ts'
import * as shape from '../../diagnostics/catalogue/shape.ts'
import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import type { Sink } from '../../diagnostics/sink.ts'
import type { Entry, MapTree, Tree } from '../../syntax/tree.ts'
import { parseCommand } from '../command.ts'
import { checkComposeKey, keepAccepted } from '../compose-keys.ts'
import type { ComposeKey, Requirement, Role, RoleKind } from '../config.ts'
import type { Located } from '../located.ts'
import { asMap, entriesOf, fieldOf, readFlag, readNumber, readTemplate, readText, readTexts, readVerbatim } from '../read.ts'
import { parseRequirements } from '../requirement.ts'
import { OWN_COMMAND, PREDEFINED_ROLES, ROLE_KEYS, TRACKING } from '../roles.ts'
import { normalizeOutputs, normalizeParams } from './data.ts'
import { normalizeSecrets, normalizeVariables } from './environment.ts'
import { normalizeResources } from './resources.ts'
import { normalizeSecondServers } from './second-server.ts'
import { normalizeTracking } from './tracking.ts'

/** All roles of a file: the predefined ones, then the user's jobs in their order. A tracking server that runs elsewhere is none. */
export function normalizeRoles(root: Tree, sink: Sink): readonly Role[] {
  const own = entriesOf(fieldOf(root, 'jobs')).filter((entry) => isFree(entry, sink)).map((entry) => normalizeRole(entry, 'job', sink))
  const predefined = PREDEFINED_ROLES.flatMap(({ name, kind }) => {
    const entry = entriesOf(root).find(({ key }) => key === name)
    return entry === undefined || isSwitchedOff(entry.value) || isElsewhere(entry) ? [] : [normalizeRole(entry, kind, sink)]
  })
  const roles = [...predefined, ...own]
  return [...roles, ...normalizeSecondServers(fieldOf(root, 'services'), roles, sink)]
}

/** Whether a job's name is not that of a role with a section of its own. */
function isFree({ key, keySpan }: Entry, sink: Sink): boolean {
  const isTaken = PREDEFINED_ROLES.some(({ name }) => name === key)
  if (isTaken) sink.report(jobs.jobNameTaken({ name: key }, { at: keySpan }))
  return !isTaken
}

function isElsewhere({ key, value }: Entry): boolean {
  return key === TRACKING && normalizeTracking(value)?.uri !== undefined
}

function isSwitchedOff(tree: Tree): boolean {
  return tree.kind === 'scalar' && tree.value === false
}

function normalizeRole(entry: Entry, kind: RoleKind, sink: Sink): Role {
  const map = asMap(entry.value)
  const name = entry.key
  const field = (key: string) => fieldOf(map, key)
  const text = (key: string) => readText(field(key), `${name}.${key}`, sink)
  const commandTree = map !== undefined ? field('command') : name === TRACKING ? undefined : entry.value
  if (map !== undefined && SERVING_ROLES.has(name)) checkServer(entry, map, sink)
  const datasets = field('datasets')
  return {
    name: { value: name, span: entry.keySpan },
    kind,
    span: entry.value.span,
    of: undefined,
    command: commandTree && parseCommand(commandTree, sink),
    datasets: datasets && readTexts(datasets, `${name}.datasets`, sink),
    environment: normalizeVariables(field('environment'), sink),
    secrets: normalizeSecrets(field('secrets'), sink, name),
    resources: normalizeResources(field('resources'), sink),
    outputs: normalizeOutputs(field('outputs'), sink),
    params: normalizeParams(field('params'), sink),
    rerun: readVerbatim(field('rerun')) as Role['rerun'],
    nodes: readNumber(field('nodes')),
    processesPerNode: readNumber(field('processes_per_node')) ?? (readVerbatim(field('processes_per_node')) as Located<'gpu'> | undefined),
    metrics: text('metrics'),
    require: normalizeRequire(field('require'), sink),
    port: readNumber(field('port')),
    ports: field('ports'),
    health: readHealth(field('health'), name, sink),
    replicas: readNumber(field('replicas')),
    server: readVerbatim(field('server')),
    token: readTemplate(field('token'), sink),
    packages: readTexts(field('packages'), `${name}.packages`, sink),
    trackingKind: name === TRACKING ? normalizeTracking(entry.value)?.kind : undefined,
    compose: composeKeysOf(map, kind, sink),
  }
}

/** Roles that the schema lets do without a command, since a ready-made server may take its place. */
const SERVING_ROLES: ReadonlySet<string> = new Set(['serve'])

/** One of the two answers requests: the user's command, or a ready-made server. */
function checkServer({ key, keySpan }: Entry, map: MapTree, sink: Sink): void {
  const [command, server] = ['command', 'server'].map((name) => map.entries.find((each) => each.key === name))
  if (command === undefined && server === undefined) sink.report(shape.missingKey({ key: 'command', parent: key, example: `${key}.py, or: server: auto` }, { at: keySpan }))
  const asked = server && readVerbatim(server.value)
  if (server === undefined || asked === undefined) return
  if (asked.value === OWN_COMMAND && command === undefined) sink.report(servers.serverWithoutCommand({}, { at: asked.span }))
  if (asked.value !== OWN_COMMAND && command !== undefined) {
    sink.report(servers.commandBesideServer({ server: asked.value }, { at: command.keySpan, related: [{ span: asked.span, message: 'the ready-made server' }] }))
  }
}

function normalizeRequire(tree: Tree | undefined, sink: Sink): readonly Requirement[] {
  return entriesOf(tree).flatMap(({ key, keySpan, value }) => parseRequirements({ value: key, span: keySpan }, value, sink))
}

function readHealth(tree: Tree | undefined, role: string, sink: Sink): Located<string | false> | undefined {
  const flag = readFlag(tree)
  return flag?.value === false ? { value: false, span: flag.span } : readText(tree, `${role}.health`, sink)
}

/** Compose's own keys on a role. What mlstack uses itself or refuses is said and left out; what weakens is said and kept. */
function composeKeysOf(map: Tree | undefined, kind: RoleKind, sink: Sink): readonly ComposeKey[] {
  return entriesOf(map).flatMap((entry) => {
    if (ROLE_KEYS.has(entry.key) || entry.key.startsWith('x-')) return []
    return keepAccepted(entry, [...checkComposeKey(entry), ...(kind === 'job' ? checkRestart(entry) : [])], sink)
  })
}

/** A job that has ended is to stay so. */
function checkRestart({ key, value }: Entry): readonly Diagnostic[] {
  const isEndless = key === 'restart' && value.kind === 'scalar' && ENDLESS.has(value.text)
  return isEndless ? [jobs.restartedJob({ restart: value.text }, { at: value.span })] : []
}

const ENDLESS: ReadonlySet<string> = new Set(['always', 'unless-stopped'])
