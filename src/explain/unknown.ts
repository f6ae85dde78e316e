/** What to say of a word that means nothing: what was probably meant, and which kinds of words there are. */
import { suggest } from '../diagnostics/suggest.ts'
import { nearestCode } from './code.ts'
import type { FoundKey } from './find-key.ts'

/** Every kind of word that is explained. */
export const KINDS = 'a key such as gpu or datasets.*.mount, a service of the config, a code such as MLS2003, or image'

/** Keys beyond this number are not worth listing. */
const LISTED = 4

export interface Help {
  readonly message: string
  readonly help: string
}

export function refuseCode(number: string): Help {
  const nearest = nearestCode(number)
  return { message: `there is no diagnostic MLS${number}`, help: nearest === undefined ? KINDS : `did you mean ${nearest.code} (${nearest.title})?` }
}

export function refuseWord(word: string, keys: readonly FoundKey[], services: readonly string[]): Help {
  const nearest = suggest(word, [...services, 'image', ...keys.map(({ name }) => name.replaceAll('NAME', '*'))]) ?? suggestLastStep(word, keys)
  return { message: `${JSON.stringify(word)} is nothing that mlstack can explain`, help: nearest === undefined ? `give ${KINDS}` : `did you mean ${nearest}?` }
}

/** `gpu.cude`: the way is right and the last step is misspelt, or the first is. */
function suggestLastStep(word: string, keys: readonly FoundKey[]): string | undefined {
  const leaves = [...new Set(keys.map(({ steps }) => steps.at(-1) ?? ''))]
  const leaf = suggest(word.split('.').at(-1) ?? '', leaves)
  return keys.find(({ steps }) => steps.at(-1) === leaf)?.name.replaceAll('NAME', '*')
}

/** A word that is the last step of several keys. */
export function askWhich(word: string, found: readonly FoundKey[]): Help {
  const names = found.map(({ name }) => name.replaceAll('NAME', '*'))
  const more = names.length > LISTED ? ` and ${names.length - LISTED} more` : ''
  return { message: `${JSON.stringify(word)} is a key in several places`, help: `say which: ${names.slice(0, LISTED).join(', ')}${more}` }
}
