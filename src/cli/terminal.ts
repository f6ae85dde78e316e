/** Decides whether a stream gets colour. */
import type { Io, Output } from './io.ts'

export const COLOR_CHOICES = ['auto', 'always', 'never'] as const

export type ColorChoice = (typeof COLOR_CHOICES)[number]

/** `--color` decides, then NO_COLOR, then FORCE_COLOR, then whether the stream is a terminal that can show it. */
export function wantsColor(choice: ColorChoice, stream: Output, env: Io['env']): boolean {
  if (choice !== 'auto') return choice === 'always'
  if (isSet(env['NO_COLOR'])) return false
  const forced = env['FORCE_COLOR']
  if (isSet(forced)) return forced !== '0' && forced !== 'false'
  return stream.isTTY === true && env['TERM'] !== 'dumb'
}

/** An empty variable counts as none: that is how one is switched off for a single command. */
function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== ''
}
