/** Loads a bundle as V8 script, from V8's code cache where there is one that V8 accepts. */
import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { Script } from 'node:vm'

/** `cachedData` of another V8 is refused by V8, which then compiles the text as if there were none. */
export function readBundle(file: string, cachedData: Buffer | undefined): Script {
  // The bundle is ASCII (the build sees to it), and as latin1 it is read three times faster than as UTF-8.
  return new Script(readFileSync(file, 'latin1'), { filename: file, ...(cachedData === undefined ? {} : { cachedData }) })
}

/** Calls what the bundle is: the function that Node wraps a CommonJS module in. */
export function runBundle(script: Script, file: string, { require, module }: { readonly require: NodeJS.Require; readonly module: NodeJS.Module }): void {
  script.runInThisContext()(module.exports, require, module, file, dirname(file))
}
