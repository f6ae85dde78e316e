/** `framework`: one or several, `name[extras]specifier` or a mapping; the first leads. */
import type { Sink } from '../../diagnostics/sink.ts'
import type { Tree } from '../../syntax/tree.ts'
import type { FrameworkChoice } from '../config.ts'
import { fieldOf, itemsOf, readText, readTexts, readVerbatim, spanWithin } from '../read.ts'

const SHORT_FORM = /^\s*([A-Za-z][\w.-]*)\s*(?:\[([^\]]*)\])?\s*(.*?)\s*$/

export function normalizeFrameworks(tree: Tree | undefined, sink: Sink): readonly FrameworkChoice[] {
  return itemsOf(tree).flatMap((item) => (item.kind === 'map' ? fromMapping(item, sink) : fromText(item, sink)) ?? [])
}

function fromText(tree: Tree, sink: Sink): FrameworkChoice | undefined {
  const text = readText(tree, 'framework', sink)
  const [, name, extras, specifier] = SHORT_FORM.exec(text?.value ?? '') ?? []
  if (text === undefined || name === undefined) return undefined
  const start = text.value.indexOf(name)
  return {
    span: tree.span,
    name: { value: name, span: spanWithin(tree, start, start + name.length) },
    specifier: specifier ? { value: specifier, span: tree.span } : undefined,
    extras: splitExtras(extras).map((value) => ({ value, span: tree.span })),
    install: 'auto',
  }
}

function fromMapping(tree: Tree, sink: Sink): FrameworkChoice | undefined {
  const name = readText(fieldOf(tree, 'name'), 'framework.name', sink)
  if (name === undefined) return undefined
  const version = readText(fieldOf(tree, 'version'), 'framework.version', sink)
  return {
    span: tree.span,
    name,
    specifier: version && { ...version, value: /^\s*\d/.test(version.value) ? `==${version.value.trim()}` : version.value },
    extras: readTexts(fieldOf(tree, 'extras'), 'framework.extras', sink),
    install: readVerbatim(fieldOf(tree, 'install'))?.value === 'none' ? 'none' : 'auto',
  }
}

function splitExtras(extras: string | undefined): readonly string[] {
  return (extras ?? '').split(',').map((extra) => extra.trim()).filter((extra) => extra !== '')
}
