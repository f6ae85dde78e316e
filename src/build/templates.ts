/** Compiles EJS templates to plain functions: no template engine is there at run time, and a value that is no text is an error, not a hole. */
import ejs from 'ejs'
import type { GeneratedModule } from './generate.ts'

/** EJS would print nothing for a missing value, and would write `&&` as entities. */
const ESCAPE = `function escapeFn(value) {
  if (typeof value !== 'string') throw new TypeError(\`a template was given \${value === null ? 'null' : typeof value} where it prints a text\`)
  return value
}
`

/** Takes texts by file name; each becomes an exported function of one argument, \`view\`, named for its file in camelCase. */
export function compileTemplates(files: Readonly<Record<string, string>>): GeneratedModule {
  const functions = Object.entries(files).map(([file, text]) => `export function ${functionName(file)}(view) {\n${compileTemplate(file, text)}}\n`)
  const types = Object.keys(files).map((file) => `export function ${functionName(file)}(view: object): string\n`)
  return { code: [ESCAPE, ...functions].join('\n'), types: types.join('') }
}

function compileTemplate(file: string, text: string): string {
  if (text.includes('<%-')) throw new Error(`${file}: \`<%-\` prints without a check; use \`<%=\``)
  const template = new ejs.Template(text, { filename: file, localsName: 'view', strict: true, compileDebug: false })
  template.compile()
  return template.source
}

function functionName(file: string): string {
  return file.replace(/\.ejs$/, '').replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
}
