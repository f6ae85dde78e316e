/** What there is to say of a diagnostic's code. */
import { CATALOGUE } from '../diagnostics/catalogue/index.ts'
import type { Entry } from '../diagnostics/diagnostic.ts'
import { EXAMPLES } from '../generated/examples.js'
import { block, paint, paragraph, type Page } from './layout.ts'

/** As `--format json` prints it. */
export interface CodeView {
  readonly version: 1
  readonly code: string
  readonly severity: string
  readonly title: string
  readonly explanation: string
  /** A config, and what is printed for it; codes that no config alone brings about have none. */
  readonly example?: { readonly config: string; readonly text: string }
}

const CODE = /^(?:MLS[-_ ]?)?0*(\d{1,9})$/i

/** The number of a word that is meant as a code, known or not; undefined for other words. */
export function codeNumberOf(word: string): string | undefined {
  return CODE.exec(word.trim())?.[1]
}

/** Undefined for a code that there is not. */
export function explainCode(number: string): CodeView | undefined {
  const entry = CATALOGUE.get(`MLS${number}`)
  if (entry === undefined) return undefined
  const { code, severity, title, explanation } = entry
  const example = EXAMPLES[code]
  return { version: 1, code, severity, title, explanation, ...(example === undefined ? {} : { example }) }
}

/** The code that was most likely meant: one with the same digits in another order, one with a digit more, else the nearest. */
export function nearestCode(number: string): Entry | undefined {
  const entries = [...CATALOGUE.values()]
  const digitsOf = ({ code }: Entry) => [...code.slice(3)]
  const swapped = entries.find((entry) => digitsOf(entry).sort().join('') === [...number].sort().join(''))
  const longer = entries.find((entry) => digitsOf(entry).some((_, index, digits) => digits.toSpliced(index, 1).join('') === number))
  const distanceOf = (entry: Entry) => Math.abs(Number(digitsOf(entry).join('')) - Number(number))
  return swapped ?? longer ?? entries.toSorted((one, other) => distanceOf(one) - distanceOf(other))[0]
}

export function renderCode({ code, severity, title, explanation, example }: CodeView, page: Page): string {
  const head = `${paint('strong', `${code}: ${title}`, page)}\n\n`
  const text = paragraph(`A${severity === 'error' ? 'n' : ''} ${severity}. ${explanation}`, page)
  if (example === undefined) return `${head}${text}`
  return `${head}${text}\nFor this mlstack.yaml:\n\n${block(example.config)}\nit says:\n\n${block(example.text)}`
}
