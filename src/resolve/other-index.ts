/** Packages that a project takes from an index of its own, which a build has to be told of. */
import * as files from '../diagnostics/catalogue/files.ts'
import type { Span } from '../diagnostics/diagnostic.ts'
import type { Sink } from '../diagnostics/sink.ts'
import { isInstalledApart } from './installed-apart.ts'

export interface Indexed {
  /** Normalised. */
  readonly name: string
  /** The name of the index, or its URL. */
  readonly index: string
  readonly span: Span
}

/** One note an index, whose credential is not shown. Frameworks come from an index of ours, whatever the project says. */
export function reportOtherIndexes(packages: readonly Indexed[], urls: ReadonlyMap<string, string>, sink: Sink): void {
  const own = packages.filter(({ name }) => !isInstalledApart(name))
  for (const index of new Set(own.map((each) => each.index))) {
    const [first, ...others] = own.filter((each) => each.index === index)
    if (first === undefined) continue
    const url = withoutUser(urls.get(index) ?? (/:\/\//.test(index) ? index : 'URL'))
    const named = [...urls].find(([, other]) => other === index)?.[0] ?? withoutUser(index)
    const words = others.length === 0 ? `\`${first.name}\` is taken from` : `\`${first.name}\` and ${others.length} more are taken from`
    sink.report(files.otherIndex({ packages: words, index: named, url }, { at: first.span }))
  }
}

function withoutUser(url: string): string {
  return url.replace(/\/\/[^/@]*@/, '//')
}
