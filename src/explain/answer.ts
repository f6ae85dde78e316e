/** Answers a word: a code, a service or a key, in this order; without a word, the whole stack is the answer. */
import { estimateStack } from '../plan/estimate.ts'
import type { Schema } from '../schema/keys.ts'
import type { ConfigAtHand } from './at-hand.ts'
import { codeNumberOf, explainCode, renderCode } from './code.ts'
import { findKeys, listEveryKey } from './find-key.ts'
import { renderImages, viewImages } from './image.ts'
import { explainKey, renderKey } from './key.ts'
import type { Page } from './layout.ts'
import { renderOneService, renderStack, viewOneService, viewStack } from './stack.ts'
import { askWhich, refuseCode, refuseWord, type Help } from './unknown.ts'

/** What is shown, as JSON and as text. */
export interface Answer {
  readonly view: object
  readonly text: (page: Page) => string
}

/** Codes mean the same in every config. */
export function needsNoConfig(word: string): boolean {
  return codeNumberOf(word) !== undefined
}

/** For a config without errors. */
export function answerStack({ images, services }: ConfigAtHand): Answer {
  const view = viewStack(images, services)
  return { view, text: (page) => renderStack(view, page) }
}

/** For a config without errors. */
export function answerImages({ stack }: ConfigAtHand): Answer {
  const view = viewImages(estimateStack(stack ?? { images: [], overlay: undefined, services: [] }))
  return { view, text: (page) => renderImages(view, page) }
}

/** Words that are about the stack as a whole. */
export function isAboutImages(word: string): boolean {
  return word === 'image' || word === 'images'
}

/** Help where the word means nothing. `bundle` is the schema. */
export function answerWord(word: string, config: ConfigAtHand | undefined, bundle: Schema): Answer | Help {
  const number = codeNumberOf(word)
  return number === undefined ? (answerService(word, config, bundle) ?? answerKey(word, config, bundle)) : answerCode(number)
}

function answerCode(number: string): Answer | Help {
  const view = explainCode(number)
  return view === undefined ? refuseCode(number) : { view, text: (page) => renderCode(view, page) }
}

function answerService(word: string, config: ConfigAtHand | undefined, bundle: Schema): Answer | undefined {
  const service = config?.services.find(({ name }) => name === word)
  if (config === undefined || service === undefined) return undefined
  const view = viewOneService(service, config.images)
  const key = listEveryKey(bundle).find(({ name }) => name === word)
  return { view, text: (page) => renderOneService(view, key?.key.schema['description'] as string | undefined, page) }
}

function answerKey(word: string, config: ConfigAtHand | undefined, bundle: Schema): Answer | Help {
  const keys = listEveryKey(bundle)
  const [found, ...others] = findKeys(word, keys)
  if (found === undefined) return refuseWord(word, keys, config?.services.map(({ name }) => name) ?? [])
  if (others.length > 0) return askWhich(word, [found, ...others])
  const view = explainKey(found, { bundle, given: config?.givenAt(found.steps), decisions: config?.decisionsAt(found.steps) ?? [] })
  return { view, text: (page) => renderKey(view, page) }
}
