/** The comment at the top of every file that mlstack makes: what it was made from, and a hash that shows a later edit. */
import type { Stack } from '../plan/stack.ts'
import { isParamsPath } from '../plan/own-files.ts'
import { hashText, unifyLineEnds } from './hash.ts'

export interface HeaderOptions {
  /** The file to change instead, as the user would name it, such as `mlstack.yaml`. */
  readonly from: string
  /** The overlay of it that was chosen. */
  readonly variant?: string | undefined
  /** What begins a comment in the format of the file. */
  readonly comment: '#'
}

/** A header found on a text: the hash that it records, and all that follows it, with LF ends. */
export interface Header {
  readonly hash: string
  readonly body: string
}

// Only the beginning of the first line counts, so that its words may change between versions of mlstack.
const HEADER = /^# Made by mlstack from [^\n]*\n# body sha256:([0-9a-f]{16})\n/

/**
 * Puts the header on top of a body. No version is in it: an update of mlstack that changes nothing else rewrites no file.
 * The first line must not look like `# key=value`, which Docker would read as a parser directive.
 */
export function withHeader(body: string, { from, variant, comment }: HeaderOptions): string {
  const [origin, option] = variant === undefined ? ['', ''] : [`, variant ${variant}`, ` --variant ${variant}`]
  return [
    `${comment} Made by mlstack from ${harmless(from)}${origin}. Do not edit: change that file and run \`mlstack compile${option}\`.`,
    `${comment} body sha256:${hashBody(body)}`,
    body,
  ].join('\n')
}

/** Replaces what could end the comment, hide in it, or not survive being written as UTF-8 (a lone surrogate). */
function harmless(name: string): string {
  // Classes of Unicode take V8 long to read, and few names need them.
  return /^[ -~]*$/.test(name) ? name : name.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '\ufffd')
}

/** Finds the header at the very top of a text, or gives undefined: then mlstack did not make it. */
export function readHeader(text: string): Header | undefined {
  const unified = unifyLineEnds(text)
  const match = HEADER.exec(unified)
  return match?.[1] === undefined ? undefined : { hash: match[1], body: unified.slice(match[0].length) }
}

/** The hash that a header records: the first 16 hex digits of the body's SHA-256, enough against accident. */
export function hashBody(body: string): string {
  return hashText(body).slice(0, 16)
}

/** The header of a file of this stack. */
export function headerOf({ configFile, variant }: Pick<Stack, 'configFile' | 'variant'>): HeaderOptions {
  return { from: configFile, variant, comment: '#' }
}

/** Whether a file of ours has no header, since its format has no comments. */
export function isHeaderless(path: string): boolean {
  return isParamsPath(path)
}
