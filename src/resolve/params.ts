/** Reads the parameters of each role: the whole file's, then its own, each a file of the user's with values over it. */
import type { Config, Params, Role } from '../config/config.ts'
import type { Located } from '../config/located.ts'
import { NOTEBOOK } from '../config/roles.ts'
import { literalOf, parseTemplate } from '../config/template.ts'
import * as jobs from '../diagnostics/catalogue/jobs.ts'
import * as shape from '../diagnostics/catalogue/shape.ts'
import type { Span } from '../diagnostics/diagnostic.ts'
import type { Sink } from '../diagnostics/sink.ts'
import type { Project } from '../project/project.ts'
import { parseToml } from '../project/toml.ts'
import { parseYaml } from '../syntax/parse.ts'
import { createSource } from '../syntax/source.ts'
import { entryOf, type Entry, type MapTree, type ScalarTree, type Tree } from '../syntax/tree.ts'
import { reportToml } from './report-toml.ts'

/** The parameters of one role. */
export interface RoleParams {
  /** As one JSON object, with numbers as they were written. */
  readonly json: string
  readonly variables: readonly (readonly [name: string, value: string])[]
  /** Where each value stands that is no mapping, by its path such as `optimizer.lr`. */
  readonly places: readonly ParamPlace[]
}

export interface ParamPlace {
  readonly name: string
  readonly value: string
  readonly span: Span
}

/** By role; those without any are not in it. */
export type ParamsByRole = ReadonlyMap<string, RoleParams>

export function resolveParams(config: Config, project: Project, sink: Sink): ParamsByRole {
  const common = readParams(config.params, project, sink)
  const known = new Map<string, RoleParams | undefined>()
  return new Map(
    config.roles.flatMap((role) => {
      if (!takesParams(role) || (config.params === undefined && role.params === undefined)) return []
      const tree = merge(common, readParams(role.params, project, sink))
      // What is wrong with what all roles share is said once.
      const key = role.params === undefined ? '' : role.name.value
      const params = known.has(key) ? known.get(key) : planParams(tree, sink)
      known.set(key, params)
      return params === undefined ? [] : [[role.name.value, params] as const]
    }),
  )
}

/** Every job, and the notebook as one; a service only where it says so, since a server that starts anew on each change of a learning rate is of no use. */
function takesParams({ kind, name, params }: Role): boolean {
  return kind === 'job' || name.value === NOTEBOOK || params !== undefined
}

function readParams(params: Params | undefined, project: Project, sink: Sink): MapTree | undefined {
  if (params === undefined) return undefined
  if (params.file === undefined) adviseFile(params.values, project, sink)
  const file = params.file && readFile(params.file, project, sink)
  return merge(file, params.values?.kind === 'map' ? (settle(params.values, sink) as MapTree) : undefined)
}

/** A file beside parameters would be one of them. */
function adviseFile(values: Tree | undefined, project: Project, sink: Sink): void {
  const entry = entryOf(values, 'file')
  if (values?.kind !== 'map' || entry?.value.kind !== 'scalar' || typeof entry.value.value !== 'string' || project.kindOf(entry.value.value) !== 'file') return
  const others = values.entries.filter((each) => each !== entry).map(({ key, value }) => `${key}: ${value.kind === 'scalar' ? value.text : '…'}`)
  sink.report(jobs.fileBesideParams({ file: entry.value.value, others: others.join(', ') }, { at: entry.keySpan }))
}

/** Values in the config are texts of our language: `$$` is a dollar, and a reference an error. */
function settle(tree: Tree, sink: Sink): Tree {
  if (tree.kind === 'list') return { ...tree, items: tree.items.map((item) => settle(item, sink)) }
  if (tree.kind === 'map') return { ...tree, entries: tree.entries.map((entry) => ({ ...entry, value: settle(entry.value, sink) })) }
  if (tree.kind === 'unknown' || typeof tree.value !== 'string') return tree
  const template = parseTemplate(tree.value)
  const text = 'error' in template ? undefined : literalOf(template)
  if (text !== undefined) return { ...tree, value: text, text }
  const reference = 'error' in template ? tree.value : (template.find((piece) => typeof piece === 'object')?.text ?? tree.value)
  sink.report(shape.referenceNotAllowed({ reference, name: 'params' }, { at: tree.span }))
  return { kind: 'unknown', span: tree.span }
}

