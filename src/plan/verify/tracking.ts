/** Whether jobs find the tracking server, here or elsewhere, and what it is given and cannot use. */
import type { Config } from '../../config/config.ts'
import type { Located } from '../../config/located.ts'
import { fieldOf, readFlag } from '../../config/read.ts'
import { TRACKING } from '../../config/roles.ts'
import * as shape from '../../diagnostics/catalogue/shape.ts'
import * as tracking from '../../diagnostics/catalogue/tracking.ts'
import type { Sink } from '../../diagnostics/sink.ts'
import { trackingFacts } from '../../facts/tracking.ts'
import { composeKeyOf } from '../jobs.ts'

export function verifyTracking(config: Config, sink: Sink): void {
  verifyServer(config, sink)
  verifyGrants(config, sink)
  verifyHealth(config, sink)
}

/** One that runs elsewhere is reached by its URL, and one that reads files is there where they are. */
function verifyServer({ tracking: choice }: Config, sink: Sink): void {
  if (choice?.uri === undefined) return
  const { title, isShared } = trackingFacts(choice.kind)
  if (isShared) sink.report(tracking.noServerUrl({ url: choice.uri.value, reader: title }, { at: choice.uri.span }))
  else verifyUrl(choice.uri, sink)
}

function verifyUrl({ value, span }: Located<string>, sink: Sink): void {
  if (value.includes('$')) return sink.report(shape.referenceNotAllowed({ reference: value, name: 'tracking.uri' }, { at: span }))
  const url = URL.canParse(value) ? new URL(value) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol)) return sink.report(tracking.noServerUrl({ url: value, reader: undefined }, { at: span }))
  if (url.username !== '' || url.password !== '') sink.report(tracking.urlWithLogin({}, { at: span }))
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
