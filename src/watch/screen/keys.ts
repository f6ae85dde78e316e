/** What a person asks for by the keys of a terminal in raw mode. */

export type Command = 'rebuild' | 'retrain' | 'logs' | 'quit'

/** The keys that are shown; their capitals do the same. */
export const KEYS: readonly (readonly [key: string, command: Command])[] = [
  ['r', 'rebuild'],
  ['t', 'retrain'],
  ['l', 'logs'],
  ['q', 'quit'],
]

/** Ctrl-C and Ctrl-D, which a raw terminal hands over like any other byte. */
const CONTROLS: readonly (readonly [key: string, command: Command])[] = [
  ['\u0003', 'quit'],
  ['\u0004', 'quit'],
]

const LETTERS = new Map(KEYS)
const ALWAYS = new Map(CONTROLS)

/** Pasted text, mouse reports, arrows and function keys, and letters with Alt. */
const ESCAPE = /\x1b(?:\[200~[^]*?(?:\x1b\[201~|$)|\[M[^]{3}|\[[0-?]*[ -/]*[@-~]|O[^]|[^])?/g

const bytesAsCharacters = new TextDecoder('latin1')

/** The commands in one chunk of input, in their order. Letters among other text were pasted, and are no commands. */
export function readKeys(chunk: Uint8Array): readonly Command[] {
  const keys = [...bytesAsCharacters.decode(chunk).replace(ESCAPE, '').toLowerCase()]
  const isTyped = keys.every((key) => LETTERS.has(key) || ALWAYS.has(key))
  return keys.flatMap((key) => ALWAYS.get(key) ?? (isTyped ? LETTERS.get(key) : undefined) ?? [])
}
