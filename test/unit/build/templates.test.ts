/** Templates become functions that print texts as they are and take nothing else. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { compileTemplates } from '../../../src/build/templates.ts'

type Template = (view: object) => string

async function load(files: Readonly<Record<string, string>>): Promise<Readonly<Record<string, Template>>> {
  return import(`data:text/javascript,${encodeURIComponent(compileTemplates(files).code)}`) as Promise<Record<string, Template>>
}

const LINES = '<% for (const line of view.lines) { -%>\n<%= line %>\n<% } -%>\n'

test('a template is named for its file and prints texts without changing them', async () => {
  const { ignoreFile } = await load({ 'ignore-file.ejs': LINES })
  assert.is(ignoreFile?.({ lines: ['RUN a && b <c> "d" \\', "'$e'"] }), 'RUN a && b <c> "d" \\\n\'$e\'\n')
})

test('a value that is missing or no text is an error', async () => {
  const { lines } = await load({ 'lines.ejs': LINES })
  for (const wrong of [undefined, null, 1, {}]) assert.throws(() => lines?.({ lines: [wrong] }), /where it prints a text/)
})

test('a template that would print without a check is refused', () => {
  assert.throws(() => compileTemplates({ 'x.ejs': '<%- view.text %>' }), /x\.ejs/)
})

test('declarations go with the code', () => {
  assert.is(compileTemplates({ 'x.ejs': '' }).types, 'export function x(view: object): string\n')
})

test.run()
