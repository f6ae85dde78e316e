/** Which image all others begin from. */
import type { Located } from '../config/located.ts'
import * as knowledge from '../diagnostics/catalogue/knowledge.ts'
import type { Sink } from '../diagnostics/sink.ts'
import { IMAGE_SOURCE, IMAGE_SYSTEM, imageOfPython } from '../facts/images.ts'
import type { Decision } from './decision.ts'
import type { ChosenPython } from './python.ts'

export interface BaseImage {
  readonly image: string
  /** One line, why this one. */
  readonly reason: string
  readonly decision: Decision
}

const SEGMENT = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*'
const HOST = '(?:[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)*(?::\\d{1,5})?/)?'
const REFERENCE = new RegExp(`^${HOST}${SEGMENT}(?:/${SEGMENT})*(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(@sha256:[0-9a-f]{64})?$`)

/** References are longer in no registry. */
const LENGTH_LIMIT = 512

/** The user's image, or the slim one of the Python. An image without a tag or a digest is reported. */
export function chooseBaseImage(from: Located<string> | undefined, python: ChosenPython, sink: Sink): BaseImage {
  const own = imageOfPython(python.written)
  if (from === undefined) {
    const reason = `Python ${python.written} on ${IMAGE_SYSTEM}: ${python.decision.because}`
    const because = 'the smallest with this Python that wheels run on'
    return { image: own, reason, decision: { subject: 'base image', value: own, because, spans: python.decision.spans, fact: { text: `${own} is Python ${python.written} on ${IMAGE_SYSTEM}`, source: IMAGE_SOURCE } } }
  }
  const [match, tag, digest] = (from.value.length <= LENGTH_LIMIT && REFERENCE.exec(from.value)) || []
  const isPinned = tag !== undefined || digest !== undefined
  if (!isPinned) sink.report(knowledge.unpinnedImage({ image: from.value, isReference: match !== undefined, example: own }, { at: from.span }))
  const reason = 'taken from build.from'
  return { image: from.value, reason, decision: { subject: 'base image', value: from.value, because: reason, spans: [from.span] } }
}