const FORMATS: Readonly<Record<string, (name: string, text: string, sink: Sink) => Tree | undefined>> = {
  toml: readToml,
  // A tab between the tokens of JSON is a space to YAML; within them it cannot be.
  json: (name, text, sink) => parseYaml(createSource(name, text.replaceAll('\t', ' ')), sink),
}

function readFile({ value: path, span }: Located<string>, project: Project, sink: Sink): MapTree | undefined {
  const text = project.read(path)
  if (text === undefined) {
    sink.report(jobs.missingParams({ path, isFolder: project.kindOf(path) === 'folder' }, { at: span }))
    return undefined
  }
  const read = FORMATS[path.split('.').at(-1) ?? ''] ?? ((name, content, to) => parseYaml(createSource(name, content), to))
  if (text.trim() === '') return undefined
  const tree = read(path, text, sink)
  const gap = path.endsWith('.json') && tree !== undefined ? findGap(tree) : undefined
  if (gap !== undefined) {
    sink.report(jobs.jsonWithGap({ path }, { at: gap.span, related: [{ span, message: 'read because of this' }] }))
    return undefined
  }
  if (tree === undefined || tree.kind === 'map') return tree
  sink.report(jobs.paramsNoMapping({ path, found: tree.kind === 'list' ? 'a list' : 'a single value' }, { at: tree.span, related: [{ span, message: 'read because of this' }] }))
  return undefined
}

/** Where JSON lacks a value: to YAML, nothing at all is a null. */
function findGap(tree: Tree): Tree | undefined {
  if (tree.kind === 'scalar') return tree.value === null && tree.text !== 'null' ? tree : undefined
  const inner = tree.kind === 'list' ? tree.items : tree.kind === 'map' ? tree.entries.map(({ value }) => value) : []
  return inner.map(findGap).find((gap) => gap !== undefined)
}

function readToml(name: string, text: string, sink: Sink): Tree | undefined {
  const tree = parseToml(createSource(name, text))
  if (tree.kind !== 'problem') return tree
  reportToml(name, tree, sink)
  return undefined
}

/** Mappings merge; any other value replaces the one before. */
function merge(base: MapTree | undefined, over: MapTree | undefined): MapTree | undefined {
  if (base === undefined || over === undefined) return over ?? base
  const merged = new Map(base.entries.map((entry) => [entry.key, entry]))
  for (const entry of over.entries) {
    const before = merged.get(entry.key)
    merged.set(entry.key, before?.value.kind === 'map' && entry.value.kind === 'map' ? { ...entry, value: merge(before.value, entry.value) ?? entry.value } : entry)
  }
  return { ...over, entries: [...merged.values()] }
}

/** Undefined where a value cannot be one, which is reported. */
function planParams(tree: MapTree | undefined, sink: Sink): RoleParams | undefined {
  if (tree === undefined) return { json: '{}\n', variables: [], places: [] }
  const variables = new Map<string, { readonly value: string; readonly span: Span }>()
  const isRight = addVariables(tree, 'PARAM', variables, sink)
  return isRight ? { json: `${formatJson(tree, '')}\n`, variables: [...variables].map(([name, { value }]) => [name, value] as const), places: placesOf(tree, '') } : undefined
}

function placesOf({ entries }: MapTree, prefix: string): readonly ParamPlace[] {
  return entries.flatMap(({ key, keySpan, value }) => (value.kind === 'map' ? placesOf(value, `${prefix}${key}.`) : [{ name: `${prefix}${key}`, value: textOf(value), span: keySpan }]))
}

