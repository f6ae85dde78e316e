/** Reads XML as far as our pictures use it, and throws where it is not well-formed. */

export interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  /** The text directly in it. */
  text: string
  readonly children: Element[]
}

const TOKEN = /<(\/?)([A-Za-z][\w:-]*)((?:\s+[\w:-]+="[^"<&]*")*)\s*(\/?)>|([^<]+)|(<)/gy
const ENTITY = /&(?!(?:amp|lt|gt|quot);)/
/** What XML 1.0 has no way to write. */
const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Cs}/u

export function parseXml(source: string): Element {
  if (FORBIDDEN.test(source) || ENTITY.test(source)) throw new Error('a character that XML does not allow')
  const root: Element = { name: '', attributes: {}, text: '', children: [] }
  const open = [root]
  for (const [whole, end, name = '', attributes = '', alone, text] of source.matchAll(TOKEN)) {
    const parent = open.at(-1) ?? root
    if (text !== undefined) parent.text += text
    else if (name === '') throw new Error(`no tag begins with ${whole}`)
    else if (end === '/') {
      if (open.length === 1 || open.pop()?.name !== name) throw new Error(`</${name}> closes nothing`)
    } else {
      const element = { name, attributes: readAttributes(attributes), text: '', children: [] }
      parent.children.push(element)
      if (alone !== '/') open.push(element)
    }
  }
  const [only] = root.children
  if (open.length > 1 || only === undefined || root.children.length > 1 || root.text.trim() !== '') throw new Error('not one element that is closed')
  return only
}

function readAttributes(text: string): Readonly<Record<string, string>> {
  const pairs = [...text.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value] as const)
  if (new Set(pairs.map(([name]) => name)).size < pairs.length) throw new Error('an attribute twice')
  return Object.fromEntries(pairs)
}

/** An element and all that is in it. */
export function allIn(element: Element): readonly Element[] {
  return [element, ...element.children.flatMap(allIn)]
}
