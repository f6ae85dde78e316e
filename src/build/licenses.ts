/** The licences of the packages whose code is in a bundle, in one text. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

interface Package {
  readonly name: string
  readonly version: string
  readonly license: string
}

/** `inputs` are paths relative to `root`, as esbuild's metafile lists them. */
export function collectLicenses(root: string, inputs: readonly string[]): string {
  const folders = [...new Set(inputs.flatMap((input) => packageFolder(input) ?? []))].sort()
  return ['mlstack contains code of the packages below.\n', ...folders.map((folder) => describe(join(root, folder)))].join(`\n${'-'.repeat(80)}\n\n`)
}

function packageFolder(input: string): string | undefined {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0]
}

function describe(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Package
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry))
  if (file === undefined) throw new Error(`${name} has no licence file to pass on`)
  return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`
}