/** False where a name or a value cannot be a variable's. */
function addVariables({ entries }: MapTree, prefix: string, variables: Map<string, { readonly value: string; readonly span: Span }>, sink: Sink): boolean {
  return entries.map((entry) => addVariable(entry, prefix, variables, sink)).every(Boolean)
}

function addVariable({ key, keySpan, value }: Entry, prefix: string, variables: Map<string, { readonly value: string; readonly span: Span }>, sink: Sink): boolean {
  if (!/^[A-Za-z0-9_.-]+$/.test(key)) {
    sink.report(jobs.paramName({ name: key }, { at: keySpan }))
    return false
  }
  const name = `${prefix}_${key.toUpperCase().replace(/[.-]/g, '_')}`
  const other = variables.get(name)
  if (other !== undefined) {
    sink.report(jobs.paramTaken({ variable: name }, { at: keySpan, related: [{ span: other.span, message: 'the first of that variable' }] }))
    return false
  }
  const fault = findFault(value)
  if (fault !== undefined) sink.report(jobs.paramValue(fault, { at: fault.span }))
  if (fault !== undefined || value.kind === 'unknown') return false
  variables.set(name, { value: textOf(value), span: keySpan })
  return value.kind !== 'map' || addVariables(value, name, variables, sink)
}

function findFault(tree: Tree): { readonly value: string; readonly problem: string; readonly span: Span } | undefined {
  if (tree.kind === 'list') return tree.items.map(findFault).find((fault) => fault !== undefined)
  if (tree.kind !== 'scalar') return undefined
  const { value, text, span } = tree
  if (typeof value === 'number' && !Number.isFinite(value)) return { value: text, problem: 'it is no finite number, and JSON has no other', span }
  return typeof value === 'string' && value.includes('\0') ? { value: text, problem: 'no variable can hold its zero character', span } : undefined
}

/** What a shell gets: texts as they are, nothing for null, and all else as JSON. */
function textOf(tree: Tree): string {
  if (tree.kind !== 'scalar') return formatJson(tree)
  if (tree.value === null) return ''
  return typeof tree.value === 'string' ? tree.value : formatScalar(tree)
}

/** With an indent, mappings have a line for each entry. */
function formatJson(tree: Tree, indent?: string): string {
  if (tree.kind === 'unknown') return 'null'
  if (tree.kind === 'scalar') return formatScalar(tree)
  if (tree.kind === 'list') return `[${tree.items.map((item) => formatJson(item)).join(', ')}]`
  const inner = indent === undefined ? undefined : `${indent}  `
  const entries = tree.entries.map(({ key, value }) => `${inner ?? ''}${JSON.stringify(key)}: ${formatJson(value, inner)}`)
  return entries.length === 0 || indent === undefined ? `{${entries.join(', ')}}` : `{\n${entries.join(',\n')}\n${indent}}`
}

function formatScalar({ value, text, span }: ScalarTree): string {
  if (typeof value !== 'number' && typeof value !== 'bigint') return JSON.stringify(value)
  // The TOML reader keeps the value alone; the source has it as written.
  const written = span.source.text.slice(span.start, span.end).replaceAll('_', '')
  return formatNumber(Number(written) === Number(value) ? written : text, Number(value))
}

/** A number as JSON writes it, in the digits that it was written in: `3e-4` stays that, and no digit of a large one is lost. */
function formatNumber(text: string, value: number): string {
  if (/^[-+]?0[xob]/i.test(text)) return `${text.startsWith('-') ? '-' : ''}${BigInt(text.replace(/^[-+]/, ''))}`
  const [, sign, whole = '', fraction, exponent = ''] = /^([-+]?)(\d*)(?:\.(\d*))?([eE][-+]?\d+)?$/.exec(text) ?? []
  if (sign === undefined) return String(value)
  return `${sign === '-' ? '-' : ''}${whole.replace(/^0+(?=\d)/, '') || '0'}${fraction === undefined ? '' : `.${fraction || '0'}`}${exponent}`
}
