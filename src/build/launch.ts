/** Loads a CommonJS bundle as V8 script, from V8's code cache where there is one that V8 accepts. */
import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { Script } from 'node:vm'

/** The wrapper that Node puts around a CommonJS module; on the first line, so that lines of a stack are lines of the bundle. */
const HEAD = '(function (exports, require, module, __filename, __dirname) { '

/** `cachedData` of another V8 is refused by V8, which then compiles the text as if there were none. */
export function readBundle(file: string, cachedData: Buffer | undefined): Script {
  // The bundle is ASCII (the build checks it), and as latin1 it is read three times faster than as UTF-8.
  const source = `${HEAD}${readFileSync(file, 'latin1')}\n})`
  return new Script(source, { filename: file, columnOffset: -HEAD.length, ...(cachedData === undefined ? {} : { cachedData }) })
}

export function runBundle(script: Script, file: string, { require, module }: { readonly require: NodeJS.Require; readonly module: NodeJS.Module }): void {
  script.runInThisContext()(module.exports, require, module, file, dirname(file))
}
