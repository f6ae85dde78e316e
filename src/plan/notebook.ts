/** What the notebook has that no other service has: JupyterLab as its command, and a token that opens it. */
import type { Config, Role, Secret } from '../config/config.ts'
import { literal, literalOf, parseTemplate, type Template } from '../config/template.ts'
import { MADE_FOLDER, SECRETS_FOLDER } from '../facts/container.ts'
import { JUPYTER_PAGE, JUPYTER_VARIABLES, jupyterCommand, TOKEN_VARIABLE } from '../facts/jupyter.ts'
import { posix } from 'node:path'
import { tokenFileOf } from './own-files.ts'
import { portVariableOf } from './port-variable.ts'
import { factsOf } from './role-kinds.ts'
import type { Variable, Words } from './stack.ts'

export type Token =
  /** A random one, in a file that compiling makes. */
  | { readonly kind: 'made' }
  | { readonly kind: 'secret'; readonly name: string }
  | { readonly kind: 'value'; readonly value: Template }
  /** By the variable of Jupyter's, in the user's own words. */
  | { readonly kind: 'given' }

const TOKEN_FILE_VARIABLE = `${TOKEN_VARIABLE}_FILE`

/** Undefined for a role that no token opens. */
export function tokenOf(role: Role, config: Config): Token | undefined {
  if (!factsOf(role).editsProject) return undefined
  if (role.token === undefined) return isGiven(role, config) ? { kind: 'given' } : { kind: 'made' }
  const [piece, ...others] = role.token.value
  const isAlone = others.length === 0
  // What has to be set is asked for when the notebook starts: Compose reads `:?` in every `up`.
  if (typeof piece === 'object' && isAlone && [undefined, '?', ':?'].includes(piece.operator)) return { kind: 'secret', name: piece.name }
  const text = literalOf(role.token.value)
  const isSecret = declaredSecrets(role, config).some(({ name }) => name.value === text)
  return text !== undefined && isSecret ? { kind: 'secret', name: text } : { kind: 'value', value: role.token.value }
}

/** The secrets that a role may name. */
export function declaredSecrets(role: Role, { secrets }: Pick<Config, 'secrets'>): readonly Secret[] {
  return [...secrets, ...role.secrets]
}

function isGiven(role: Role, config: Config): boolean {
  const variables = [...config.environment, ...role.environment].map(({ name }) => name.value)
  const secrets = [...role.secrets, ...config.secrets.filter((secret) => secret.for?.some(({ value }) => value === role.name.value))]
  return variables.some((name) => name === TOKEN_VARIABLE || name === TOKEN_FILE_VARIABLE) || secrets.some(({ name, as }) => name.value === TOKEN_VARIABLE && as === 'env')
}

/** Where the helper finds the token: the variable with the path of its file. A secret of Jupyter's own name has it anyway. */
export function tokenFileVariables(role: Role, config: Config): readonly (readonly [name: string, value: string])[] {
  const token = tokenOf(role, config)
  if (token?.kind === 'made') return [[TOKEN_FILE_VARIABLE, posix.join(MADE_FOLDER, posix.basename(tokenFileOf(role.name.value)))]]
  return token?.kind === 'secret' && token.name !== TOKEN_VARIABLE ? [[TOKEN_FILE_VARIABLE, posix.join(SECRETS_FOLDER, token.name)]] : []
}

/** Defaults of the notebook's, which the user may set otherwise, and a token that only Compose knows, or everybody. */
export function notebookVariables(role: Role, config: Config): readonly Variable[] {
  const token = tokenOf(role, config)
  if (token === undefined) return []
  return [...(token.kind === 'value' ? [{ name: TOKEN_VARIABLE, value: token.value }] : []), ...JUPYTER_VARIABLES.map(({ name, value }) => ({ name, value: literal(value) }))]
}

/** Whether a name is the variable of the token, which is the container's, and known there alone. */
export function isToken(name: string, role: Role, config: Config): boolean {
  return name === TOKEN_VARIABLE && role.token !== undefined && tokenOf(role, config)?.kind === 'value'
}

/** What the helper exports: the token of a file. */
export function tokenExports(role: Role, config: Config): readonly string[] {
  return tokenFileVariables(role, config).length === 0 ? [] : [TOKEN_VARIABLE]
}

/** The files that compiling makes, relative to the output folder. */
export function planTokenFiles(config: Config): readonly string[] {
  return config.roles.filter((role) => tokenOf(role, config)?.kind === 'made').map(({ name }) => tokenFileOf(name.value))
}

/** JupyterLab, for a role that is without a command of its own. The address is the one to open, where it is known. */
export function jupyterWords(role: Role, port: number | undefined): Words | undefined {
  if (!factsOf(role).editsProject || port === undefined) return undefined
  const words = jupyterCommand(port, role.ports === undefined ? addressOf(role, port) : '')
  return { isShell: false, words: words.filter((word) => !word.endsWith('=')).map(templateOf) }
}

function addressOf({ name }: Role, port: number): string {
  return `http://127.0.0.1:\${${portVariableOf(name.value)}:-${port}}${JUPYTER_PAGE}`
}

function templateOf(text: string): Template {
  const template = parseTemplate(text)
  return 'error' in template ? literal(text) : template
}
