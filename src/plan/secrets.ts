/** Who gets which secret, and where each comes from. */
import type { BuildStep, Config, Role, Secret } from '../config/config.ts'
import type { Located } from '../config/located.ts'
import { fieldOf, namesIn } from '../config/read.ts'
import { TOKEN_VARIABLE } from '../facts/jupyter.ts'
import { fetchedOf, fetchSecretsOf } from './fetched.ts'
import { composeKeyOf } from './jobs.ts'
import { pathFromOutput } from './layout.ts'
import { isFor, type Resolved } from './resolved.ts'
import { declaredSecrets, tokenExports, tokenOf } from './notebook.ts'
import { factsOf } from './role-kinds.ts'
import type { SecretSource } from './stack.ts'

/** Whether a secret has no source but the variable of its name: of one that is declared elsewhere, it is the name alone. */
export function isNameOnly({ name, source }: Secret): boolean {
  return 'environment' in source && source.environment.value === name.value
}

function withOwnUse(secret: Secret, { as }: Secret): Secret {
  return as === 'file' ? { ...secret, as } : secret
}

/** The secrets of a role: those that are for it, and its own, which may name one of the whole file. */
export function secretsOf(role: Role, config: Config): readonly Secret[] {
  const named = role.secrets.map((own) => (isNameOnly(own) ? withOwnUse(findSecret(own.name, config), own) : own))
  const granted = config.secrets.filter((secret) => isFor(role, secret.for?.map(({ value }) => value), factsOf(role).getsSecrets))
  return lastOfEachName([...tokenSecret(role, config), ...granted, ...named])
}

/** The one that opens the role, which is exported under the name that its program looks for. */
function tokenSecret(role: Role, config: Config): readonly Secret[] {
  const token = tokenOf(role, config)
  if (role.token === undefined || token?.kind !== 'secret') return []
  const secret = declaredSecrets(role, config).find(({ name }) => name.value === token.name) ?? findSecret({ value: token.name, span: role.token.span }, config)
  return [{ ...secret, as: token.name === TOKEN_VARIABLE ? 'env' : 'file' }]
}

/** In the order in which the names come first. */
function lastOfEachName(secrets: readonly Secret[]): readonly Secret[] {
  return [...new Map(secrets.map((secret) => [secret.name.value, secret])).values()]
}

/** Whether a name is that of a secret which the helper exports in a role's process, so that its value is known only there. */
export function isExported(name: string, role: Role, config: Config): boolean {
  return tokenExports(role, config).includes(name) || secretsOf(role, config).some((secret) => secret.as === 'env' && secret.name.value === name)
}

/** The secrets that builds read for the indexes of packages; one that the config does not declare is a variable of the shell. */
function indexSecrets(config: Config): readonly Secret[] {
  const named = config.python.indexes.flatMap(({ secret }) => secret ?? [])
  return named.map((name) => findSecret(name, config))
}

/** A secret by its name; one that the file does not declare is a variable of the shell. */
function findSecret(name: Located<string>, { secrets }: Config): Secret {
  return secrets.find((secret) => secret.name.value === name.value) ?? { name, source: { environment: name }, for: undefined, as: 'env' }
}

/** The secrets that the build asks for: by `build.secrets`, or by a secret that is for it. */
export function secretsOfBuild(config: Config): readonly Secret[] {
  const granted = config.secrets.filter((secret) => secret.for?.some(({ value }) => value === 'build'))
  const named = config.build.secrets.map((name) => findSecret(name, config))
  return lastOfEachName([...granted, ...named])
}

/** The secrets that a step of the build sees: its own where it names some or none, else those of the build. */
export function secretsOfStep({ secrets }: BuildStep, config: Config): readonly Secret[] {
  return secrets === undefined ? secretsOfBuild(config) : secrets.map((name) => findSecret(name, config))
}

/** The secrets that are named in Compose's own words: by services that pass through, and by second servers. */
function secretsInCompose({ secrets, services, roles }: Config): readonly Secret[] {
  const lists = [...services.map(({ value }) => fieldOf(value, 'secrets')), ...roles.map((role) => composeKeyOf(role, 'secrets'))]
  const named = new Set(lists.flatMap((list) => namesIn(list).map(({ value }) => value)))
  return secrets.filter(({ name }) => named.has(name.value))
}

/** All secrets that some role, some fetch, some build or some service of the user's gets. */
export function planSecrets({ config, layout, ...sources }: Pick<Resolved, 'config' | 'datasets' | 'modelSource' | 'layout'>): readonly SecretSource[] {
  const ofFetches = fetchedOf(sources).flatMap((fetched) => fetchSecretsOf(fetched, config).map(({ secret }) => secret))
  const ofSteps = [...config.build.run.flatMap((step) => secretsOfStep(step, config)), ...(config.build.dockerfile === undefined ? [] : secretsOfBuild(config))]
  const used = [...config.roles.flatMap((role) => secretsOf(role, config)), ...ofFetches, ...ofSteps, ...indexSecrets(config), ...secretsInCompose(config)]
  return lastOfEachName(used).map(({ name, source }) => ({
    name: name.value,
    source: 'file' in source ? { file: pathFromOutput(source.file.value, layout) } : { environment: source.environment.value },
  }))
}

/** Whether Compose copies a secret into the container, which it cannot where the root file system is read-only. */
export function isCopiedIn({ source }: Secret): boolean {
  return 'environment' in source
}
