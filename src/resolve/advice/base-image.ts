/** A base image of the user's: whether it can run what is installed, and holds the Python and framework that the config names. */
import * as advice from '../../diagnostics/catalogue/advice.ts'
import { changeTo } from '../../diagnostics/diagnostic.ts'
import type { Sink } from '../../diagnostics/sink.ts'
import { findImageFamily, findOtherSystem, readTag, type ImageFamily } from '../../facts/base-images.ts'
import { imageOfPython } from '../../facts/images.ts'
import type { Located } from '../../config/located.ts'
import { nameFramework, type Matter } from './context.ts'
import { replaceValue } from './edits.ts'

export function adviseOnBaseImage(matter: Matter, sink: Sink): void {
  const { from } = matter.config.build
  if (from === undefined) return
  const family = findImageFamily(matter.image)
  const instead = imageOfPython(matter.python)
  const change = { at: from.span, ...replaceValue(from.span, instead) }
  const system = findOtherSystem(matter.image)
  if (system !== undefined) sink.report(advice.otherSystem({ image: from.value, system, instead }, change))
  else if (lacksPython(matter)) sink.report(advice.imageWithoutPython({ image: from.value, instead }, change))
  checkPython(matter, from, sink)
  if (family !== undefined) checkFramework(matter, from, family, sink)
}

/** Whether neither the image nor the user, by Debian packages or by a step of the build, installs it. */
export function lacksPython({ config, image }: Matter): boolean {
  const isInstalled = config.build.run.length > 0 || config.system.some(({ value }) => value.startsWith('python3'))
  return findImageFamily(image)?.lacksPython === true && !isInstalled
}

/** Where the config names no Python, the image's is as good as any that the frameworks have wheels for. */
function checkPython(matter: Matter, from: Located<string>, sink: Sink): void {
  const { running, python, frameworks, config } = matter
  const { version } = config.python
  if (running === python) return
  const words = { image: from.value, inImage: running, python, instead: imageOfPython(python) }
  if (version !== undefined) {
    const related = [{ span: from.span, message: `this image has Python ${running}` }]
    sink.report(advice.otherPython({ ...words, framework: undefined }, { at: version.span, related, ...changePython(version.span, running) }))
    return
  }
  const unable = frameworks.find(({ release }) => !release.python.includes(running))
  if (unable === undefined) return
  const related = [{ span: unable.place, message: `${nameFramework(unable)} comes from here` }]
  sink.report(advice.otherPython({ ...words, framework: nameFramework(unable) }, { at: from.span, related, ...replaceValue(from.span, words.instead) }))
}

/** In quotes, as 3.10 is the number 3.1 otherwise. */
function changePython(span: Located<string>['span'], python: string) {
  return changeTo(`"${python}"`, span, `use Python ${python}`)
}

/** The framework that an image holds, against the one that is installed and the CUDA that is asked for. */
function checkFramework(matter: Matter, from: Located<string>, family: ImageFamily, sink: Sink): void {
  const installed = matter.frameworks.find(({ facts }) => facts.name === family.framework)
  const version = readTag(matter.image, family.versionTag)
  if (installed === undefined || version === undefined) return
  const cuda = readTag(matter.image, family.cudaTag)
  const asked = matter.config.gpu?.cuda
  const isOther = version !== installed.version
  const isOtherCuda = asked !== undefined && cuda !== undefined && cuda !== '' && !`${asked.value}.`.startsWith(`${cuda}.`)
  if (!isOther && !isOtherCuda) return
  const words = {
    image: from.value,
    inImage: `${installed.facts.title} ${version}${isOtherCuda ? ` for CUDA ${cuda}` : ''}`,
    installed: `${nameFramework(installed)}${isOtherCuda ? ` for CUDA ${asked.value}` : ''}`,
  }
  const other = isOther ? installed.place : asked?.span
  sink.report(advice.frameworkInImage(words, { at: from.span, related: other === undefined || other === from.span ? [] : [{ span: other, message: 'this is what is installed' }] }))
}
