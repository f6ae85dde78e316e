/** Compose values to YAML text, in a form that every reader takes alike: user's texts quoted, lines never folded. */
import { Document, Pair, Scalar, YAMLMap, YAMLSeq, type ScalarTag } from 'yaml'
import type { PassedScalar } from '../../plan/passed.ts'
import type { ComposeMap, ComposeValue } from './value.ts'

/** A scalar that is written exactly as the user wrote it. */
class Verbatim {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

const verbatimTag: ScalarTag = {
  tag: 'tag:yaml.org,2002:verbatim',
  default: true,
  identify: (value) => value instanceof Verbatim,
  resolve: (text) => text,
  stringify: ({ value }) => (value as Verbatim).text,
}

/** Text without the header; top-level sections are set apart by an empty line. */
export function formatCompose(root: ComposeMap): string {
  const document = new Document(undefined, { customTags: (tags) => [...tags, verbatimTag], compat: 'yaml-1.1', aliasDuplicateObjects: false })
  const contents = toMap(root)
  for (const pair of contents.items.slice(1)) if (pair.key instanceof Scalar) pair.key.spaceBefore = true
  for (const { value } of contents.items) if (value instanceof YAMLMap && !value.flow) separateEntries(value)
  document.contents = contents as never
  return document.toString({ lineWidth: 0, nullStr: '', flowCollectionPadding: false })
}

/** Mappings of mappings with comments above them, such as services, read better with empty lines between. */
function separateEntries(section: YAMLMap): void {
  for (const { key, value } of section.items.slice(1)) if (key instanceof Scalar && value instanceof YAMLMap && value.items.length > 1) key.spaceBefore = true
}

function toNode(value: ComposeValue): Scalar | YAMLMap | YAMLSeq {
  if (value.kind === 'map') return toMap(value)
  if (value.kind === 'list') return toList(value)
  if (value.kind === 'token') return toPlain(value.value)
  return value.kind === 'text' ? toQuoted(value.text) : toVerbatim(value)
}

function toMap({ entries }: ComposeMap): YAMLMap {
  const map = new YAMLMap()
  map.items = entries.map(({ key, value, comment }) => {
    const keyNode = toPlain(key)
    if (comment !== undefined) keyNode.commentBefore = ` ${comment}`
    return new Pair(keyNode, toNode(value))
  })
  map.flow = entries.length === 0
  return map
}

function toList({ items, isFlow }: Extract<ComposeValue, { kind: 'list' }>): YAMLSeq {
  const list = new YAMLSeq()
  list.items = items.map(toNode)
  list.flow = isFlow === true || items.length === 0
  return list
}

/** Words that are texts in every version of YAML: the library's tests of what else a text could be are left out for them. */
function toPlain(value: string | number | boolean | null): Scalar {
  const isWord = typeof value === 'string' && /^[A-Za-z_]\w*$/.test(value) && !/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(value)
  return new Scalar(isWord ? new Verbatim(value) : value)
}

function toQuoted(text: string): Scalar {
  const scalar = new Scalar(text)
  scalar.type = text.includes('\n') ? Scalar.BLOCK_LITERAL : Scalar.QUOTE_DOUBLE
  return scalar
}

/** A plain scalar on one line keeps its spelling, `0o644` or `1.10`; any other one is a text. */
function toVerbatim({ isPlain, text, value }: PassedScalar): Scalar {
  const isOneLine = isPlain && !text.includes('\n')
  return isOneLine ? new Scalar(new Verbatim(text)) : toQuoted(String(value ?? ''))
}
