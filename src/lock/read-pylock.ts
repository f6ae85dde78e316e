/** Reads what `uv pip compile --format pylock.toml` (PEP 751) prints for one platform. */
import { getStaticTOMLValue, parseTOML } from 'toml-eslint-parser'
import { fragmentOf } from '../project/direct-source.ts'
import { normalizeName } from '../project/requirements.ts'
import { sortWheels } from './best-wheel.ts'
import type { ResolvedPackage } from './resolution.ts'

/** https://packaging.python.org/en/latest/specifications/pylock-toml, as far as it is read. */
interface PylockPackage {
  readonly name: string
  readonly version?: string
  readonly vcs?: { readonly type: string; readonly url: string; readonly 'commit-id': string; readonly subdirectory?: string }
  readonly archive?: PylockFile & { readonly subdirectory?: string }
  readonly sdist?: PylockFile
  readonly wheels?: readonly PylockFile[]
}

interface PylockFile {
  readonly name?: string
  readonly url?: string
  readonly path?: string
  readonly hashes: Readonly<Record<string, string>>
}

/** By name, with the hash of the one file that pip would install. */
export function readPylock(text: string): readonly ResolvedPackage[] {
  const { packages = [] } = getStaticTOMLValue(parseTOML(text)) as { readonly packages?: readonly PylockPackage[] }
  return packages.map(readPackage).sort((a, b) => (a.name < b.name ? -1 : 1))
}

function readPackage(found: PylockPackage): ResolvedPackage {
  const { vcs, archive } = found
  const common = { name: normalizeName(found.name), version: found.version ?? '', url: undefined, hashes: [] }
  if (vcs !== undefined) return { ...common, url: `${vcs.type}+${vcs.url}@${vcs['commit-id']}${fragmentOf(vcs.subdirectory)}` }
  if (archive !== undefined) return { ...common, url: `${archive.url ?? ''}${fragmentOf(archive.subdirectory)}`, hashes: hashesOf(archive) }
  return { ...common, hashes: hashesOf(chooseFile(found)) }
}

/** uv names all wheels that fit, and the source. */
function chooseFile({ wheels = [], sdist }: PylockPackage): PylockFile | undefined {
  const [best] = sortWheels(wheels.map(nameOf))
  return wheels.find((wheel) => nameOf(wheel) === best) ?? sdist
}

function nameOf({ name, url, path }: PylockFile): string {
  return name ?? decodeURIComponent((url ?? path ?? '').split(/[?#]/)[0]?.split('/').at(-1) ?? '')
}

function hashesOf(file: PylockFile | undefined): readonly string[] {
  const hash = file?.hashes['sha256']
  return hash === undefined ? [] : [hash]
}
