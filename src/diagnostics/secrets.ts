/** Finds secrets in texts that are about to be shown: what one diagnostic conceals, another may quote. */
import type { Diagnostic, Span } from './diagnostic.ts'

/** What all concealed diagnostics of a run mark. */
export interface Secrets {
  readonly spans: readonly Span[]
  /** The marked texts by how they begin, so that thousands of them cost little. */
  readonly byStart: ReadonlyMap<string, readonly string[]>
  readonly keyLengths: ReadonlySet<number>
}

export interface Range {
  readonly start: number
  readonly end: number
}

const KEY_LENGTH = 8
const MASK = '••••••••'

const USER_INFO = /([A-Za-z][A-Za-z0-9+.-]{0,30}:\/\/)[^\s/?#"'@]{1,1024}@/g

/** Collects what must not be shown: each marked text as it stands, and without its quotes. */
export function collectSecrets(diagnostics: readonly Diagnostic[]): Secrets {
  const spans = diagnostics.filter(({ concealed }) => concealed).map(({ primary }) => primary.span)
  const byStart = new Map<string, string[]>()
  for (const text of new Set(spans.flatMap(textsOf))) {
    const key = text.slice(0, KEY_LENGTH)
    const bucket = byStart.get(key)
    if (bucket === undefined) byStart.set(key, [text])
    else bucket.push(text)
  }
  return { spans, byStart, keyLengths: new Set([...byStart.keys()].map((key) => key.length)) }
}

function textsOf({ source, start, end }: Span): readonly string[] {
  const marked = source.text.slice(start, end).trim()
  const bare = /^(["'])(.*)\1$/s.exec(marked)?.[2] ?? ''
  return [marked, bare].filter((text) => text !== '')
}

/** Where secrets stand in a text, from left to right; of several that begin at one place, the longest. */
export function findSecrets(text: string, { byStart, keyLengths }: Secrets): readonly Range[] {
  const ranges: Range[] = []
  if (keyLengths.size === 0) return ranges
  for (let at = 0; at < text.length; at += 1) {
    let end = at
    for (const length of keyLengths) {
      for (const secret of byStart.get(text.slice(at, at + length)) ?? []) if (text.startsWith(secret, at)) end = Math.max(end, at + secret.length)
    }
    if (end === at) continue
    ranges.push({ start: at, end })
    at = end - 1
  }
  return ranges
}

/** Replaces every secret in a text by a mask of fixed length. */
export function concealSecrets(text: string, secrets: Secrets): string {
  let shown = ''
  let last = 0
  for (const { start, end } of findSecrets(text, secrets)) {
    shown += text.slice(last, start) + MASK
    last = end
  }
  return shown + text.slice(last)
}

/** Masks what stands before the host in the URLs of a text that other programs wrote: `https://••••••••@host/`. */
export function concealUserInfo(text: string): string {
  return text.includes('@') ? text.replace(USER_INFO, `$1${MASK}@`) : text
}
