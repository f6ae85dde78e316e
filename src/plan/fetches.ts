/** What is fetched into volumes before the jobs run: a service for each remote source, and one image for all of them. */
import type { Config } from '../config/config.ts'
import { projectRoles } from '../config/roles.ts'
import { literal, literalOf, referencesOf, type Template } from '../config/template.ts'
import { DATA_FOLDER, FETCH_HELPER, ISOLATED_PYTHON, PROXY_VARIABLES, SECRETS_FOLDER } from '../facts/container.ts'
import { FETCH_BASE_IMAGE } from '../facts/sources.ts'
import { planAsideImage } from './aside-image.ts'
import { FETCH_IMAGE, fetchedOf, fetchSecretsOf, type Fetched, type GrantedSecret, type Sources } from './fetched.ts'
import { NO_GATE } from './gates.ts'
import { FETCH_FILE } from './own-files.ts'
import type { Resolved } from './resolved.ts'
import { ROLE_KINDS } from './role-kinds.ts'
import type { Image, Service, Variable, Volume } from './stack.ts'
import { ownVariables, settleVariables } from './variables.ts'

/** They are jobs like any other, but for their image and for what they have no part in: model, gate and GPU. */
export function planFetches(resolved: Resolved): readonly Service[] {
  return fetchedOf(resolved).map((fetched) => planFetch(fetched, resolved))
}

function planFetch(fetched: Fetched, resolved: Resolved): Service {
  const { config } = resolved
  const secrets = fetchSecretsOf(fetched, config)
  return {
    name: fetched.service,
    kind: 'job',
    profiles: [],
    image: FETCH_IMAGE,
    purpose: `Fetches ${fetched.title} into its volume, once: again only when what is asked for has changed`,
    origin: originOf(fetched, config),
    gate: { ...NO_GATE, exports: secrets.filter(({ use }) => use === 'export').map(({ secret }) => secret.name.value) },
    command: { isShell: false, words: commandOf(fetched) },
    environment: fetchVariables(secrets, resolved),
    mounts: [{ kind: 'volume', source: fetched.volume, target: DATA_FOLDER, isReadOnly: false }],
    secrets: secrets.map(({ secret }) => secret.name.value),
    fetches: [],
    after: [],
    port: undefined,
    replicas: undefined,
    ports: undefined,
    health: undefined,
    limits: { cpus: undefined, memory: undefined, pids: literal(ROLE_KINDS.job.pids), shmSize: undefined },
    gpu: undefined,
    fileSystem: { isReadOnly: false, reason: undefined },
    overrides: [],
  }
}

/** The address of a client may be another one in the environment of the config. */
function originOf({ source, scheme: { endpoint } }: Fetched, { environment }: Config): Template {
  if (endpoint === undefined) return source.value
  return environment.find(({ name }) => name.value === endpoint.variable)?.value?.value ?? literal(endpoint.url)
}

function commandOf({ service, source, fetch }: Fetched): readonly Template[] {
  const { sha256, include, extract } = fetch
  const options = [
    ...(sha256 === undefined ? [] : ['--sha256', sha256]),
    ...include.map((pattern) => `--include=${pattern}`),
    ...(extract === 'auto' ? [] : ['--extract', String(extract)]),
  ]
  return [...[...ISOLATED_PYTHON, FETCH_HELPER, service].map(literal), source.value, ...options.map(literal)]
}

/** The whole file's variables, but for those that speak of what only roles have; proxies as in a build, from the shell. */
function fetchVariables(secrets: readonly GrantedSecret[], resolved: Resolved): readonly Variable[] {
  const { config } = resolved
  const ours = secrets.map(({ secret, use }) => {
    const { value } = secret.name
    return [use === 'path' ? value : `${value}_FILE`, `${SECRETS_FOLDER}/${value}`] as const
  })
  const ofRoles = new Set(projectRoles(config).flatMap((role) => ownVariables(role, { ...resolved, datasets: [] }).map(([name]) => name)))
  const users = config.environment.filter(({ value }) => value === undefined || !referencesOf(value.value).some((name) => ofRoles.has(name) || /^DATASET_/.test(name)))
  const proxies = PROXY_VARIABLES.filter((name) => !users.some((user) => user.name.value === name)).map((name) => ({ name, value: undefined }))
  return settleVariables(ours, users, proxies).environment
}

/** Undefined where nothing is fetched. */
export function planFetchImage(resolved: Resolved): Image | undefined {
  const fetched = fetchedOf(resolved)
  if (fetched.length === 0) return undefined
  return planAsideImage({
    name: FETCH_IMAGE,
    aside: 'fetches',
    roles: fetched.map(({ service }) => service),
    baseImage: FETCH_BASE_IMAGE,
    baseImageReason: 'the newest Python that all clients are tested with here, on Debian 12',
    requirements: [...new Set(fetched.flatMap(({ scheme }) => scheme.packages))].sort(),
    helpers: [FETCH_FILE],
    folders: [DATA_FOLDER],
  }, resolved)
}

export function planFetchVolumes(resolved: Sources): readonly Volume[] {
  return fetchedOf(resolved).map(({ volume, service, source, title }) => ({ name: volume, purpose: `${capitalize(title)}${literalOf(source.value) === undefined ? '' : `, from ${literalOf(source.value)?.replace(/\?.*/, '')}`}; ${service} fetches it anew where it is deleted` }))
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
