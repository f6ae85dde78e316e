/** Reads what a dataset or a model comes from: a path, a volume, or a place that is fetched from; what cannot be is reported. */
import type { Located } from '../config/located.ts'
import { literalOf, textAtDefaults, type Template } from '../config/template.ts'
import * as sources from '../diagnostics/catalogue/sources.ts'
import { changeTo } from '../diagnostics/diagnostic.ts'
import type { Sink } from '../diagnostics/sink.ts'
import { suggest } from '../diagnostics/suggest.ts'
import { findScheme, formsOf, isSigned, SCHEMES, type SchemeFacts, type SourceUse } from '../facts/sources.ts'

/** Where something comes from. */
export type Origin =
  /** Mounted from the machine. */
  | { readonly kind: 'local' }
  /** A named volume, mounted as it is. */
  | { readonly kind: 'volume'; readonly volume: string }
  | { readonly kind: 'remote'; readonly scheme: SchemeFacts }

/** What a fetch is asked for beside its source. */
export interface Fetch {
  readonly sha256: string | undefined
  readonly include: readonly string[]
  readonly extract: 'auto' | boolean
}

/** The keys that stand beside a source. */
export interface SourceKeys {
  readonly sha256: Located<string> | undefined
  readonly include: readonly Located<string>[]
  readonly extract: Located<'auto' | boolean> | undefined
}

const SCHEME = /^([A-Za-z][A-Za-z0-9+.-]*):\/\//
const VOLUME = /^volume:/
const VOLUME_NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/
/** Stands for what a reference becomes. */
const WORD = 'xxx'
const USER_INFO = /^[^:]+:\/\/[^/?#]*@/
const ARCHIVE = /\.(?:zip|tar|tgz|tbz2?|txz|gz|bz2|xz)$/i

/** Undefined where the source is no such thing, which is reported. */
export function readSource({ value, span }: Located<Template>, use: SourceUse, sink: Sink): Origin | undefined {
  const text = textAtDefaults(value, WORD)
  // What a reference at the start becomes may be anything; its default, where it has one, says what is meant.
  const start = textAtDefaults(value.slice(0, 1), WORD)
  if (VOLUME.test(start) && use === 'dataset') return readVolume(value, span, sink)
  const scheme = SCHEME.exec(start)?.[1]
  if (scheme === undefined) return { kind: 'local' }
  const facts = findScheme(scheme, use)
  if (facts === undefined) {
    const suggestion = suggest(scheme, SCHEMES)
    const fix = suggestion === undefined ? {} : changeTo(`${suggestion}${start.slice(scheme.length)}`, span)
    sink.report(sources.unknownScheme({ scheme, suggestion, forms: formsOf(use).join(', ') }, { at: span, ...(literalOf(value) === undefined ? {} : fix) }))
    return undefined
  }
  const secret = findSecret(text)
  if (secret !== undefined) sink.report(sources.secretInSource(secret, { at: span }))
  else if (!facts.pattern.test(text)) sink.report(sources.badSource({ form: facts.rule === undefined ? facts.form : `${facts.form}; ${facts.rule}`, problem: `\`${literalOf(value) ?? text}\` is no source of ${facts.scheme}://` }, { at: span }))
  else return { kind: 'remote', scheme: facts }
  return undefined
}

function readVolume(value: Template, span: Located<Template>['span'], sink: Sink): Origin | undefined {
  const volume = literalOf(value)?.replace(VOLUME, '') ?? ''
  if (VOLUME_NAME.test(volume)) return { kind: 'volume', volume }
  const problem = literalOf(value) === undefined ? 'the name of a volume is fixed, so it cannot hold a reference' : volume === '' ? 'no volume is named' : `\`${volume}\` is no name of a volume`
  sink.report(sources.badSource({ form: 'volume:NAME', problem }, { at: span }))
  return undefined
}

/** What of a URL gives access by itself. */
function findSecret(url: string): { readonly kind: string; readonly help: string } | undefined {
  if (USER_INFO.test(url)) return { kind: 'a user or a password', help: 'clients take their credentials from `secrets`, such as AWS_ACCESS_KEY_ID, GOOGLE_APPLICATION_CREDENTIALS and HF_TOKEN' }
  return isSigned(url) ? { kind: 'a signature or a token', help: 'leave the query to Compose: https://HOST/PATH?$QUERY, with QUERY in the shell or .env' } : undefined
}

/** Reports what is asked of a source that it cannot give, and gives what a fetch is asked for. */
export function readFetch(source: Located<Template>, origin: Origin, keys: SourceKeys, sink: Sink): Fetch | undefined {
  const { sha256, include, extract } = keys
  if (origin.kind !== 'remote') {
    const why = origin.kind === 'local' ? 'what is local is mounted as it is' : 'a volume is mounted as it is'
    const given = [['sha256', sha256], ['include', include[0]], ['extract', extract?.value === true ? extract : undefined]] as const
    for (const [key, value] of given) if (value !== undefined) sink.report(sources.meaninglessKey({ key, why, help: `remove \`${key}\`; only what is fetched is verified, chosen from and unpacked` }, { at: value.span }))
    return undefined
  }
  const text = textAtDefaults(source.value, WORD).replace(/[?#].*/, '')
  const isFolder = origin.scheme.folder.test(text) && !origin.scheme.isFile
  if (sha256 !== undefined && (isFolder || include.length > 0) && !origin.scheme.isFile) {
    const help = origin.scheme.unpinned === undefined ? 'name the one file, or remove `sha256`' : 'a revision pins all of it: @COMMIT'
    sink.report(sources.meaninglessKey({ key: 'sha256', why: 'the source is a folder, and a SHA-256 is that of one file', help }, { at: sha256.span }))
  }
  const isUnpacked = extract?.value === true || (extract?.value !== false && ARCHIVE.test(text)) || source.value.some((piece) => typeof piece !== 'string')
  if (include[0] !== undefined && origin.scheme.isFile && !isUnpacked) {
    sink.report(sources.meaninglessKey({ key: 'include', why: 'the source is one file, and no archive that is unpacked', help: 'remove `include`, or unpack the file: extract: true' }, { at: include[0].span }))
  }
  return { sha256: sha256?.value.toLowerCase(), include: include.map(({ value }) => value), extract: extract?.value ?? 'auto' }
}

/** Notes a source that may be another one tomorrow. */
export function adviseRevision({ value, span }: Located<Template>, origin: Origin | undefined, sink: Sink): void {
  const text = literalOf(value)
  if (origin?.kind !== 'remote' || text === undefined || origin.scheme.unpinned?.test(text) !== true) return
  sink.report(sources.unpinnedRevision({ source: text, pinned: text.replace(origin.scheme.unpinned, '$1@COMMIT') }, { at: span }))
}
