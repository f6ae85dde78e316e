/** Where a lock no longer agrees with what is asked for. Pure: each difference names the input that changed. */
import type { Span } from '../diagnostics/diagnostic.ts'
import { parseRequirement } from '../project/requirements.ts'
import type { AskedImage, AskedLayer, AskedLine } from './fingerprint.ts'
import type { LockedImage, LockedLayer } from './lock-file.ts'
import type { ParsedLock } from './parse-lock.ts'

export interface Difference {
  /** The image that cannot be built by the lock; undefined where there is none such. */
  readonly image: string | undefined
  /** One line, such as `requirements.txt asks for pandas>=2.2, which the lock does not have`. */
  readonly words: string
  /** What is asked for, in the words of the plan; empty where nothing is. */
  readonly asked: string
  /** Where it is asked for; undefined for what is no line of a requirements file. */
  readonly span: Span | undefined
  /** What the lock has instead; undefined where it has nothing. */
  readonly lockSpan: Span | undefined
}

/** All differences, in the order of the images and of what is in them. */
export function compareLock(asked: readonly AskedImage[], lock: ParsedLock): readonly Difference[] {
  const names = asked.map(({ name }) => name)
  const unused = lock.images.filter(({ name }) => !names.includes(name))
  return [
    ...asked.flatMap((image) => compareImage(image, lock)),
    ...unused.map(({ name }) => ({ image: undefined, words: `the lock has the image ${name}, which is no longer built`, asked: '', span: undefined, lockSpan: lock.places.get(name) })),
  ]
}

function compareImage(asked: AskedImage, lock: ParsedLock): readonly Difference[] {
  const { name } = asked
  const locked = lock.images.find((image) => image.name === name)
  if (locked === undefined) return [{ image: name, words: `the lock does not have the image ${name}`, asked: asked.base, span: undefined, lockSpan: undefined }]
  const where = { image: name, asked: asked.base, span: undefined, lockSpan: lock.places.get(`${name}.base`) }
  const missing = asked.platforms.filter((platform) => !locked.platforms.includes(platform))
  return [
    ...(asked.base === locked.base ? [] : [{ ...where, words: `the base image ${asked.base} was locked as ${locked.base}` }]),
    ...missing.map((platform) => ({ ...where, asked: platform, lockSpan: lock.places.get(`${name}.platforms`), words: `the image ${name} is built for ${platform}, which the lock does not have` })),
    ...compareLayers(asked, locked, lock),
  ]
}

function compareLayers(asked: AskedImage, locked: LockedImage, { places }: ParsedLock): readonly Difference[] {
  const keys = [...new Set([...asked.layers, ...locked.layers].map(keyOf))]
  return keys.flatMap((key) => {
    const layer = asked.layers.find((each) => keyOf(each) === key)
    const at = locked.layers.findIndex((each) => keyOf(each) === key)
    const place = `${asked.name}.layers.${at}`
    const where = { image: asked.name, asked: layer?.title ?? '', span: undefined, lockSpan: places.get(place) ?? places.get(asked.name) }
    return compareLayer(layer, locked.layers[at], where, (part) => places.get(`${place}.${part}`) ?? where.lockSpan)
  })
}

type Where = Omit<Difference, 'words'>
type PlaceOf = (part: string) => Span | undefined

function compareLayer(asked: AskedLayer | undefined, locked: LockedLayer | undefined, where: Where, placeOf: PlaceOf): readonly Difference[] {
  if (asked === undefined) return [{ ...where, words: `the lock has ${describeLayer(locked?.title ?? '')}, which nothing asks for any longer` }]
  if (locked === undefined) return [{ ...where, words: `the lock does not have ${describeLayer(asked.title)}`, asked: asked.lines[0]?.text ?? asked.title, span: asked.lines[0]?.span }]
  // A framework's requirements follow from its version and its index.
  if (asked.title !== locked.title) return [{ ...where, words: `${asked.title} was locked as ${locked.title}` }]
  const index = (layer: AskedLayer | LockedLayer) => layer.index ?? 'the usual index'
  if (asked.index !== locked.index) return [{ ...where, words: `${asked.title} comes from ${index(asked)}, and was locked from ${index(locked)}`, lockSpan: placeOf('index') }]
  return compareLines(asked, locked, where, placeOf)
}

function describeLayer(title: string): string {
  return title === 'packages' ? 'the packages of the config' : title
}

/** The order of lines decides nothing. A line of the same package is told as one change. */
function compareLines({ title, lines }: AskedLayer, locked: LockedLayer, where: Where, placeOf: PlaceOf): readonly Difference[] {
  const texts = lines.map(({ text }) => text)
  const gone = locked.asked.flatMap((text, at) => (texts.includes(text) ? [] : [{ text, lockSpan: placeOf(`asked.${at}`) }]))
  const added = lines.filter(({ text }) => !locked.asked.includes(text))
  const partnerOf = ({ text }: AskedLine) => gone.find((each) => nameOf(each.text) === nameOf(text))
  const partners = new Set(added.map(partnerOf))
  const asks = title === 'packages' ? 'the config asks' : `${title} asks`
  return [
    ...added.map((line) => {
      const before = partnerOf(line)
      const rest = before === undefined ? 'the lock does not have' : `was locked as ${before.text}`
      return { ...where, words: `${asks} for ${line.text}, which ${rest}`, asked: title === 'packages' ? line.text : title, span: line.span, lockSpan: before?.lockSpan ?? where.lockSpan }
    }),
    ...gone.filter((each) => !partners.has(each)).map(({ text, lockSpan }) => ({ ...where, words: `${asks} no longer for ${text}, which the lock has`, lockSpan })),
  ]
}

/** A framework is the same one in another version. */
function keyOf({ title }: { readonly title: string }): string {
  return title.replace(/ \d\S*$/, '')
}

function nameOf(text: string): string {
  const isLimit = text.startsWith('-c ')
  return `${isLimit ? '-c ' : ''}${parseRequirement(isLimit ? text.slice(3) : text)?.name ?? text}`
}
