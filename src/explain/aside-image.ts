/** What was decided of an image without the project, which is made of rows of facts alone. */
import type { Image } from '../plan/stack.ts'
import type { Decision } from '../resolve/decision.ts'

const REASONS: Readonly<Record<NonNullable<Image['aside']>, string>> = {
  fetches: 'the client of what is fetched from',
  tracking: 'the tracking server; what it needs is in no other image',
}

export function decideAsideImage({ baseImage, baseImageReason, packages }: Image, aside: NonNullable<Image['aside']>): readonly Decision[] {
  return [
    { subject: 'base image', value: baseImage, because: baseImageReason, spans: [] },
    ...packages.flatMap(({ requirements }) => requirements).map((value) => ({ subject: 'package', value, because: REASONS[aside], spans: [] })),
  ]
}
