/** Where the server of `serve` listens: reachable, at the port that is published, and not in development mode. */
import type { Command } from '../../config/command.ts'
import type { Role } from '../../config/config.ts'
import type { Located } from '../../config/located.ts'
import * as advice from '../../diagnostics/catalogue/advice.ts'
import { changeTo, type Span } from '../../diagnostics/diagnostic.ts'
import type { Sink } from '../../diagnostics/sink.ts'
import { findServer, HOST_OPTIONS, PORT_OPTIONS, SERVE_PORT, type ServerFacts } from '../../facts/servers.ts'
import type { AdviceContext } from './context.ts'
import { removeWord } from './edits.ts'
import { findOption, findWord, invocationsOf, type Invocation } from './words.ts'

const LOCAL = /^(localhost|127\.0\.0\.\d+|\[?::1\]?)(?::(\d+))?$/
const ADDRESS = /:(\d+)$/

interface Listening {
  readonly invocation: Invocation
  /** Undefined for a script of the user's. */
  readonly server: ServerFacts | undefined
  /** Whether a variable of this name may say where to listen. */
  readonly isTold: (variable: string | undefined) => boolean
}

export function adviseOnServers({ config }: AdviceContext, sink: Sink): void {
  const role = config.roles.find(({ name }) => name.value === 'serve')
  if (role?.command === undefined) return
  const hasFile = role.compose.some(({ name }) => name.value === 'env_file')
  const isTold = (variable: string | undefined) => variable !== undefined && (hasFile || [...config.environment, ...role.environment].some(({ name }) => name.value === variable))
  const all = invocationsOf(role.command).map((invocation) => ({ invocation, server: findServer(invocation.program, invocation.words.map(({ value }) => value)), isTold }))
  for (const listening of all) {
    checkAddress(listening, sink)
    checkReload(listening, role.command, sink)
  }
  // Of several servers one may well be behind another.
  const [only, ...others] = all.filter(({ server, invocation }) => server !== undefined || findOption(invocation, optionsOf(invocation, PORT_OPTIONS)) !== undefined)
  if (only !== undefined && others.length === 0 && !isPublishedOtherwise(role)) checkPort(only, role, sink)
}

/** Of a program that is neither known nor a script, options may mean anything. */
function optionsOf({ program }: Invocation, options: readonly string[]): readonly string[] {
  return /^python3?$|\.py$/.test(program) ? options : []
}

/** Who says both what is published and what is asked for health needs no port of ours. */
function isPublishedOtherwise({ ports, compose }: Role): boolean {
  return ports !== undefined && compose.some(({ name }) => name.value === 'healthcheck')
}

function checkAddress({ invocation, server, isTold }: Listening, sink: Sink): void {
  const names = server?.host ?? optionsOf(invocation, HOST_OPTIONS)
  const given = findOption(invocation, names)
  const [option = ''] = names
  if (given === undefined) {
    const isElsewhere = server?.socket !== undefined && findOption(invocation, server.socket) !== undefined
    if (server?.isLocal !== true || isTold(server.hostVariable) || isElsewhere) return
    const words = { program: invocation.program, address: '127.0.0.1', isDefault: true, option }
    sink.report(advice.localAddress(words, { at: invocation.span, ...append(invocation, server, `${option} 0.0.0.0`) }))
    return
  }
  const [, address, port] = LOCAL.exec(given.value) ?? []
  if (address === undefined) return
  const open = port === undefined ? '0.0.0.0' : `0.0.0.0:${port}`
  const isAsWritten = textAt(given.span) === given.value
  const fix = isAsWritten ? changeTo(open, given.span, `listen on ${open}`) : {}
  sink.report(advice.localAddress({ program: invocation.program, address, isDefault: false, option }, { at: given.span, ...fix }))
}

function checkReload({ invocation, server }: Listening, command: Command, sink: Sink): void {
  const given = server && findWord(invocation, server.reload)
  if (given === undefined) return
  const fix = given.value.startsWith('--') ? removeWord(given.span, command) : {}
  sink.report(advice.reloadingServer({ option: given.value }, { at: given.span, ...fix }))
}

function checkPort({ invocation, server, isTold }: Listening, role: Role, sink: Sink): void {
  const port = role.port?.value ?? SERVE_PORT
  const names = server?.port ?? optionsOf(invocation, PORT_OPTIONS)
  const given = findOption(invocation, names) ?? portOfAddress(invocation, server)
  const related = role.port === undefined ? [] : [{ span: role.port.span, message: 'this port is published' }]
  const words = { program: invocation.program, port, option: names[0] }
  if (given !== undefined) {
    if (!/^\d+$/.test(given.value) || Number(given.value) === port) return
    const fix = textAt(given.span) === given.value ? changeTo(String(port), given.span, `listen at ${port}`) : {}
    sink.report(advice.otherPort({ ...words, listens: given.value, isDefault: false }, { at: given.span, related, ...fix }))
    return
  }
  const isElsewhere = server?.socket !== undefined && findOption(invocation, server.socket) !== undefined
  if (server?.defaultPort === undefined || server.defaultPort === port || isTold(server.portVariable) || isElsewhere) return
  const place = { at: invocation.span, related, ...append(invocation, server, `${names[0]} ${port}`) }
  sink.report(advice.otherPort({ ...words, listens: String(server.defaultPort), isDefault: true }, place))
}

/** The port of `--bind 0.0.0.0:8000`. */
function portOfAddress(invocation: Invocation, server: ServerFacts | undefined): Located<string> | undefined {
  const given = findOption(invocation, server?.host ?? optionsOf(invocation, HOST_OPTIONS))
  const [, port] = (given && ADDRESS.exec(given.value)) ?? []
  if (given === undefined || port === undefined) return undefined
  const isAsWritten = textAt(given.span) === given.value
  return { value: port, span: isAsWritten ? { ...given.span, start: given.span.end - port.length } : given.span }
}

/** Puts options behind the program, or behind the word that makes it a server. Items of a list are left to the user. */
function append(invocation: Invocation, { command, program }: ServerFacts, options: string) {
  const after = command === undefined ? invocation : invocation.words.find(({ value }) => value === command)
  const name = command ?? program
  if (after === undefined || !isInLine(after.span) || !textAt(after.span).endsWith(name)) return {}
  return changeTo(` ${options}`, { ...after.span, start: after.span.end }, `add ${options}`)
}

/** Whether a word stands in a text rather than alone in an item of a list. */
function isInLine({ source, end }: Span): boolean {
  return /[ \t]/.test(source.text[end] ?? '')
}

function textAt({ source, start, end }: Span): string {
  return source.text.slice(start, end)
}
