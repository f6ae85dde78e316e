/** The whole Compose file of a stack. */
import { literal } from '../../config/template.ts'
import type { Network, SecretSource, Service, Stack, Volume } from '../../plan/stack.ts'
import { headerOf, withHeader } from '../header.ts'
import type { OutputFile } from '../output-file.ts'
import { joinWithAnd } from '../words.ts'
import { formatCompose } from './document.ts'
import { mergeService } from './merge.ts'
import { composeService } from './service.ts'
import { entry, entryIf, map, rawText, text, token, type ComposeEntry, type ComposeValue } from './value.ts'

export function emitCompose(stack: Stack): OutputFile {
  const services = stack.services.map((service) => entry(service.name, mergeService(composeService(service, stack), overridesOf(service, stack)), introduce(service, stack)))
  const root = map([
    entry('name', rawText(stack.project)),
    entryIf('include', stack.passed.include),
    entry('services', map([...keepFirstComments(services), ...stack.passed.services])),
    entryIf('volumes', map([...stack.volumes.map(composeVolume), ...stack.passed.volumes])),
    entryIf('networks', map([...stack.networks.map(composeNetwork), ...stack.passed.networks])),
    entryIf('configs', map(stack.passed.configs)),
    entryIf('secrets', map(stack.secrets.map((secret) => entry(secret.name, composeSecret(secret))))),
  ])
  return { path: stack.composeFile, text: withHeader(`\n${formatCompose(root)}`, headerOf(stack)) }
}

/** One line above a service that says what it does, as far as the plan alone tells. */
function introduce(service: Service, { tokenFiles }: Stack): string {
  const { name, kind, gate, after, purpose, overrides, node, profiles: [profile], port, vendor } = service
  if (purpose !== undefined) return `${purpose}.`
  if (profile !== undefined) {
    const address = port === undefined || service.ports !== undefined ? '' : `; it is at http://127.0.0.1:${port}`
    return `Runs on request, on the project's own files: docker compose --profile ${profile} up ${name}${address}${tokenFiles.map((path) => `, opened by the token in ${path}`).join('')}.`
  }
  if (vendor !== undefined && after.length > 0) return `Stays up, with the model last promoted: starts after ${joinWithAnd(after)}, and finds each promotion by itself.`
  if (kind === 'service') return after.length === 0 ? 'Stays up.' : `Stays up, with the model last promoted: starts after ${joinWithAnd(after)}, and anew on each promotion.`
  if (gate.part === 'apart' && overrides.some(({ key }) => key === 'profiles')) return `Runs on request: docker compose ${node === undefined ? 'run --rm' : 'up'} ${name}`
  if (gate.part === 'apart') return gate.needs.length === 0 ? 'A job that waits for no other one.' : `A job that runs after ${joinWithAnd(gate.needs)}.`
  const makes = gate.from !== undefined ? 'Takes a copy of the model source as the candidate' : gate.isFresh ? 'Makes a candidate model' : `Works on the candidate model after ${joinWithAnd(gate.after)}`
  return gate.promotes ? `${makes}; if it succeeds, this is the model to be served.` : `${makes}, which nothing serves yet.`
}

/** The user's Compose keys, with the list forms of what is merged by name as the mappings that they stand for. */
function overridesOf({ overrides, node }: Service, { services }: Stack): readonly ComposeEntry[] {
  return overrides.map(({ key, value }) => {
    if (value.kind !== 'list') return { key, value }
    if (key === 'networks' && node !== undefined) return entry(key, map(value.items.map((item) => entry(nameOf(item), token(null)))))
    if (key === 'depends_on') return entry(key, map(value.items.map((item) => dependency(item, services))))
    return key === 'environment' ? entry(key, map(value.items.map(variable))) : { key, value }
  })
}

/** `K=V`, or `K` alone, which is taken from the shell. */
function variable(item: ComposeValue): ComposeEntry {
  const written = item.kind === 'scalar' ? item.text : ''
  const at = written.indexOf('=')
  return at === -1 ? entry(written, token(null)) : entry(written.slice(0, at), rawText(written.slice(at + 1)))
}

/** A job is waited for to its end, a service to its start. */
function dependency(item: ComposeValue, services: readonly Service[]): ComposeEntry {
  const name = nameOf(item)
  const isJob = services.some((service) => service.name === name && service.kind === 'job')
  return entry(name, map([entry('condition', token(isJob ? 'service_completed_successfully' : 'service_started'))]))
}

function nameOf(item: ComposeValue): string {
  return item.kind === 'scalar' ? item.text : ''
}

function composeNetwork({ name, purpose }: Network): ComposeEntry {
  return entry(name, map([entry('internal', token(true))]), `${purpose}.`)
}

function composeVolume({ name, purpose, sharedName }: Volume): ComposeEntry {
  return entry(name, sharedName === undefined ? token(null) : map([entry('name', rawText(sharedName))]), purpose && `${purpose}.`)
}

function composeSecret({ source }: SecretSource): ComposeValue {
  if ('file' in source) return map([entry('file', text(literal(source.file)))])
  return map([entry('environment', rawText(source.environment))])
}

/** A reason is given where it is due first, and not again in every service. */
export function keepFirstComments(services: readonly ComposeEntry[]): readonly ComposeEntry[] {
  const given = new Set<string>()
  return services.map((service) => (service.value.kind === 'map' ? { ...service, value: { ...service.value, entries: service.value.entries.map(once) } } : service))

  function once(each: ComposeEntry): ComposeEntry {
    if (each.comment === undefined || !given.has(each.comment)) {
      if (each.comment !== undefined) given.add(each.comment)
      return each
    }
    return { key: each.key, value: each.value }
  }
}
