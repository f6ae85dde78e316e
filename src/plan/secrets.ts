/** Who gets which secret, and where each comes from. */
import type { Config, Role, Secret } from '../config/config.ts'
import { fetchedOf, fetchSecretsOf } from './fetched.ts'
import { pathFromOutput } from './layout.ts'
import { isFor, type Resolved } from './resolved.ts'
import type { SecretSource } from './stack.ts'

/** The secrets of a role: those that are for it, and its own, which may name one of the whole file. */
export function secretsOf(role: Role, config: Config): readonly Secret[] {
  const named = role.secrets.map((own) => config.secrets.find(({ name }) => name.value === own.name.value) ?? own)
  const granted = config.secrets.filter((secret) => isFor(role, secret.for?.map(({ value }) => value)))
  return [...new Map([...granted, ...named].map((secret) => [secret.name.value, secret])).values()]
}

/** The secrets that builds read for the indexes of packages; one that the config does not declare is a variable of the shell. */
function indexSecrets({ python, secrets }: Config): readonly Secret[] {
  const named = python.indexes.flatMap(({ secret }) => secret ?? [])
  return named.map((name) => secrets.find((secret) => secret.name.value === name.value) ?? { name, source: { environment: name }, for: [], as: 'file' })
}

/** All secrets that some role, some fetch or some build gets. */
export function planSecrets({ config, datasets, layout }: Pick<Resolved, 'config' | 'datasets' | 'layout'>): readonly SecretSource[] {
  const ofFetches = fetchedOf({ datasets }).flatMap((fetched) => fetchSecretsOf(fetched, config).map(({ secret }) => secret))
  const used = new Map([...config.roles.flatMap((role) => secretsOf(role, config)), ...ofFetches, ...indexSecrets(config)].map((secret) => [secret.name.value, secret]))
  return [...used.values()].map(({ name, source }) => ({
    name: name.value,
    source: 'file' in source ? { file: pathFromOutput(source.file.value, layout) } : { environment: source.environment.value },
  }))
}

/** Whether Compose copies a secret into the container, which it cannot where the root file system is read-only. */
export function isCopiedIn({ source }: Secret): boolean {
  return 'environment' in source
}
