/** Looks for secrets in all of a config: what looks like one is reported at its place, wherever it stands, and is shown nowhere. */
import * as builds from '../diagnostics/catalogue/builds.ts'
import * as shape from '../diagnostics/catalogue/shape.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Sink } from '../diagnostics/sink.ts'
import { entryOf, type Entry, type MapTree, type ScalarTree, type Tree } from '../syntax/tree.ts'
import { spanWithin } from './read.ts'
import { looksLikeSecret } from './secret-literal.ts'
import { parseTemplate, type Template } from './template.ts'

/** Reports them, and gives the tree without the values that stand where a secret's source belongs: the schema would only say it again. */
export function reportLiteralSecrets(root: MapTree, sink: Sink): MapTree {
  const concealed = new Map<Tree, Tree>()
  for (const entry of secretEntries(root)) {
    if (entry.value.kind !== 'scalar' || entry.value.value === null) continue
    sink.report(builds.secretAsValue({ secret: entry.key }, { at: entry.value.span }))
    concealed.set(entry.value, { kind: 'unknown', span: entry.value.span })
  }
  visit(root, [], (scalar, steps) => {
    if (concealed.has(scalar)) return
    const found = examine(scalar, steps)
    if (found !== undefined) sink.report(found)
  })
  return replace(root, concealed) as MapTree
}

/** What stands under `secrets` at the top of the file and in roles and jobs, in variants too. */
function secretEntries(root: MapTree): readonly Entry[] {
  const variants = entryOf(root, 'variants')?.value
  const overlays = variants?.kind === 'map' ? variants.entries.flatMap(({ value }) => (value.kind === 'map' ? [value] : [])) : []
  return [root, ...overlays].flatMap(secretEntriesOf)
}

function secretEntriesOf(root: MapTree): readonly Entry[] {
  const jobs = entryOf(root, 'jobs')?.value
  const owners: readonly Tree[] = [root, ...root.entries.filter(({ key }) => !OF_COMPOSE.has(key)).map(({ value }) => value), ...(jobs?.kind === 'map' ? jobs.entries.map(({ value }) => value) : [])]
  return owners.flatMap((owner) => {
    const secrets = entryOf(owner, 'secrets')?.value
    return secrets?.kind === 'map' ? secrets.entries : []
  })
}

/** Sections in which `secrets` is a name of the user's. */
const OF_COMPOSE: ReadonlySet<string> = new Set(['services', 'volumes', 'networks', 'configs', 'datasets', 'secrets', 'environment', 'outputs', 'params'])

/** Whose own checks tell of a user or a password in a URL. */
const CHECKED_URLS: ReadonlySet<string> = new Set(['datasets', 'model', 'python', 'tracking'])
const USER_INFO = /:\/\/[^\s/?#@]*@/

/** Keys whose values are names of secrets or places of them. */
const OF_NAMES: ReadonlySet<string> = new Set(['secret', 'file', 'environment', 'token_file'])

/** `NAME=value` and `--name=value` in a command or a list, and `--name value`. */
const ASSIGNMENT = /(?<![\w-])(?:--?([A-Za-z][\w-]*)[= ]|([A-Za-z_]\w*)=)["']?([^\s"']+)/g

function examine(scalar: ScalarTree, steps: readonly string[]): Diagnostic | undefined {
  const text = textWithoutReferences(scalar.text)
  const name = nameOf(steps)
  if (CHECKED_URLS.has(steps[0] ?? '') && USER_INFO.test(scalar.text)) return undefined
  if (isVariable(steps)) return examineVariable(scalar, text, name)
  const kind = (OF_NAMES.has(name) ? looksLikeSecret('', text) : looksLikeSecret(name, text)) ?? findAssigned(text)
  return kind && builds.secretInValue({ kind: kind.kind, place: formatPlace(steps) }, { at: scalar.span })
}

function formatPlace(steps: readonly string[]): string {
  return steps.reduce((place, step) => (/^\d+$/.test(step) ? `${place}[${step}]` : place === '' ? step : `${place}.${step}`), '')
}

/** A variable in a mapping, or as `NAME=value` in a list. */
function examineVariable(scalar: ScalarTree, text: string, name: string): Diagnostic | undefined {
  const equals = /^\d+$/.test(name) ? scalar.text.indexOf('=') : -1
  const variable = equals === -1 ? name : scalar.text.slice(0, equals)
  const secret = looksLikeSecret(variable, equals === -1 ? text : text.slice(text.indexOf('=') + 1))
  const at = equals === -1 ? scalar.span : spanWithin(scalar, equals + 1, scalar.text.length)
  return secret && shape.secretLiteral({ kind: secret.kind, variable }, { at })
}

function isVariable(steps: readonly string[]): boolean {
  return ['environment', 'args'].includes(steps.at(-2) ?? '')
}

function nameOf(steps: readonly string[]): string {
  return (steps.at(-1) ?? '').replaceAll('-', '_')
}

function findAssigned(text: string): { readonly kind: string } | undefined {
  for (const [, option, variable, value = ''] of text.matchAll(ASSIGNMENT)) {
    const secret = looksLikeSecret((option ?? variable ?? '').replaceAll('-', '_'), value)
    if (secret !== undefined) return secret
  }
  return undefined
}

/** References stand for values that are not here; no secret has angle brackets. */
function textWithoutReferences(text: string): string {
  const template = parseTemplate(text)
  return 'error' in template ? text : join(template)
}

function join(template: Template): string {
  return template.map((piece) => (typeof piece === 'string' ? piece : `<${join(piece.argument)}>`)).join('')
}

function visit(tree: Tree, steps: readonly string[], see: (scalar: ScalarTree, steps: readonly string[]) => void): void {
  if (tree.kind === 'scalar') see(tree, steps)
  if (tree.kind === 'list') for (const [index, item] of tree.items.entries()) visit(item, [...steps, String(index)], see)
  if (tree.kind === 'map') for (const { key, value } of tree.entries) visit(value, [...steps, key], see)
}

function replace(tree: Tree, others: ReadonlyMap<Tree, Tree>): Tree {
  if (others.size === 0) return tree
  const other = others.get(tree)
  if (other !== undefined) return other
  if (tree.kind === 'map') return { ...tree, entries: tree.entries.map((entry) => ({ ...entry, value: replace(entry.value, others) })) }
  return tree.kind === 'list' ? { ...tree, items: tree.items.map((item) => replace(item, others)) } : tree
}
