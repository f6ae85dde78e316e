/** The types of a diagnostic: what is wrong, where, and what would mend it. Offsets only; lines are the renderers' affair. */

/** A text that spans point into. `name` is the path as the user would write it; `text` has no byte order mark. */
export interface Source {
  readonly name: string
  readonly text: string
  /** Offsets at which lines begin, ascending; the first is 0. */
  readonly lineStarts: readonly number[]
}

/** A half-open range of UTF-16 offsets into a source. */
export interface Span {
  readonly source: Source
  readonly start: number
  readonly end: number
}

/** A span with words of its own, shown beside the primary one. */
export interface Label {
  readonly span: Span
  readonly message?: string
}

/** `error`: would not build or run, or is not what was written. `warning`: will surprise. `note`: worth knowing. */
export type Severity = 'error' | 'warning' | 'note'

export interface Edit {
  readonly span: Span
  readonly text: string
}

/** A change that could be made by a tool without asking. */
export interface Fix {
  readonly title: string
  readonly edits: readonly Edit[]
}

export interface Diagnostic {
  readonly code: string
  readonly severity: Severity
  readonly message: string
  readonly primary: Label
  readonly related: readonly Label[]
  readonly help?: string
  readonly fix?: Fix
  /** True where the marked text must not be printed (a secret): renderers mask it. */
  readonly concealed?: true
}

/** Where a diagnostic points; the other half, its words, comes from the catalogue. */
export interface Place {
  readonly at: Span
  /** Words under the carets. */
  readonly label?: string
  readonly related?: readonly Label[]
  readonly fix?: Fix
}

/** The words of one code for given arguments. */
export interface Words {
  readonly message: string
  readonly help?: string | undefined
}

/** The constant half of a catalogue entry. Codes are never reused; the range tells the phase (MLS10xx syntax … MLS6xxx engine). */
export interface Entry {
  readonly code: `MLS${number}`
  readonly severity: Severity
  /** A few words for lists and SARIF rules, such as "duplicate key". */
  readonly title: string
  /** What it means, why it matters and what to do, for `mlstack explain` and the docs. */
  readonly explanation: string
  readonly concealed?: true
}

/** A catalogue entry: call it with typed arguments and a place to get a diagnostic. */
export type Kind<Args> = ((args: Args, place: Place) => Diagnostic) & { readonly entry: Entry }

/** Makes a catalogue entry out of its constant half and the function that words it. */
export function define<Args>(entry: Entry, words: (args: Args) => Words): Kind<Args> {
  const make = (args: Args, place: Place): Diagnostic => {
    const { message, help } = words(args)
    return {
      code: entry.code,
      severity: entry.severity,
      message,
      primary: place.label === undefined ? { span: place.at } : { span: place.at, message: place.label },
      related: place.related ?? [],
      ...(help === undefined ? {} : { help }),
      ...(place.fix === undefined ? {} : { fix: place.fix }),
      ...(entry.concealed ? { concealed: true as const } : {}),
    }
  }
  return Object.assign(make, { entry })
}

/** The part of a place that offers to put a text where the span is; nothing where there is no text to offer. */
export function changeTo(text: string | undefined, span: Span, title = `change to ${text}`): Pick<Place, 'fix'> {
  return text === undefined ? {} : { fix: { title, edits: [{ span, text }] } }
}
