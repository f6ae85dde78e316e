/** Shared memory: too little for data loaders, or as much as the container may use. */
import { parseByteSize } from '../../config/byte-size.ts'
import type { Config, Resources } from '../../config/config.ts'
import type { Located } from '../../config/located.ts'
import { literalOf, type Template } from '../../config/template.ts'
import * as advice from '../../diagnostics/catalogue/advice.ts'
import type { Sink } from '../../diagnostics/sink.ts'
import { findSharedMemory } from '../../facts/models.ts'
import { modelOf } from '../model.ts'
import type { AdviceContext } from './context.ts'
import { replaceValue } from './edits.ts'

/** What Docker gives where nothing is said; loaders are known to fail with it. */
const DOCKER_DEFAULT = 64 * 1024 ** 2

/** Data loaders run in jobs. */
const JOBS: readonly string[] = ['train', 'evaluate']

interface Size {
  readonly bytes: number
  readonly located: Located<Template>
  readonly text: string
}

export function adviseOnMemory({ config, frameworks }: AdviceContext, sink: Sink): void {
  const model = modelOf(config)
  const loading = frameworks.find(({ facts }) => findSharedMemory(facts.name, model) !== undefined)
  const usual = loading && findSharedMemory(loading.facts.name, model)
  for (const { name, kind, resources } of config.roles) {
    const shared = readSize('shmSize', resources, config)
    const memory = readSize('memory', resources, config)
    const isTight = shared !== undefined && memory !== undefined && shared.bytes >= memory.bytes
    if (isTight) sink.report(describeLimit(shared, memory))
    const isLoading = kind === 'job' || JOBS.includes(name.value)
    if (shared === undefined || usual === undefined || loading === undefined || !isLoading || shared.bytes > DOCKER_DEFAULT) continue
    const { text, located } = shared
    sink.report(advice.smallSharedMemory({ size: text, framework: loading.facts.title, usual }, { at: located.span, ...replaceValue(located.span, usual) }))
  }
}

function describeLimit(shared: Size, memory: Size) {
  const { span } = shared.located
  const related = [{ span: memory.located.span, message: 'what the container may use in all' }]
  const half = Math.floor(memory.bytes / 2 / 1024 ** 2)
  return advice.sharedMemoryOverLimit({ size: shared.text, memory: memory.text }, { at: span, related, ...(half > 0 ? replaceValue(span, `${half}m`) : {}) })
}

/** A limit of a role, or else of all roles, as far as it is written out. */
function readSize(key: keyof Resources, own: Resources, { resources }: Config): Size | undefined {
  const located = own[key] ?? resources[key]
  const text = located && literalOf(located.value)
  const size = text === undefined ? undefined : parseByteSize(text)
  return located === undefined || text === undefined || size === undefined ? undefined : { bytes: size.bytes, located, text }
}
