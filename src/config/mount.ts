/** An item of a service's `volumes` in Compose's short and long form. */
import type { Span } from '../diagnostics/diagnostic.ts'
import type { MapTree, ScalarTree, Tree } from '../syntax/tree.ts'
import { fieldOf, readAtDefaults, readFlag, UNKNOWN } from './read.ts'

export interface Mount {
  /** `other`: a kind without a meaning here, or one that only `up` will tell. */
  readonly type: 'bind' | 'volume' | 'tmpfs' | 'other'
  /** A path or a volume's name; references count as their defaults. Undefined for none, and where only `up` will tell. */
  readonly source: string | undefined
  /** The path in the container. */
  readonly target: string
  readonly isReadOnly: boolean
  readonly span: Span
}

const TYPES = ['bind', 'volume', 'tmpfs'] as const

/** Undefined for what is no mount that can be read. */
export function parseMount(tree: Tree): Mount | undefined {
  if (tree.kind === 'scalar') return parseShort(tree)
  return tree.kind === 'map' ? parseLong(tree) : undefined
}

function parseShort(tree: ScalarTree): Mount | undefined {
  const parts = readAtDefaults(tree)?.split(':') ?? []
  const [source, target, mode = ''] = parts.length === 1 ? [undefined, ...parts] : parts
  if (!target || source === '' || parts.length > 3) return undefined
  const type = source === undefined ? 'volume' : typeOfSource(source)
  return { type, source: known(source), target: withoutSlash(target), isReadOnly: mode.split(',').includes('ro'), span: tree.span }
}

function typeOfSource(source: string): Mount['type'] {
  if (/^[./~]/.test(source) || source.includes('/')) return 'bind'
  return source.includes(UNKNOWN) ? 'other' : 'volume'
}

function parseLong(tree: MapTree): Mount | undefined {
  const text = (key: string) => readAtDefaults(fieldOf(tree, key))
  const target = text('target')
  if (!target) return undefined
  const type = TYPES.find((candidate) => candidate === text('type')) ?? 'other'
  return { type, source: known(text('source')), target: withoutSlash(target), isReadOnly: readFlag(fieldOf(tree, 'read_only'))?.value ?? false, span: tree.span }
}

function known(text: string | undefined): string | undefined {
  return text?.includes(UNKNOWN) ? undefined : text
}

/** `/data/` and `/data` are one place. */
function withoutSlash(path: string): string {
  return path.replace(/(?<=[^/])\/+$/, '')
}
