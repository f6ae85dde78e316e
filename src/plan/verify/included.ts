/** Names that both the stack and a file that it includes declare: Compose refuses two that are not the same. */
import type { Config } from '../../config/config.ts'
import * as stack from '../../diagnostics/catalogue/stack.ts'
import type { Sink } from '../../diagnostics/sink.ts'
import { CACHE_VOLUME, MODEL_VOLUME } from '../../facts/container.ts'
import { declaredIn } from '../../resolve/included.ts'
import { valueOf, type Tree } from '../../syntax/tree.ts'
import type { VerifyInput } from './verify.ts'

const SECTIONS = ['services', 'volumes', 'networks', 'configs', 'secrets'] as const

type Section = (typeof SECTIONS)[number]

export function verifyIncluded({ config, included }: Pick<VerifyInput, 'config' | 'included'>, sink: Sink): void {
  for (const section of SECTIONS) {
    const own = ownNames(config, section)
    for (const { name, value, file } of declaredIn(included, section)) {
      const ours = own.get(name)
      if (!own.has(name) || (ours !== undefined && isSame(ours, value))) continue
      sink.report(stack.includedTwice({ section: SINGULAR[section], name, path: file.path.value, isOurs: ours === undefined }, { at: file.path.span }))
    }
  }
}

const SINGULAR: Readonly<Record<Section, string>> = { services: 'service', volumes: 'volume', networks: 'network', configs: 'config', secrets: 'secret' }

/** What the stack declares itself, as far as the user wrote it: undefined for what mlstack writes. */
function ownNames(config: Config, section: Section): ReadonlyMap<string, Tree | undefined> {
  const ofOurs: Readonly<Record<Section, readonly string[]>> = {
    services: config.roles.map(({ name }) => name.value),
    volumes: config.roles.length === 0 ? [] : [MODEL_VOLUME, ...(config.cache.scope === 'none' ? [] : [CACHE_VOLUME])],
    networks: [],
    configs: [],
    secrets: config.secrets.map(({ name }) => name.value),
  }
  const written = section === 'secrets' ? [] : config[section].map(({ name, value }) => [name.value, value] as const)
  return new Map<string, Tree | undefined>([...ofOurs[section].map((name) => [name, undefined] as const), ...written])
}

function isSame(one: Tree, other: Tree): boolean {
  return JSON.stringify(valueOf(one)) === JSON.stringify(valueOf(other))
}
