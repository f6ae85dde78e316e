/** Short forms that a variant may lay a mapping over: each is first written out as the long form that means the same. */
import type { Entry, MapTree, Tree } from '../syntax/tree.ts'

interface Row {
  /** Steps from the root; `*` stands for any one step. */
  readonly path: readonly string[]
  /** Undefined for a value that is no short form. */
  readonly expand: (tree: Tree) => MapTree | undefined
}

const COMMANDED: readonly (readonly string[])[] = [['train'], ['evaluate'], ['serve'], ['jobs', '*']]
const ROLES: readonly (readonly string[])[] = [...COMMANDED, ['notebook'], ['tracking']]
const VARIABLES: readonly (readonly string[])[] = [['environment'], ['build', 'args'], ...ROLES.map((path) => [...path, 'environment'])]
const SECRETS: readonly (readonly string[])[] = [['secrets'], ...ROLES.map((path) => [...path, 'secrets'])]
const OUTPUTS: readonly (readonly string[])[] = [['outputs', '*'], ...ROLES.map((path) => [...path, 'outputs', '*'])]
const PARAMS: readonly (readonly string[])[] = [['params'], ...ROLES.map((path) => [...path, 'params'])]

const ROWS: readonly Row[] = [
  { path: ['framework'], expand: expandFramework },
  { path: ['model'], expand: onlyScalar(under('type')) },
  { path: ['python'], expand: onlyScalar(under('version')) },
  { path: ['gpu'], expand: expandGpu },
  { path: ['code'], expand: under('paths') },
  { path: ['datasets', '*'], expand: onlyScalar(under('source')) },
  ...COMMANDED.map((path) => ({ path, expand: under('command') })),
  { path: ['notebook'], expand: (tree) => (tree.kind === 'scalar' && tree.value === true ? mapOf(tree, []) : undefined) },
  { path: ['tracking'], expand: onlyScalar(expandTracking) },
  ...VARIABLES.map((path) => ({ path, expand: expandList(splitVariable) })),
  ...SECRETS.map((path) => ({ path, expand: expandList(nameSecret) })),
  ...OUTPUTS.map((path) => ({ path, expand: onlyScalar(under('path')) })),
  ...PARAMS.map((path) => ({ path, expand: onlyScalar(under('file')) })),
]

/** The long form of a value that is no mapping; undefined where there is none. */
export function expandShortForm(tree: Tree, steps: readonly string[]): MapTree | undefined {
  const row = ROWS.find(({ path }) => path.length === steps.length && path.every((step, index) => step === '*' || step === steps[index]))
  return tree.kind === 'scalar' && tree.value === null ? undefined : row?.expand(tree)
}

function under(key: string): (tree: Tree) => MapTree {
  return (tree) => mapOf(tree, [entryFor(key, tree)])
}

function onlyScalar(expand: Row['expand']): Row['expand'] {
  return (tree) => (tree.kind === 'scalar' ? expand(tree) : undefined)
}

/** `pytorch==2.13.0`; one with extras in brackets is replaced as a whole. */
function expandFramework(tree: Tree): MapTree | undefined {
  if (tree.kind !== 'scalar') return undefined
  const [, name, specifier = ''] = /^([A-Za-z][A-Za-z0-9_-]*)\s*([=!<>~].*)?$/.exec(tree.text.trim()) ?? []
  if (name === undefined) return undefined
  const part = (text: string): Tree => ({ ...tree, value: text, text })
  return mapOf(tree, [entryFor('name', part(name)), ...(specifier === '' ? [] : [entryFor('version', part(specifier))])])
}

/** What has a scheme is the URL of a server that runs elsewhere. */
function expandTracking(tree: Tree): MapTree | undefined {
  return tree.kind !== 'scalar' ? undefined : under(tree.text.includes('://') ? 'uri' : 'kind')(tree)
}

function expandGpu(tree: Tree): MapTree | undefined {
  if (tree.kind === 'list') return under('device_ids')(tree)
  if (tree.kind !== 'scalar' || tree.value === false) return undefined
  return under('count')(tree.value === true ? { ...tree, value: 1, text: '1' } : tree)
}

/** A list of texts as the mapping that it stands for; undefined where an item is something else. */
function expandList(expand: (item: Tree) => Entry | undefined): Row['expand'] {
  return (tree) => {
    if (tree.kind !== 'list') return undefined
    const entries = tree.items.map(expand)
    return entries.every((entry) => entry !== undefined) ? mapOf(tree, entries) : undefined
  }
}

/** `K=V`, or `K` alone, which is taken from the shell. */
function splitVariable(item: Tree): Entry | undefined {
  if (item.kind !== 'scalar' || item.value === null) return undefined
  const at = item.text.indexOf('=')
  if (at === -1) return { key: item.text, keySpan: item.span, value: { ...item, value: null, text: '' } }
  const value = item.text.slice(at + 1)
  return { key: item.text.slice(0, at), keySpan: item.span, value: { ...item, value, text: value, isPlain: false } }
}

function nameSecret(item: Tree): Entry | undefined {
  if (item.kind !== 'scalar' || typeof item.value !== 'string') return undefined
  return { key: item.text, keySpan: item.span, value: under('environment')(item) }
}

function mapOf({ span }: Tree, entries: readonly Entry[]): MapTree {
  return { kind: 'map', entries, span }
}

function entryFor(key: string, value: Tree): Entry {
  return { key, keySpan: value.span, value }
}
