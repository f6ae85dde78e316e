/** Names that refer to something in the same file: each must have one thing to refer to. */
import type { Config } from '../../config/config.ts'
import type { Located } from '../../config/located.ts'
import { fieldOf, namesIn, readVerbatim } from '../../config/read.ts'
import { PREDEFINED_ROLES } from '../../config/roles.ts'
import * as shape from '../../diagnostics/catalogue/shape.ts'
import * as sources from '../../diagnostics/catalogue/sources.ts'
import * as stack from '../../diagnostics/catalogue/stack.ts'
import type { Sink } from '../../diagnostics/sink.ts'
import { listChoices, suggest } from '../../diagnostics/suggest.ts'
import type { Tree } from '../../syntax/tree.ts'
import { declaredIn } from '../../resolve/included.ts'
import { FETCH_IMAGE, fetchedOf, type Fetched } from '../fetched.ts'
import { datasetVariable } from '../variables.ts'
import { serviceTrees } from './compose-trees.ts'
import type { VerifyInput } from './verify.ts'

export function verifyNames(input: VerifyInput, sink: Sink): void {
  const { config } = input
  const fetched = fetchedOf(input)
  verifyServiceNames(config, sink)
  verifyFetchNames(config, fetched, sink)
  verifyDatasetVariables(config, sink)
  const roles = config.roles.map(({ name }) => name.value)
  const datasets = config.datasets.map(({ name }) => name.value)
  for (const target of [...config.datasets, ...(config.gpu === undefined ? [] : [config.gpu])].flatMap((each) => each.for ?? [])) verifyName(target, 'role', [...roles, ...UNUSED_ROLES], sink)
  for (const target of config.secrets.flatMap((each) => each.for ?? [])) verifyName(target, 'role', [...roles, ...UNUSED_ROLES, 'build', ...fetched.map(({ service }) => service)], sink)
  for (const dataset of config.roles.flatMap((role) => role.datasets ?? [])) verifyName(dataset, 'dataset', datasets, sink)
  verifyComposeNames(input, sink)
}

/** Something may be for a role that the file does not have (yet). */
const UNUSED_ROLES = PREDEFINED_ROLES.map(({ name }) => name)

function verifyServiceNames({ services, roles }: Config, sink: Sink): void {
  const sections = new Map([...roles.map(({ name }) => [name.value, `jobs.${name.value}`] as const), ...UNUSED_ROLES.map((name) => [name, name] as const)])
  for (const { name } of services) {
    const section = sections.get(name.value)
    if (section !== undefined) sink.report(stack.serviceNameTaken({ name: name.value, section }, { at: name.span }))
  }
}

/** The image of the fetches has a name as well, which only a role's image could have too. */
function verifyFetchNames({ services, roles }: Config, fetched: readonly Fetched[], sink: Sink): void {
  const owners = new Map([...fetched.slice(0, 1).map(({ title }) => [FETCH_IMAGE, title] as const), ...fetched.map(({ service, title }) => [service, title] as const)])
  for (const { name } of [...services.filter(({ name }) => name.value !== FETCH_IMAGE), ...roles]) {
    const title = owners.get(name.value)
    if (title !== undefined) sink.report(sources.fetchNameTaken({ name: name.value, fetched: title }, { at: name.span }))
  }
  for (const { service, title, name } of fetched) {
    const last = owners.get(service)
    if (last !== undefined && last !== title) sink.report(sources.fetchNameTaken({ name: service, fetched: last }, { at: name.span }))
  }
}

function verifyDatasetVariables({ datasets }: Config, sink: Sink): void {
  const owners = new Map<string, Located<string>>()
  for (const { name } of datasets) {
    const variable = datasetVariable(name.value)
    const owner = owners.get(variable)
    if (owner === undefined) owners.set(variable, name)
    else sink.report(stack.variableTaken({ variable, other: owner.value }, { at: name.span, related: [{ span: owner.span, message: 'the first dataset of that variable' }] }))
  }
}

/** What services refer to: Compose refuses a file in which it is not declared. */
function verifyComposeNames({ config, included, ...sources }: VerifyInput, sink: Sink): void {
  const verify = (kind: string, uses: readonly Tree[], own: readonly string[], section: string) => {
    const known = [...own, ...declaredIn(included, section).map(({ name }) => name)]
    if (included.isKnown) for (const tree of uses) for (const name of namesIn(tree)) verifyName(name, kind, known, sink)
  }
  verify('network', usesOf(config, 'networks'), ['default', ...config.networks.map(({ name }) => name.value)], 'networks')
  verify('config', usesOf(config, 'configs'), config.configs.map(({ name }) => name.value), 'configs')
  verify('secret', usesOf(config, 'secrets'), config.secrets.map(({ name }) => name.value), 'secrets')
  const services = [...config.services, ...config.roles].map(({ name }) => name.value)
  verify('service', usesOf(config, 'extends').flatMap((tree) => (tree.kind === 'map' && fieldOf(tree, 'file') === undefined ? (fieldOf(tree, 'service') ?? []) : [])), services, 'services')
  const shared = ['network_mode', 'pid', 'ipc'].flatMap((key) => usesOf(config, key)).filter((tree) => readVerbatim(tree)?.value.startsWith('service:'))
  verify('service', [...shared, ...['links', 'volumes_from'].flatMap((key) => usesOf(config, key))].map(withoutTail), [...services, ...fetchedOf(sources).map(({ service }) => service)], 'services')
}

/** `service:NAME`, and `NAME:alias` or `NAME:ro` in a list, as the name alone; another container is nobody of the stack. */
function withoutTail(tree: Tree): Tree {
  if (tree.kind === 'list') return { ...tree, items: tree.items.filter((item) => !readVerbatim(item)?.value.startsWith('container:')).map(withoutTail) }
  if (tree.kind !== 'scalar') return tree
  const text = tree.text.replace(/^service:/, '').replace(/:.*$/, '')
  return { ...tree, value: text, text }
}

function usesOf(config: Config, key: string): readonly Tree[] {
  return serviceTrees(config).flatMap(({ tree }) => fieldOf(tree, key) ?? [])
}

/** Reports a name that is none of the known ones; a reference may become any of them. */
export function verifyName(name: Located<string>, kind: string, known: readonly string[], sink: Sink): void {
  if (known.includes(name.value) || name.value.includes('$')) return
  const names = [...new Set(known)]
  sink.report(shape.unknownName({ kind, name: name.value, suggestion: suggest(name.value, names), choices: listChoices(name.value, names) }, { at: name.span }))
}
