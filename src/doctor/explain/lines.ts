/** Cuts a log into lines as it comes, however long it is, without the codes that colour terminals. */
import { stripVTControlCharacters, TextDecoder } from 'node:util'

/** Characters of a line that are looked at: a log without line ends must not fill the memory. */
const LONGEST = 8192

/** Progress bars end their lines with a carriage return alone. Empty lines keep their place. */
export async function* readLines(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined
  let rest = ''
  for await (const piece of pieces) {
    decoder ??= createDecoder(piece)
    const lines = (rest + decoder.decode(piece, { stream: true })).split(/\r\n|\n|\r(?!$)/)
    rest = lines.pop() ?? ''
    for (const line of lines) yield clean(line)
    if (rest.length > LONGEST) rest = rest.slice(0, LONGEST)
  }
  rest += decoder?.decode() ?? ''
  if (rest !== '') yield clean(rest)
}

/** PowerShell writes UTF-16 where a person redirects. */
function createDecoder(first: Uint8Array): TextDecoder {
  return new TextDecoder(first[0] === 0xff && first[1] === 0xfe ? 'utf-16le' : 'utf-8')
}

function clean(line: string): string {
  return stripVTControlCharacters(line.slice(0, LONGEST)).replace(/\r$/, '')
}
