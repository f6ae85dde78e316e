/** Says of a failed build what went wrong, at the line of the user's that it comes from. */
import type { Diagnostic, Source } from '../diagnostics/diagnostic.ts'
import { Sink } from '../diagnostics/sink.ts'
import type { Image } from '../plan/stack.ts'
import { parseConfig } from '../syntax/parse.ts'
import { BUILD_CAUSES, UNKNOWN_CAUSE, type BuildCause, type Found } from './build-causes.ts'
import type { BuildFailure } from './build-log.ts'
import { findCulprits, findStep } from './find-place.ts'

export interface BlameInput {
  readonly failure: BuildFailure
  readonly image: Image
  /** The config. */
  readonly config: Source
  /** The files of requirements, each named as messages show it. */
  readonly requirements: readonly Source[]
}

/** The diagnostic of a failed build: at what the failing step names, else at what the step is made from. */
export function blameBuild({ failure, image, config, requirements }: BlameInput): Diagnostic {
  const files = { image, config, tree: parseConfig(config, new Sink()), requirements }
  const text = [...failure.lines, failure.message].join('\n')
  const cause = BUILD_CAUSES.find(({ pattern }) => pattern.test(text)) ?? UNKNOWN_CAUSE
  const found = readFound(cause, text, image)
  const [at, ...others] = cause.culprit === undefined ? [] : findCulprits(cause.names?.(found) ?? [found.culprit], cause.culprit, files)
  const words = { image: image.name, ...cause.words(found) }
  if (at === undefined) return cause.kind(words, { at: findStep(failure.instruction ?? failure.message, files) })
  return cause.kind(words, { at, related: others.map((span) => ({ span })) })
}

function readFound({ pattern }: BuildCause, text: string, { baseImage }: Image): Found {
  const { culprit = '', detail = '' } = pattern.exec(text)?.groups ?? {}
  return { culprit: culprit.replace(/^docker\.io\/(?:library\/)?/, ''), detail, forPython: wordPython(baseImage) }
}

/** A base image of the user's may not tell. */
function wordPython(baseImage: string): string {
  const [, version] = /(?:^|\/)python:(\d+\.\d+)/.exec(baseImage) ?? []
  return version === undefined ? '' : ` for Python ${version}`
}
