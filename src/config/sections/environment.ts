/** `environment`, `build.args` and `secrets`: variables and who may see them. */
import * as builds from '../../diagnostics/catalogue/builds.ts'
import * as shape from '../../diagnostics/catalogue/shape.ts'
import type { Sink } from '../../diagnostics/sink.ts'
import { entryOf, type Entry, type Tree } from '../../syntax/tree.ts'
import type { Secret, Variable } from '../config.ts'
import { entriesOf, fieldOf, itemsOf, readTemplate, readText, readVerbatim, spanWithin } from '../read.ts'
import { looksLikeSecret } from '../secret-literal.ts'
import { literalOf } from '../template.ts'

/** A mapping, or a list of `NAME=value` and `NAME`. A name without a value is taken from the shell at `up`. */
export function normalizeVariables(tree: Tree | undefined, sink: Sink): readonly Variable[] {
  const entries = tree?.kind === 'list' ? tree.items.flatMap(entryOfItem) : entriesOf(tree)
  return entries.flatMap(({ key, keySpan, value }) => {
    const template = readTemplate(value, sink)
    const isFromShell = value.kind === 'scalar' && value.value === null
    if (template === undefined && !isFromShell) return []
    const literal = template && literalOf(template.value)
    const secret = literal === undefined ? undefined : looksLikeSecret(key, literal)
    if (secret !== undefined && template !== undefined) {
      sink.report(shape.secretLiteral({ kind: secret.kind, variable: key }, { at: template.span }))
      return []
    }
    return { name: { value: key, span: keySpan }, value: template }
  })
}

/** A list item as if it stood in a mapping. */
function entryOfItem(item: Tree): readonly Entry[] {
  const text = readVerbatim(item)
  if (text === undefined || item.kind !== 'scalar') return []
  const equals = text.value.indexOf('=')
  if (equals === -1) return [{ key: text.value, keySpan: item.span, value: { kind: 'scalar', value: null, text: '', isPlain: true, span: item.span } }]
  const value = text.value.slice(equals + 1)
  const span = spanWithin(item, equals + 1, text.value.length)
  return [{ key: text.value.slice(0, equals), keySpan: spanWithin(item, 0, equals), value: { kind: 'scalar', value, text: value, isPlain: item.isPlain, span } }]
}

/** A list of names, or a mapping from names to sources. Those of a `role` are for that role alone. */
export function normalizeSecrets(tree: Tree | undefined, sink: Sink, role?: string): readonly Secret[] {
  if (role !== undefined) {
    for (const { key, value } of entriesOf(tree)) {
      const targets = entryOf(value, 'for')
      if (targets !== undefined) sink.report(builds.secretForInRole({ secret: key, role }, { at: targets.keySpan }))
    }
  }
  if (tree?.kind === 'map') return entriesOf(tree).flatMap((entry) => secretOf(entry, sink))
  return itemsOf(tree).flatMap((item) => {
    const name = readText(item, 'secrets', sink)
    return name === undefined ? [] : { name, source: { environment: name }, for: undefined, as: 'env' }
  })
}

function secretOf({ key, keySpan, value }: Entry, sink: Sink): Secret {
  const name = { value: key, span: keySpan }
  const file = readText(fieldOf(value, 'file'), `secrets.${key}.file`, sink)
  const environment = readText(fieldOf(value, 'environment'), `secrets.${key}.environment`, sink)
  const both = file === undefined ? undefined : environment
  if (both !== undefined) sink.report(shape.excludingKeys({ key: 'environment', other: 'file', parent: `secrets.${key}` }, { at: both.span }))
  const targets = fieldOf(value, 'for')
  return {
    name,
    source: file === undefined ? { environment: environment ?? name } : { file },
    for: targets && itemsOf(targets).flatMap((item) => readText(item, `secrets.${key}.for`, sink) ?? []),
    as: readVerbatim(fieldOf(value, 'as'))?.value === 'file' ? 'file' : 'env',
  }
}
