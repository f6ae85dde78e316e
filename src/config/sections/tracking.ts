/** `tracking`: the kind of a server, the URL of one that runs elsewhere, or a mapping with either. */
import * as tracking from '../../diagnostics/catalogue/tracking.ts'
import type { Sink } from '../../diagnostics/sink.ts'
import type { Tree } from '../../syntax/tree.ts'
import type { TrackingChoice } from '../config.ts'
import { entriesOf, fieldOf, readVerbatim } from '../read.ts'

const USUAL_KIND = 'mlflow'

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

/** What is said about the keys of a server that runs elsewhere. */
export function checkTracking(tree: Tree | undefined, sink: Sink): void {
  const uri = normalizeTracking(tree)?.uri
  if (uri === undefined) return
  for (const { key, keySpan } of entriesOf(tree)) {
    if (key !== 'kind' && key !== 'uri' && !key.startsWith('x-')) sink.report(tracking.keyOfNoServer({ key }, { at: keySpan, related: [{ span: uri.span, message: 'it runs elsewhere' }] }))
  }
}
