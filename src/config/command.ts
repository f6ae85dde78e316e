/** A command as the user wrote it: a list of words, or a line for a shell. */
import type { Span } from '../diagnostics/diagnostic.ts'
import type { Located } from './located.ts'
import type { Template } from './template.ts'

/** `words`: run as they are, references in them become values. `shell`: run by `bash -euo pipefail -c`, which reads the container's own references. */
export type Command =
  | { readonly kind: 'words'; readonly words: readonly Located<Template>[]; readonly span: Span }
  | { readonly kind: 'shell'; readonly script: Located<Template>; readonly span: Span }
