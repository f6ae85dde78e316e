/** What the tracking server is given and cannot use: it runs none of the user's code. */
import type { Config } from '../../config/config.ts'
import { TRACKING } from '../../config/roles.ts'
import * as tracking from '../../diagnostics/catalogue/tracking.ts'
import type { Sink } from '../../diagnostics/sink.ts'

export function verifyTracking({ gpu, datasets }: Config, sink: Sink): void {
  const given = [{ what: 'a GPU', to: gpu?.for }, ...datasets.map((dataset) => ({ what: `the dataset ${dataset.name.value}`, to: dataset.for }))]
  for (const { what, to = [] } of given) {
    const name = to.find(({ value }) => value === TRACKING)
    if (name !== undefined) sink.report(tracking.nothingForTracking({ what }, { at: name.span }))
  }
}
