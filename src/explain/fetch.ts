/** What was decided of a service that fetches: what, into which volume, when again, and with which secrets. */
import type { Config } from '../config/config.ts'
import { textForCompose } from '../config/template.ts'
import { fetchSecretsOf, type Fetched } from '../plan/fetched.ts'
import type { Decision } from '../resolve/decision.ts'

/** In the order of a fetch's life. */
export function decideFetch(fetched: Fetched, config: Config): readonly Decision[] {
  const { title, volume, source, scheme, fetch } = fetched
  const secrets = fetchSecretsOf(fetched, config)
  // A query may hold a signature.
  const shown = textForCompose(source.value).replace(/\?.*/, '?…')
  return [
    { subject: 'fetches', value: `${shown}, ${title}`, because: `asked for${fetch.include.length === 0 ? '' : `; of it ${fetch.include.join(', ')}`}`, spans: [source.span] },
    { subject: 'volume', value: volume, because: 'it takes the place of what is there only when it is complete', spans: [] },
    { subject: 'fetches again', value: 'when what is asked for changes', because: 'that is source, sha256, include and extract; or when the volume is removed', spans: [] },
    { subject: 'verified by', value: fetch.sha256 === undefined ? 'its size' : `SHA-256 ${fetch.sha256}`, because: fetch.sha256 === undefined ? 'no `sha256` is given' : 'another one is refused', spans: [] },
    ...secrets.map(({ secret }) => ({
      subject: 'secret',
      value: secret.name.value,
      because: secret.for === undefined ? `what reads ${scheme.scheme}:// takes it` : 'granted to it',
      spans: [secret.name.span],
    })),
  ]
}
