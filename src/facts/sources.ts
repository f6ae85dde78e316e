/** What data and models can be fetched from: a row a scheme, with the client that speaks it and the secrets that it takes. */
import data from './data/sources.json' with { type: 'json' }

export interface SchemeFacts {
  /** Such as `s3`. */
  readonly scheme: string
  /** What a source of it looks like, for people. */
  readonly form: string
  /** What else the form asks for. */
  readonly rule: string | undefined
  /** Holds a source to that form; what a reference stands for counts as a word. */
  readonly pattern: RegExp
  /** Whether there is always one file behind it. */
  readonly isFile: boolean
  /** Matches a source that can only be a folder. */
  readonly folder: RegExp
  /** Matches the part of a source that lacks a revision, where there are revisions. */
  readonly unpinned: RegExp | undefined
  /** Where its client goes, and the variable that says otherwise; undefined where the source itself is the address. */
  readonly endpoint: { readonly url: string; readonly variable: string } | undefined
  /** PEP 508 requirements of the client; empty where Python itself is enough. */
  readonly packages: readonly string[]
  /** Secrets that a fetch gets by their names, and whether the client wants the value in the variable or a path. */
  readonly credentials: readonly { readonly name: RegExp; readonly as: 'path' | 'value' }[]
}

/** What is asked for: the same scheme may be written in another way for a model. */
export type SourceUse = 'dataset' | 'model'

/** Slim images have all that a fetch needs. */
export const FETCH_BASE_IMAGE: string = data.baseImage

interface Row {
  readonly scheme: string
  readonly form: string
  readonly formOfModel?: string | undefined
  readonly rule?: string | undefined
  readonly pattern: string
  readonly patternOfModel?: string | undefined
  readonly folder?: string | undefined
  readonly unpinned?: string | undefined
  readonly endpoint?: string | undefined
  readonly endpointVariable?: string | undefined
  readonly packages: readonly string[]
  readonly holds: string
  readonly credentials: readonly { readonly name: string; readonly as: string }[]
}

const ROWS: readonly Row[] = data.schemes
const SIGNATURE = new RegExp(data.signatures, 'i')
const FOLDER = '/$'

/** In the order in which they are told. */
export const SCHEMES: readonly string[] = ROWS.map(({ scheme }) => scheme)

export function formsOf(use: SourceUse): readonly string[] {
  return ROWS.map((row) => formOf(row, use))
}

export function findScheme(scheme: string, use: SourceUse): SchemeFacts | undefined {
  const row = ROWS.find((each) => each.scheme === scheme.toLowerCase())
  if (row === undefined) return undefined
  return {
    scheme: row.scheme,
    form: formOf(row, use),
    rule: row.rule,
    pattern: new RegExp((use === 'model' ? row.patternOfModel : undefined) ?? row.pattern, 'i'),
    isFile: row.holds === 'file',
    folder: new RegExp(row.folder === undefined ? FOLDER : `${row.folder}|${FOLDER}`, 'i'),
    unpinned: row.unpinned === undefined ? undefined : new RegExp(row.unpinned),
    endpoint: row.endpoint === undefined || row.endpointVariable === undefined ? undefined : { url: row.endpoint, variable: row.endpointVariable },
    packages: row.packages,
    credentials: row.credentials.map(({ name, as }) => ({ name: new RegExp(name), as: as === 'path' ? 'path' : 'value' })),
  }
}

/** Whether a URL carries its own permission, which is as good as a password while it is valid. */
export function isSigned(url: string): boolean {
  return SIGNATURE.test(url)
}

function formOf({ form, formOfModel }: Row, use: SourceUse): string {
  return (use === 'model' ? formOfModel : undefined) ?? form
}
