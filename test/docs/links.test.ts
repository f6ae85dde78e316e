/** Links within the repository lead somewhere. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { PAGES, readPage, ROOT } from './pages.ts'

interface Link {
  readonly page: string
  /** Relative to the root. */
  readonly file: string
  /** A heading in the file, or nothing. */
  readonly anchor: string
}

const links = PAGES.flatMap((page) => {
  const found = [...readPage(page).matchAll(/\]\((?!https?:)([^)#]*)#?([^)]*)\)/g)]
  return found.map(([, path = '', anchor = '']): Link => ({ page, file: path === '' ? page : join(dirname(page), path), anchor }))
})

/** As GitHub makes them. */
function anchorsIn(file: string): readonly string[] {
  const headings = [...readFileSync(join(ROOT, file), 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => heading)
  return headings.map((heading) => heading.toLowerCase().replace(/[^\w\- ]/g, '').replaceAll(' ', '-'))
}

test('there are links to files and to headings', () => {
  assert.ok(links.some(({ anchor }) => anchor === ''))
  assert.ok(links.some(({ anchor }) => anchor !== ''))
})

test('every file is there', () => {
  assert.equal(links.filter(({ file }) => !existsSync(join(ROOT, file))), [])
})

test('every heading is there', () => {
  const anchored = links.filter(({ file, anchor }) => anchor !== '' && existsSync(join(ROOT, file)))
  assert.equal(anchored.filter(({ file, anchor }) => !anchorsIn(file).includes(anchor)), [])
})

test.run()
