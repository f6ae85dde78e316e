/** The token of the notebook: said once, and not to everybody. */
import type { Config, Role } from '../../config/config.ts'
import { literalOf } from '../../config/template.ts'
import * as notebook from '../../diagnostics/catalogue/notebook.ts'
import * as shape from '../../diagnostics/catalogue/shape.ts'
import { changeTo } from '../../diagnostics/diagnostic.ts'
import type { Sink } from '../../diagnostics/sink.ts'
import { suggest } from '../../diagnostics/suggest.ts'
import { TOKEN_VARIABLE } from '../../facts/jupyter.ts'
import { declaredSecrets, tokenOf } from '../notebook.ts'

/** Names as secrets have them, and nobody's token. */
const CAPITALS = /^[A-Z][A-Z0-9]*_[A-Z0-9_]+$/

export function verifyNotebook(config: Config, sink: Sink): void {
  for (const role of config.roles) verifyToken(role, config, sink)
}

function verifyToken(role: Role, config: Config, sink: Sink): void {
  const { token } = role
  if (token === undefined) return
  const twice = [...config.environment, ...role.environment].find(({ name }) => name.value === TOKEN_VARIABLE)
  if (twice !== undefined) sink.report(shape.excludingKeys({ key: TOKEN_VARIABLE, other: 'token', parent: role.name.value }, { at: twice.name.span, related: [{ span: token.span, message: 'it stands here first' }] }))
  const text = literalOf(token.value)
  if (text === undefined || tokenOf(role, config)?.kind !== 'value') return
  if (!CAPITALS.test(text)) return sink.report(notebook.literalToken({}, { at: token.span }))
  const suggestion = suggest(text, declaredSecrets(role, config).map(({ name }) => name.value))
  sink.report(notebook.tokenOfNoSecret({ name: text, suggestion }, { at: token.span, ...changeTo(suggestion ?? `$${text}`, token.span) }))
}
