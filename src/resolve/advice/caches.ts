/** Downloads of models that no volume keeps. */
import type { Config } from '../../config/config.ts'
import { literalOf } from '../../config/template.ts'
import { parseMount } from '../../config/mount.ts'
import { itemsOf } from '../../config/read.ts'
import * as advice from '../../diagnostics/catalogue/advice.ts'
import type { Sink } from '../../diagnostics/sink.ts'
import { findImageFamily } from '../../facts/base-images.ts'
import { CACHE_FOLDER, CACHE_VARIABLES, DATA_FOLDER, MODEL_STORE } from '../../facts/container.ts'
import { isDownloader } from '../../facts/distributions.ts'
import { workingFolderOf } from '../code.ts'
import { variablesOf, type Matter } from './context.ts'
import { replaceValue } from './edits.ts'

/** Those of the cache's variables that libraries keep models and data below. */
const KEPT: ReadonlyMap<string, string> = new Map(CACHE_VARIABLES.filter(([name]) => name === 'HF_HOME' || name === 'TORCH_HOME'))

export function adviseOnCaches(matter: Matter, sink: Sink): void {
  const { config, binding } = matter
  // What is in the code, or in an image of the user's, need not be downloaded.
  const isPrepared = config.build.from !== undefined && findImageFamily(matter.image)?.isDebian !== true
  const variables = variablesOf(config)
  if (isPrepared || variables.some(({ name }) => name.value === 'HF_HUB_OFFLINE')) return
  const kept = [CACHE_FOLDER, workingFolderOf(config), DATA_FOLDER, MODEL_STORE, ...mountsOf(config)]
  for (const { name, value } of variables) {
    const usual = KEPT.get(name.value)
    const text = value && literalOf(value.value)
    if (usual === undefined || value === undefined || text === undefined || !text.startsWith('/') || kept.some((folder) => isBelow(text, folder))) continue
    sink.report(advice.lostCache({ what: `\`${text}\` is on no volume`, advice: `remove \`${name.value}\`: it is ${usual} already` }, { at: value.span, ...replaceValue(value.span, usual) }))
  }
  const downloader = binding.find(({ value }) => isDownloader(value.name))?.span ?? matter.frameworks.find(({ facts }) => facts.distributions.some(isDownloader))?.place
  const span = config.cache.scope === 'none' && downloader !== undefined && !hasOwnCache(config) ? findCacheKey(config) : undefined
  if (span === undefined || downloader === undefined) return
  sink.report(advice.lostCache({ what: 'there is no cache volume', advice: 'remove cache: false' }, { at: span, related: [{ span: downloader, message: 'it downloads models' }] }))
}

function hasOwnCache(config: Config): boolean {
  return mountsOf(config).length > 0 || variablesOf(config).some(({ name }) => KEPT.has(name.value))
}

/** Where the user mounts something. */
function mountsOf({ roles, datasets }: Config): readonly string[] {
  const volumes = roles.flatMap(({ compose }) => compose.filter(({ name }) => name.value === 'volumes').flatMap(({ value }) => itemsOf(value)))
  return [...volumes.flatMap((tree) => parseMount(tree)?.target ?? []), ...datasets.flatMap(({ mount }) => mount?.value ?? [])]
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`)
}

/** The config keeps no place for a switch that is off. */
function findCacheKey({ span: { source } }: Config) {
  const match = /(?:^|[{,]\s*)cache\s*:\s*(false)/m.exec(source.text)
  return match === null ? undefined : { source, start: match.index + match[0].length - 'false'.length, end: match.index + match[0].length }
}
