/** Which servers start anew by themselves when their code changes. Pure. */
import type { Service } from '../../plan/stack.ts'

interface ReloadingServer {
  readonly program: RegExp
  /** A word that makes it reload; undefined: it always does. */
  readonly word: RegExp | undefined
}

/** By the programs' own documentation. */
const RELOADING: readonly ReloadingServer[] = [
  { program: /^(uvicorn|gunicorn|hypercorn|granian|sanic|litestar|bentoml)$/, word: /^--(reload|dev)$/ },
  { program: /^flask$/, word: /^--(debug|reload)$/ },
  { program: /^fastapi$/, word: /^dev$/ },
  { program: /^(streamlit|jupyter|jupyter-lab|marimo)$/, word: undefined },
]

export function reloadsItself({ command }: Service): boolean {
  const words = (command?.words ?? []).flatMap((template) => template.flatMap((piece) => (typeof piece === 'string' ? piece.split(/\s+/) : [])))
  const names = words.map((word) => word.split('/').at(-1) ?? '')
  return RELOADING.some(({ program, word }) => names.some((name) => program.test(name)) && (word === undefined || words.some((each) => word.test(each))))
}
