/** Facts below a page: each is told once, with where it is from, and is pointed to by number wherever it decided something. */
import type { Fact } from '../resolve/decision.ts'
import { paint, wrap, type Page } from './layout.ts'

export interface Footnotes {
  /** Such as ` [2]`; nothing where no fact decided. */
  readonly refer: (fact: Fact | undefined) => string
  /** All that were referred to, under a heading; nothing where none was. */
  readonly render: (page: Page) => string
}

export function createFootnotes(): Footnotes {
  const notes: string[] = []
  return {
    refer: (fact) => {
      if (fact === undefined) return ''
      const note = `${fact.text}: ${shorten(fact.source)}`
      if (!notes.includes(note)) notes.push(note)
      return ` [${notes.indexOf(note) + 1}]`
    },
    render: (page) => (notes.length === 0 ? '' : `\n${paint('strong', 'facts', page)}\n\n${notes.map((note, index) => renderNote(note, index + 1, page)).join('')}`),
  }
}

/** What a table says of its source in brackets is for those who keep the table. */
function shorten(source: string): string {
  return source.replace(/ \([^)]*\)/g, '')
}

function renderNote(note: string, number: number, page: Page): string {
  const mark = `  [${number}] `
  const lines = wrap(note, page.width - mark.length)
  return lines.map((line, index) => `${index === 0 ? mark : ' '.repeat(mark.length)}${paint('dim', line, page)}\n`).join('')
}
