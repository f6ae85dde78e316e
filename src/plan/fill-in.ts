/** Fills the variables of a machine into what goes to Compose word for word, so that the readers of the config can read it. */
import { parseTemplate, substitute, textForCompose } from '../config/template.ts'
import { createSource } from '../syntax/source.ts'
import type { Tree } from '../syntax/tree.ts'
import type { Passed } from './passed.ts'

/** The value of a variable of the shell or of `.env`; undefined where it is not set. */
export type Variables = (name: string) => string | undefined

/** The plan has no places any more. */
const NOWHERE = { source: createSource('', ''), start: 0, end: 0 }

export function fillIn(passed: Passed, variables: Variables): Tree {
  if (passed.kind === 'list') return { kind: 'list', items: passed.items.map((item) => fillIn(item, variables)), span: NOWHERE }
  if (passed.kind === 'map') {
    return { kind: 'map', entries: passed.entries.map(({ key, value }) => ({ key, keySpan: NOWHERE, value: fillIn(value, variables) })), span: NOWHERE }
  }
  const { value, text, isPlain } = passed
  const filled = fillInText(text, variables)
  return { kind: 'scalar', value: typeof value === 'string' ? filled : value, text: filled, isPlain, span: NOWHERE }
}

function fillInText(text: string, variables: Variables): string {
  const template = parseTemplate(text)
  return 'error' in template ? text : textForCompose(substitute(template, variables))
}
