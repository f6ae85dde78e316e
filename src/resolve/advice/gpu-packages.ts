/** Packages that are of no use without a GPU, and packages that only CUDA's compiler can build. */
import * as advice from '../../diagnostics/catalogue/advice.ts'
import type { Span } from '../../diagnostics/diagnostic.ts'
import type { Sink } from '../../diagnostics/sink.ts'
import { findImageFamily, hasCudaCompiler } from '../../facts/base-images.ts'
import { findCompiled, findCompiledSource, findGpuTwin, type CompiledDistribution } from '../../facts/distributions.ts'
import type { FileOfRequirements } from '../requirements-tree.ts'
import { findCovering, type Matter } from './context.ts'
import { rename } from './edits.ts'
import { hasOtherIndex } from './indexes.ts'

export function adviseOnGpuPackages(matter: Matter, sink: Sink): void {
  for (const requirement of matter.binding) {
    const { name } = requirement.value
    const twin = matter.config.gpu === undefined && findCovering(name, matter) === undefined ? findGpuTwin(name) : undefined
    if (twin === undefined) continue
    const fix = twin === '' ? {} : rename(requirement, twin)
    sink.report(advice.needsGpu({ name, twin: twin || undefined }, { at: requirement.span, ...fix }))
  }
  if (!lacksCompiler(matter) || hasOtherIndex(matter)) return
  for (const { found, span } of compiledIn(matter)) {
    const { name, repository, hasWheels } = found
    sink.report(advice.needsCompiler({ name, url: `github.com/${repository}`, hasWheels }, { at: span }))
  }
}

/** Of an image that is not known, nothing is said. */
function lacksCompiler({ image }: Matter): boolean {
  return findImageFamily(image) !== undefined && !hasCudaCompiler(image)
}

interface Compiled {
  readonly found: CompiledDistribution
  readonly span: Span
}

/** By name, and by the address of the source; a wheel's address is fine. */
function compiledIn({ binding, requirements }: Matter): readonly Compiled[] {
  const byName = binding.map(({ value, span }) => ({ found: findCompiled(value.name), span }))
  const named = requirements.all.flatMap(({ value, span }) => (value.url === undefined ? [] : [{ url: value.url, span }]))
  const sources = [...named, ...requirements.files.flatMap(urlsIn)].filter(({ url }) => url.startsWith('git+'))
  return [...byName, ...sources.map(({ url, span }) => ({ found: findCompiledSource(url), span }))].flatMap(({ found, span }) => (found === undefined ? [] : [{ found, span }]))
}

function urlsIn({ lines }: FileOfRequirements): readonly { readonly url: string; readonly span: Span }[] {
  return lines.flatMap((line) => {
    if (line.included !== undefined) return urlsIn(line.included)
    return line.kind === 'url' ? [{ url: line.url, span: line.span }] : []
  })
}
