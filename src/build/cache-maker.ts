/** Runs the bundle once and keeps what V8 compiled on the way, lazily compiled functions included, as the code cache that the launcher reads. */
import { writeFileSync } from 'node:fs'
import { readBundle, runBundle } from './launch.ts'

const [node = '', maker = '', bundle = '', cache = '', ...args] = process.argv
const script = readBundle(bundle, undefined)
process.argv = [node, maker, ...args]
process.on('exit', (status) => status === 0 && writeFileSync(cache, script.createCachedData()))
runBundle(script, bundle, { require, module })
