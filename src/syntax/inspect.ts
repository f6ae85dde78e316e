/** Checks YAML's tokens before they are composed: composing hostile nesting can kill the process past any try/catch. */
import type { CST } from 'yaml'
import * as syntax from '../diagnostics/catalogue/syntax.ts'
import type { Source, Span } from '../diagnostics/diagnostic.ts'
import type { Sink } from '../diagnostics/sink.ts'

export const DEPTH_LIMIT = 64
export const KEY_LIMIT = 10_000

type Collection = CST.BlockMap | CST.BlockSequence | CST.FlowCollection

/** Reports what must not be composed: depth, keys a map, tags, directives, second documents. True when nothing was found. */
export function inspectTokens(tokens: readonly CST.Token[], source: Source, sink: Sink): boolean {
  let isClean = true
  const spanOf = (token: { offset: number; source?: string }): Span => ({
    source,
    start: token.offset,
    end: token.offset + Math.max(1, token.source?.length ?? 1),
  })
  const report = (diagnostic: ReturnType<typeof syntax.secondDocument>) => {
    sink.report(diagnostic)
    isClean = false
  }
  const reportTags = (properties: readonly CST.SourceToken[] | undefined) => {
    for (const token of properties ?? []) if (token.type === 'tag') report(syntax.explicitTag({ tag: token.source }, { at: spanOf(token) }))
  }

  let documents = 0
  const open: { token: Collection; depth: number }[] = []
  const enter = (token: CST.Token | null | undefined, depth: number) => {
    if (token && isCollection(token)) open.push({ token, depth })
  }
  for (const token of tokens) {
    if (token.type === 'directive') report(syntax.directive({ directive: token.source.trim() }, { at: spanOf(token) }))
    if (token.type !== 'document') continue
    documents += 1
    if (documents === 2) report(syntax.secondDocument({}, { at: spanOf(token.start.find((part) => part.type === 'doc-start') ?? token) }))
    reportTags(token.start)
    enter(token.value, 1)
  }
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, depth } = next
    if (depth > DEPTH_LIMIT) {
      report(syntax.nestedTooDeep({ limit: DEPTH_LIMIT }, { at: { source, start: token.offset, end: token.offset + 1 } }))
      break
    }
    if (isMapping(token) && countKeys(token) > KEY_LIMIT) {
      report(syntax.tooManyKeys({ limit: KEY_LIMIT }, { at: { source, start: token.offset, end: token.offset + 1 } }))
      break
    }
    for (const item of token.items) {
      reportTags(item.start)
      reportTags(item.sep)
      enter(item.key, depth + 1)
      enter(item.value, depth + 1)
    }
  }
  return isClean
}

function isMapping(token: Collection): boolean {
  return token.type === 'block-map' || (token.type === 'flow-collection' && token.start.source === '{')
}

/** An item may also be all that is left behind the last comma: nothing, or a comment. */
function countKeys({ items }: Collection): number {
  return items.filter(({ key, sep }) => key !== undefined || sep !== undefined).length
}

function isCollection(token: CST.Token): token is Collection {
  return token.type === 'block-map' || token.type === 'block-seq' || token.type === 'flow-collection'
}
