/** `tracking`: the kind of a server, the URL of one that runs elsewhere, or a mapping with either. */
import * as shape from '../../diagnostics/catalogue/shape.ts'
import * as tracking from '../../diagnostics/catalogue/tracking.ts'
import type { Sink } from '../../diagnostics/sink.ts'
import type { Tree } from '../../syntax/tree.ts'
import type { TrackingChoice } from '../config.ts'
import type { Located } from '../located.ts'
import { entriesOf, fieldOf, readVerbatim } from '../read.ts'

const USUAL_KIND = 'mlflow'
/** Those that read what lies in a folder, so that no URL leads to them. */
const READERS: Readonly<Record<string, string>> = { tensorboard: 'TensorBoard' }

/** Undefined where the file has none, or nothing right. */
export function normalizeTracking(tree: Tree | undefined): TrackingChoice | undefined {
  if (tree?.kind === 'scalar') return normalizeShort(tree)
  if (tree?.kind !== 'map') return undefined
  return { span: tree.span, kind: (readVerbatim(fieldOf(tree, 'kind'))?.value ?? USUAL_KIND) as TrackingChoice['kind'], uri: readVerbatim(fieldOf(tree, 'uri')) }
}

/** A word is a kind, and what has a scheme is a URL. */
function normalizeShort(tree: Tree): TrackingChoice | undefined {
  const text = readVerbatim(tree)
  if (text === undefined) return undefined
  const isUrl = text.value.includes('://')
  return { span: tree.span, kind: isUrl ? USUAL_KIND : (text.value as TrackingChoice['kind']), uri: isUrl ? text : undefined }
}

/** What is said about a server that runs elsewhere. */
export function checkTracking(tree: Tree | undefined, sink: Sink): void {
  const choice = normalizeTracking(tree)
  if (choice?.uri === undefined) return
  const { kind, uri } = choice
  const reader = READERS[kind]
  if (reader !== undefined) sink.report(tracking.noServerUrl({ url: uri.value, reader }, { at: uri.span }))
  else checkUrl(uri, sink)
  for (const { key, keySpan } of entriesOf(tree)) {
    if (key !== 'kind' && key !== 'uri' && !key.startsWith('x-')) sink.report(tracking.keyOfNoServer({ key }, { at: keySpan, related: [{ span: uri.span, message: 'it runs elsewhere' }] }))
  }
}

function checkUrl({ value, span }: Located<string>, sink: Sink): void {
  if (value.includes('$')) return sink.report(shape.referenceNotAllowed({ reference: value, name: 'tracking.uri' }, { at: span }))
  const url = URL.canParse(value) ? new URL(value) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol)) return sink.report(tracking.noServerUrl({ url: value, reader: undefined }, { at: span }))
  if (url.username !== '' || url.password !== '') sink.report(tracking.urlWithLogin({}, { at: span }))
}
