/** What Compose refuses though its schema accepts it: values it cannot read, and keys that exclude each other. Each rule is a row. */
import type { Config } from '../../config/config.ts'
import { parseByteSize } from '../../config/byte-size.ts'
import * as shape from '../../diagnostics/catalogue/shape.ts'
import type { Sink } from '../../diagnostics/sink.ts'
import { entryOf, type Entry, type Tree } from '../../syntax/tree.ts'
import { serviceTrees } from './compose-trees.ts'

export function verifyComposeRules(config: Config, sink: Sink): void {
  for (const { name, tree, isRole } of serviceTrees(config)) {
    const place = isRole ? name : `services.${name}`
    for (const row of FORMATS) verifyFormat(row, tree, place, sink)
    for (const pair of EXCLUDING) verifyPair(pair, tree, place, sink)
  }
  for (const section of ['volumes', 'networks', 'configs'] as const) {
    for (const { name, value } of config[section]) verifyExternal(value, `${section}.${name.value}`, sink)
  }
  for (const { name, value } of config.configs) verifySource(value, name, sink)
}

interface Format {
  /** Steps from the service; `*` stands for any name or item. */
  readonly path: readonly string[]
  readonly isRight: (text: string) => boolean
  readonly expects: string
}

const isDuration = (text: string) => /^(?:\d+(?:\.\d*)?(?:ns|us|µs|ms|s|m|h))+$/.test(text)
const isBytes = (text: string) => parseByteSize(text) !== undefined || /^-?\d+$/.test(text)
const isNumber = (text: string) => text.trim() !== '' && Number.isFinite(Number(text))
const PORT = /^(?:(?:(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-fA-F:]*\]):)?(?:\d{1,5}(?:-\d{1,5})?)?:)?\d{1,5}(?:-\d{1,5})?(?:\/(?:tcp|udp|sctp))?$/

const DURATION = { isRight: isDuration, expects: 'a number with its unit, such as 30s or 1m30s' }
const BYTES = { isRight: isBytes, expects: 'an amount such as 512m or 2g' }
const COUNT = { isRight: isNumber, expects: 'a number' }

const FORMATS: readonly Format[] = [
  ...['interval', 'timeout', 'start_period', 'start_interval'].map((key) => ({ path: ['healthcheck', key], ...DURATION })),
  { path: ['stop_grace_period'], ...DURATION },
  ...['mem_limit', 'mem_reservation', 'memswap_limit', 'shm_size'].map((key) => ({ path: [key], ...BYTES })),
  { path: ['deploy', 'resources', '*', 'memory'], ...BYTES },
  { path: ['deploy', 'replicas'], ...COUNT },
  { path: ['ports', '*'], isRight: (text) => PORT.test(text), expects: 'ports such as 8080:80, 127.0.0.1:8080:80 or 8080-8082:80-82/tcp' },
]

/** What holds a reference is only known at `up`. */
function verifyFormat({ path, isRight, expects }: Format, tree: Tree, place: string, sink: Sink): void {
  for (const { tree: found, name } of findAt(tree, path, place)) {
    if (found.kind !== 'scalar' || found.value === null || found.text.includes('$') || isRight(found.text)) continue
    sink.report(shape.badFormat({ name, found: found.text, expects }, { at: found.span }))
  }
}

interface Found {
  readonly tree: Tree
  readonly name: string
}

function findAt(tree: Tree, path: readonly string[], name: string): readonly Found[] {
  const [step, ...rest] = path
  if (step === undefined) return [{ tree, name }]
  if (tree.kind === 'list' && step === '*') return tree.items.flatMap((item, index) => findAt(item, rest, `${name}[${String(index)}]`))
  const entries = tree.kind === 'map' ? tree.entries.filter(({ key }) => step === '*' || key === step) : []
  return entries.flatMap(({ key, value }) => findAt(value, rest, `${name}.${key}`))
}

/** Pairs of paths of which a service may have one, or both with the same value. */
interface Excluding {
  readonly one: readonly string[]
  readonly other: readonly string[]
  readonly isSameFine?: true
}

const EXCLUDING: readonly Excluding[] = [
  { one: ['network_mode'], other: ['networks'] },
  { one: ['build', 'dockerfile'], other: ['build', 'dockerfile_inline'] },
  { one: ['scale'], other: ['deploy', 'replicas'], isSameFine: true },
  { one: ['container_name'], other: ['scale'] },
  { one: ['container_name'], other: ['deploy', 'replicas'] },
  { one: ['cpus'], other: ['deploy', 'resources', 'limits', 'cpus'], isSameFine: true },
  { one: ['mem_limit'], other: ['deploy', 'resources', 'limits', 'memory'], isSameFine: true },
  { one: ['mem_reservation'], other: ['deploy', 'resources', 'reservations', 'memory'], isSameFine: true },
  { one: ['pids_limit'], other: ['deploy', 'resources', 'limits', 'pids'], isSameFine: true },
]

function verifyPair({ one, other, isSameFine }: Excluding, tree: Tree, place: string, sink: Sink): void {
  const [first, second] = [entryAt(tree, one), entryAt(tree, other)]
  if (first === undefined || second === undefined || [first, second].some(({ value }) => value.kind === 'unknown' || (!isSameFine && isOne(value)))) return
  if (isSameFine && first.value.kind === 'scalar' && second.value.kind === 'scalar' && first.value.text === second.value.text) return
  const [earlier, later] = first.keySpan.start < second.keySpan.start ? [one, other] : [other, one]
  const related = [{ span: (later === other ? first : second).keySpan, message: 'it stands here first' }]
  sink.report(shape.excludingKeys({ key: later.join('.'), other: earlier.join('.'), parent: place }, { at: (later === other ? second : first).keySpan, related }))
}

/** One container may have a name of its own. */
function isOne(tree: Tree): boolean {
  return tree.kind === 'scalar' && tree.text === '1'
}

function entryAt(tree: Tree, [step = '', ...rest]: readonly string[]): Entry | undefined {
  const entry = entryOf(tree, step)
  return entry === undefined || rest.length === 0 ? entry : entryAt(entry.value, rest)
}

/** What is made elsewhere has no settings here but its name. */
function verifyExternal(tree: Tree, place: string, sink: Sink): void {
  const external = entryOf(tree, 'external')
  const isExternal = external?.value.kind === 'map' || (external?.value.kind === 'scalar' && external.value.value === true)
  const others = tree.kind === 'map' && isExternal ? tree.entries.filter(({ key }) => !['external', 'name'].includes(key) && !key.startsWith('x-')) : []
  for (const { key, keySpan } of others) sink.report(shape.excludingKeys({ key, other: 'external', parent: place }, { at: keySpan }))
}

const SOURCES = ['file', 'environment', 'content', 'external'] as const

/** A config has its text from exactly one place. */
function verifySource(tree: Tree, name: { readonly value: string; readonly span: Entry['keySpan'] }, sink: Sink): void {
  const given = SOURCES.flatMap((key) => entryOf(tree, key) ?? [])
  const parent = `configs.${name.value}`
  if (given.length === 0 && tree.kind === 'map') sink.report(shape.missingKey({ key: 'file', parent, example: './settings.json' }, { at: name.span }))
  const [first, ...more] = given.filter(({ key }) => key !== 'external')
  for (const { key, keySpan } of more) sink.report(shape.excludingKeys({ key, other: first?.key ?? '', parent }, { at: keySpan }))
}
