/** Merges a user's Compose keys over a generated service, by the rules by which Compose merges files. */
import { list, type ComposeEntry, type ComposeList, type ComposeMap, type ComposeValue } from './value.ts'

type Merge = (base: ComposeValue, over: ComposeValue) => ComposeValue

/** https://docs.docker.com/reference/compose-file/merge/ has them; a key that is not here follows the kind of its value. */
const RULES: Readonly<Record<string, Merge>> = {
  command: replace,
  'healthcheck.test': replace,
  volumes: byIdentity(targetOf),
  secrets: byIdentity(sourceOf),
  tmpfs: byIdentity(targetOf),
  cap_drop: byIdentity(textOf),
  security_opt: byIdentity(textOf),
  profiles: byIdentity(textOf),
}

/** The user's values win; keys that are new come after ours. */
export function mergeService(base: ComposeMap, over: readonly ComposeEntry[]): ComposeMap {
  return mergeMaps(base, { kind: 'map', entries: over }, '')
}

function mergeMaps(base: ComposeMap, over: ComposeMap, path: string): ComposeMap {
  const merged = new Map(base.entries.map((entry) => [entry.key, entry]))
  for (const { key, value } of over.entries) {
    const existing = merged.get(key)
    const below = path === '' ? key : `${path}.${key}`
    merged.set(key, existing === undefined ? { key, value } : { ...existing, value: mergeValues(existing.value, value, below) })
  }
  return { kind: 'map', entries: [...merged.values()] }
}

function mergeValues(base: ComposeValue, over: ComposeValue, path: string): ComposeValue {
  const rule = RULES[path]
  if (rule !== undefined) return rule(base, over)
  if (base.kind === 'map' && over.kind === 'map') return isDisabled(over) ? over : mergeMaps(base, over, path)
  return base.kind === 'list' && over.kind === 'list' ? list([...base.items, ...over.items]) : over
}

/** `healthcheck: {disable: true}` beside a test is refused by Compose. */
function isDisabled({ entries }: ComposeMap): boolean {
  return entries.some(({ key, value }) => key === 'disable' && value.kind === 'scalar' && value.value === true)
}

function replace(_base: ComposeValue, over: ComposeValue): ComposeValue {
  return over
}

/** Items of the same identity are one, of which the user's is kept. */
function byIdentity(identify: (item: ComposeValue) => string | undefined): Merge {
  return (base, over) => {
    const items = itemsOf(over)
    const replaced = new Set(items.map(identify))
    return list([...itemsOf(base).filter((item) => !replaced.has(identify(item))), ...items])
  }
}

function itemsOf(value: ComposeValue): ComposeList['items'] {
  return value.kind === 'list' ? value.items : [value]
}

/** Where a volume is mounted: `target`, or the second part of `source:target:mode`, or the only one. */
function targetOf(item: ComposeValue): string | undefined {
  if (item.kind === 'map') return textOf(item.entries.find(({ key }) => key === 'target')?.value)
  const parts = textOf(item)?.split(':')
  return parts?.find((part, index) => part.startsWith('/') && (index > 0 || parts.length === 1 || !parts[1]?.startsWith('/')))
}

function sourceOf(item: ComposeValue): string | undefined {
  return item.kind === 'map' ? textOf(item.entries.find(({ key }) => key === 'source')?.value) : textOf(item)
}

function textOf(value: ComposeValue | undefined): string | undefined {
  if (value?.kind === 'text') return value.text
  if (value?.kind === 'token') return String(value.value)
  return value?.kind === 'scalar' ? value.text : undefined
}
