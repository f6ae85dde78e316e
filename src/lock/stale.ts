/** Where a lock no longer agrees with what is asked for. Pure: each difference names the input that changed. */
import type { Span } from '../diagnostics/diagnostic.ts'
import { parseRequirement } from '../project/requirements.ts'
import type { AskedImage, AskedLayer, AskedLine } from './fingerprint.ts'
import type { LockedImage, LockedLayer } from './lock-file.ts'
import type { ParsedLock } from './parse-lock.ts'

export interface Difference {
  /** The image that it concerns. */
  readonly image: string
  /** What asks for it; the words of a decision where it is no line of a file. */
  readonly subject: 'base image' | 'framework' | 'wheel index' | 'packages'
  /** One line, such as `requirements.txt asks for pandas>=2.2, which the lock does not have`. */
  readonly words: string
  /** What is asked for; undefined where nothing is, or where it has no line. */
  readonly span: Span | undefined
  /** What the lock has instead; its image, where it has nothing. */
  readonly lockSpan: Span | undefined
}

/** All differences, in the order of the images and of what is in them. */
export function compareLock(asked: readonly AskedImage[], lock: ParsedLock): readonly Difference[] {
  const names = asked.map(({ name }) => name)
  const unused = lock.images.filter(({ name }) => !names.includes(name))
  return [
    ...asked.flatMap((image) => compareImage(image, lock)),
    ...unused.map(({ name }) => ({ image: name, subject: 'packages', words: `the lock has the image ${name}, which is no longer built`, span: undefined, lockSpan: lock.places.get(name) }) as const),
  ]
}

function compareImage(asked: AskedImage, lock: ParsedLock): readonly Difference[] {
  const locked = lock.images.find(({ name }) => name === asked.name)
  if (locked === undefined) return [{ image: asked.name, subject: 'base image', words: `the lock does not have the image ${asked.name}`, span: undefined, lockSpan: undefined }]
  const base = { image: asked.name, subject: 'base image', words: `the base image ${asked.base} was locked as ${locked.base}`, span: undefined, lockSpan: lock.places.get(`${asked.name}.base`) } as const
  return [...(asked.base === locked.base ? [] : [base]), ...compareLayers(asked, locked, lock)]
}

function compareLayers(asked: AskedImage, locked: LockedImage, { places }: ParsedLock): readonly Difference[] {
  const keys = [...new Set([...asked.layers, ...locked.layers].map(keyOf))]
  return keys.flatMap((key) => {
    const layer = asked.layers.find((each) => keyOf(each) === key)
    const at = locked.layers.findIndex((each) => keyOf(each) === key)
    const place = `${asked.name}.layers.${at}`
    return compareLayer(layer, locked.layers[at], { image: asked.name, span: undefined, lockSpan: places.get(place) ?? places.get(asked.name) }, (part) => places.get(`${place}.${part}`))
  })
}

type Where = Pick<Difference, 'image' | 'span' | 'lockSpan'>
type PlaceOf = (part: string) => Span | undefined

function compareLayer(asked: AskedLayer | undefined, locked: LockedLayer | undefined, where: Where, placeOf: PlaceOf): readonly Difference[] {
  if (asked === undefined) return [{ ...where, subject: 'packages', words: `the lock has ${locked?.title ?? ''}, which is no longer asked for` }]
  if (locked === undefined) return [{ ...where, subject: 'packages', words: `the lock does not have ${asked.title}`, span: asked.lines[0]?.span }]
  // A framework's requirements follow from its version and its index.
  if (asked.title !== locked.title) return [{ ...where, subject: 'framework', words: `${asked.title} was locked as ${locked.title}` }]
  if (asked.index !== locked.index) return [{ ...where, subject: 'wheel index', words: `${asked.index ?? 'the usual index'} was locked as ${locked.index ?? 'the usual index'}`, lockSpan: placeOf('index') ?? where.lockSpan }]
  return compareLines(asked, locked, where, placeOf)
}

/** The order of lines decides nothing. A line of the same package is told as one change. */
function compareLines({ title, lines }: AskedLayer, locked: LockedLayer, where: Where, placeOf: PlaceOf): readonly Difference[] {
  const texts = lines.map(({ text }) => text)
  const gone = locked.asked.flatMap((text, at) => (texts.includes(text) ? [] : [{ text, lockSpan: placeOf(`asked.${at}`) ?? where.lockSpan }]))
  const added = lines.filter(({ text }) => !locked.asked.includes(text))
  const partnerOf = ({ text }: AskedLine) => gone.find((each) => nameOf(each.text) === nameOf(text))
  const partners = new Set(added.map(partnerOf))
  return [
    ...added.map((line) => ({ ...where, subject: 'packages', words: describeAdded(title, line.text, partnerOf(line)?.text), span: line.span, lockSpan: partnerOf(line)?.lockSpan ?? where.lockSpan }) as const),
    ...gone.filter((each) => !partners.has(each)).map(({ text, lockSpan }) => ({ ...where, subject: 'packages', words: `${subjectOf(title)} no longer for ${text}, which the lock has`, lockSpan }) as const),
  ]
}

function describeAdded(title: string, text: string, before: string | undefined): string {
  return `${subjectOf(title)} for ${text}, which ${before === undefined ? 'the lock does not have' : `was locked as ${before}`}`
}

function subjectOf(title: string): string {
  return title === 'packages' ? 'the config asks' : `${title} asks`
}

/** A framework is the same one in another version. */
function keyOf({ title }: { readonly title: string }): string {
  return title.replace(/ \d\S*$/, '')
}

function nameOf(text: string): string {
  const isLimit = text.startsWith('-c ')
  return `${isLimit ? '-c ' : ''}${parseRequirement(isLimit ? text.slice(3) : text)?.name ?? text}`
}
