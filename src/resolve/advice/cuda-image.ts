/** A base image with CUDA: of no use, twice, deleted, or blind. */
import type { Located } from '../../config/located.ts'
import * as advice from '../../diagnostics/catalogue/advice.ts'
import type { Sink } from '../../diagnostics/sink.ts'
import { findImageFamily, findNewerCuda, hasCudaCompiler, readTag, type ImageFamily } from '../../facts/base-images.ts'
import { findGpuTwin } from '../../facts/distributions.ts'
import { imageOfPython } from '../../facts/images.ts'
import { isInRange } from '../specifier.ts'
import { lacksPython } from './base-image.ts'
import type { Matter } from './context.ts'
import { replaceValue } from './edits.ts'

export function adviseOnCudaImage(matter: Matter, sink: Sink): void {
  const { from } = matter.config.build
  const family = from && findImageFamily(matter.image)
  if (from === undefined || family?.cudaTag === undefined) return
  if (family.checksDriver === true) checkTag(matter, from, sink)
  // An image that cannot run anything is said to be wrong already.
  if (readTag(matter.image, family.cudaTag) === undefined || lacksPython(matter)) return
  if (matter.config.gpu === undefined) reportUnused(matter, from, sink)
  else checkUse(matter, from, family, sink)
}

/** NVIDIA's tags begin with `X.Y.Z`, and an older patch of an `X.Y` is deleted. A digest alone says nothing. */
function checkTag({ image }: Matter, from: Located<string>, sink: Sink): void {
  const [version] = /^\d+\.\d+\.\d+(?=-)/.exec(image.tag) ?? []
  if (image.tag === 'latest' || /^\d+\.\d+-/.test(image.tag)) sink.report(advice.deletedImage({ image: from.value, version: '', newer: undefined }, { at: from.span }))
  const newer = version === undefined ? undefined : findNewerCuda(version)
  if (version === undefined || newer === undefined) return
  sink.report(advice.deletedImage({ image: from.value, version, newer }, { at: from.span, ...replaceValue(from.span, from.value.replace(version, newer)) }))
}

function reportUnused({ python, image }: Matter, from: Located<string>, sink: Sink): void {
  // What compiles kernels may run where there is no GPU.
  if (hasCudaCompiler(image)) return
  const instead = imageOfPython(python)
  sink.report(advice.unusedCuda({ image: from.value, instead }, { at: from.span, ...replaceValue(from.span, instead) }))
}

function checkUse(matter: Matter, from: Located<string>, family: ImageFamily, sink: Sink): void {
  const { image, python } = matter
  const instead = imageOfPython(python)
  const change = { at: from.span, ...replaceValue(from.span, instead) }
  const version = readTag(image, family.versionTag)
  const bringing = matter.frameworks.find(({ build, release }) => build === 'cuda' && release.cuda.length > 0)
  if (bringing === undefined) {
    const isBlind = family.blind !== undefined && version !== undefined && isInRange(version, family.blind)
    if (isBlind) reportBlind(matter, from, sink)
    return
  }
  // Packages that bring no CUDA of their own use that of the image.
  if (hasCudaCompiler(image) || matter.binding.some(({ value }) => findGpuTwin(value.name) !== undefined)) return
  const words = { image: from.value, framework: bringing.facts.title, instead, checksDriver: family.checksDriver === true }
  sink.report(advice.doubledCuda(words, { ...change, related: [{ span: bringing.place, message: 'its wheels bring the CUDA libraries that they need' }] }))
}

function reportBlind({ python, config: { gpu } }: Matter, from: Located<string>, sink: Sink): void {
  const related = gpu === undefined ? [] : [{ span: gpu.span, message: 'a GPU is asked for here' }]
  sink.report(advice.blindImage({ image: from.value, instead: imageOfPython(python) }, { at: from.span, related }))
}
