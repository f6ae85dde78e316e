/** Lines of requirements files that change where pip looks, and pins of builds that are not installed. */
import * as advice from '../../diagnostics/catalogue/advice.ts'
import type { Sink } from '../../diagnostics/sink.ts'
import type { UserRequirement } from '../environment.ts'
import { INDEX_OPTION, optionsIn, type Option } from '../index-options.ts'
import { exactVersionOf, localOf, withoutLocal } from '../specifier.ts'
import type { AdvisedFramework, Matter } from './context.ts'
import { removeLine, requireVersion } from './edits.ts'

const ONLY_INDEX = /^(?:-i|--index-url|--pypi-url)[\s=]/
const TRUSTED = /^--trusted-host[\s=]/

export function adviseOnIndexes(matter: Matter, sink: Sink): void {
  for (const { span, text } of matter.requirements.files.flatMap(optionsIn)) {
    if (TRUSTED.test(text)) sink.report(advice.unverified({ what: '--trusted-host' }, { at: span, ...removeLine(matter.requirements, span) }))
    const [, url] = INDEX_OPTION.exec(text) ?? []
    if (url !== undefined) checkIndex({ span, text }, url, matter, sink)
  }
  for (const requirement of matter.binding) checkPin(requirement, matter, sink)
}

/** Whether packages come from elsewhere than the usual index, where there may be others. */
export function hasOtherIndex({ config, requirements }: Matter): boolean {
  return config.python.indexes.length > 0 || requirements.files.flatMap(optionsIn).some(({ text }) => INDEX_OPTION.test(text))
}

/** The index of a framework as the only one, or for another build than is installed. */
function checkIndex({ span, text }: Option, url: string, { frameworks, requirements }: Matter, sink: Sink): void {
  for (const framework of frameworks) {
    const [start] = framework.facts.index?.url.split('{build}') ?? []
    if (start === undefined || !url.startsWith(start.replace(/\/$/, ''))) continue
    const tag = /\/(cpu|cu\d+|rocm[\d.]+)(?:\/|$)/.exec(url)?.[1]
    const isOnly = ONLY_INDEX.test(text)
    if (!isOnly && (tag === undefined || kindOfTag(tag) === framework.build)) continue
    const words = { option: text.split(/[\s=]/)[0] ?? '', framework: framework.facts.name, isOnly, tag: nameTag(tag ?? ''), build: nameBuild(framework) }
    sink.report(advice.indexOfOtherBuild(words, { at: span, ...removeLine(requirements, span) }))
  }
}

function checkPin(requirement: UserRequirement, { frameworks, config }: Matter, sink: Sink): void {
  const { specifier } = requirement.value
  const pin = specifier.includes('+') ? exactVersionOf(specifier) : undefined
  const tag = pin === undefined ? undefined : localOf(pin)
  const { name } = requirement.value
  const framework = tag === undefined ? undefined : frameworks.find(({ facts }) => [...facts.distributions, ...facts.companions].includes(name))
  if (pin === undefined || tag === undefined || framework?.facts.index === undefined || !/^(?:cpu|cu\d+|rocm)/.test(tag) || kindOfTag(tag) === framework.build) return
  const plain = `==${withoutLocal(pin)}`
  sink.report(
    advice.pinnedBuildInFile(
      { pin: `${name}==${pin}`, build: nameBuild(framework), alternative: `${name}${plain}` },
      { at: requirement.span, related: config.gpu === undefined ? [] : [{ span: config.gpu.span, message: 'this decides which build' }], ...requireVersion(requirement, plain) },
    ),
  )
}

function kindOfTag(tag: string): AdvisedFramework['build'] {
  return tag.startsWith('cu') ? 'cuda' : tag.startsWith('rocm') ? 'rocm' : 'cpu'
}

const BUILDS = { cpu: 'CPUs', cuda: 'CUDA', rocm: 'ROCm' } as const

function nameBuild({ build }: AdvisedFramework): string {
  return BUILDS[build]
}

function nameTag(tag: string): string {
  return BUILDS[kindOfTag(tag)]
}
