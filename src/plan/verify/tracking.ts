/** What the tracking server is given and cannot use, and what keeps jobs from finding it. */
import type { Config } from '../../config/config.ts'
import { fieldOf, readFlag } from '../../config/read.ts'
import { TRACKING } from '../../config/roles.ts'
import * as tracking from '../../diagnostics/catalogue/tracking.ts'
import type { Sink } from '../../diagnostics/sink.ts'
import { composeKeyOf } from '../jobs.ts'

export function verifyTracking(config: Config, sink: Sink): void {
  verifyGrants(config, sink)
  verifyHealth(config, sink)
}

/** It runs none of the user's code. */
function verifyGrants({ gpu, datasets }: Config, sink: Sink): void {
  const given = [{ what: 'a GPU', to: gpu?.for }, ...datasets.map((dataset) => ({ what: `the dataset ${dataset.name.value}`, to: dataset.for }))]
  for (const { what, to = [] } of given) {
    const name = to.find(({ value }) => value === TRACKING)
    if (name !== undefined) sink.report(tracking.nothingForTracking({ what }, { at: name.span }))
  }
}

/** Compose starts nothing that waits for the health of a service which has none. */
function verifyHealth({ roles }: Config, sink: Sink): void {
  const role = roles.find(({ name }) => name.value === TRACKING)
  const flag = readFlag(fieldOf(role && composeKeyOf(role, 'healthcheck'), 'disable'))
  if (flag?.value === true) sink.report(tracking.healthOff({}, { at: flag.span }))
}
