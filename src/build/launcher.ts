/** What `dist/mlstack.cjs` is made of: it finds the bundle beside itself and starts it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readBundle, runBundle } from './launch.ts'

const BUNDLE = join(__dirname, 'mlstack-bundle.cjs')

function readCache(): Buffer | undefined {
  try {
    return readFileSync(join(__dirname, 'mlstack-bundle.cache'))
  } catch {
    return undefined
  }
}

runBundle(readBundle(BUNDLE, readCache()), BUNDLE, { require, module })
