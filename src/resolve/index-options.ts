/** Lines of requirements files that are switches for pip, those of included files too. */
import type { Span } from '../diagnostics/diagnostic.ts'
import type { FileOfRequirements } from './requirements-tree.ts'

export interface Option {
  readonly span: Span
  readonly text: string
}

/** A switch that names a place to look for packages, and that place. */
export const INDEX_OPTION = /^(?:-i|-f|--index-url|--extra-index-url|--find-links)[\s=]*\s*["']?([^\s"']+)/

export function optionsIn({ lines }: FileOfRequirements): readonly Option[] {
  return lines.flatMap(({ kind, span, included }) => {
    if (included !== undefined) return optionsIn(included)
    return kind === 'option' ? [{ span, text: span.source.text.slice(span.start, span.end) }] : []
  })
}
