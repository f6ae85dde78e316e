/** Debian packages that the base image's release has no more, not yet, or never had. */
import type { Located } from '../../config/located.ts'
import * as advice from '../../diagnostics/catalogue/advice.ts'
import type { Sink } from '../../diagnostics/sink.ts'
import { findImageFamily, findOtherSystem } from '../../facts/base-images.ts'
import { findForeignPackage, findMissingPackage, releaseOfTag, type Replacement } from '../../facts/debian.ts'
import type { Matter } from './context.ts'
import { replaceValue } from './edits.ts'

/** Nothing is said of images that may have other sources of packages. */
export function adviseOnDebian({ config, image }: Matter, sink: Sink): void {
  if (config.system.length === 0 || findImageFamily(image)?.isDebian !== true || findOtherSystem(image) !== undefined) return
  const release = releaseOfTag(image.tag)
  for (const entry of config.system) {
    const [name = ''] = entry.value.split('=')
    const missing = release === undefined ? undefined : findMissingPackage(name, release)
    if (missing !== undefined && release !== undefined) {
      const { instead, advice: words } = missing
      sink.report(advice.missingDebianPackage({ name, release, instead, advice: words }, placeOf(entry, missing)))
    }
    const foreign = findForeignPackage(name)
    if (foreign !== undefined) sink.report(advice.foreignPackage({ name, instead: foreign.instead, advice: foreign.advice }, placeOf(entry, foreign)))
  }
}

function placeOf({ span }: Located<string>, { instead }: Replacement) {
  return { at: span, ...(instead === undefined ? {} : replaceValue(span, instead)) }
}
