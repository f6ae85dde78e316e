/** Who waits for whom: everyone waited for must exist, and nobody may wait for themselves by way of others. */
import type { Config } from '../../config/config.ts'
import type { Located } from '../../config/located.ts'
import { fieldOf, namesIn, readFlag, readVerbatim } from '../../config/read.ts'
import * as jobs from '../../diagnostics/catalogue/jobs.ts'
import * as shape from '../../diagnostics/catalogue/shape.ts'
import * as stack from '../../diagnostics/catalogue/stack.ts'
import { changeTo, type Span } from '../../diagnostics/diagnostic.ts'
import type { Sink } from '../../diagnostics/sink.ts'
import type { Tree } from '../../syntax/tree.ts'
import { declaredIn, type Included } from '../../resolve/included.ts'
import { fetchedOf } from '../fetched.ts'
import { composeKeyOf, dependenciesOf, jobsBefore, profilesIn, profilesOf, serversBefore } from '../jobs.ts'
import { serviceTrees } from './compose-trees.ts'
import { verifyName } from './names.ts'
import type { VerifyInput } from './verify.ts'

/** Whom each service waits for; what a role waits for by itself is marked at its name. */
type Waiting = ReadonlyMap<string, readonly Located<string>[]>

export function verifyWaiting({ config, included, ...sources }: VerifyInput, sink: Sink): void {
  const waiting = new Map([...fetchedOf(sources).map(({ service }) => [service, []] as const), ...waitingOf(config)])
  const known = [...waiting.keys(), ...declaredIn(included, 'services').map(({ name }) => name)]
  if (included.isKnown) for (const name of [...waiting.values()].flat()) if (!waiting.has(name.value)) verifyName(name, 'service', known, sink)
  reportReferences(config, sink)
  reportConditions(config, sink)
  reportCircles(new Map([...waitingOfIncluded(included), ...waiting]), new Set(config.roles.map(({ name }) => name.span)), sink)
  reportHidden(config, sink)
}

function waitingOf(config: Config): Waiting {
  const ofRoles = config.roles.map((role) => {
    const before = [...jobsBefore(role, config), ...serversBefore(role, config)].map(({ name }) => ({ value: name.value, span: role.name.span }))
    return [role.name.value, [...before, ...dependenciesOf(role)]] as const
  })
  const ofServices = config.services.map(({ name, value }) => [name.value, namesIn(fieldOf(value, 'depends_on'))] as const)
  return new Map([...ofRoles, ...ofServices])
}

/** What a role waits for is settled when compiling, as Compose fills in no names of keys. */
function reportReferences({ roles }: Config, sink: Sink): void {
  for (const { value, span } of roles.flatMap(dependenciesOf)) if (value.includes('$')) sink.report(shape.referenceNotAllowed({ reference: value, name: 'depends_on' }, { at: span }))
}

/** A job is never healthy, and a server of ours never done. */
function reportConditions(config: Config, sink: Sink): void {
  for (const { name: role, tree } of serviceTrees(config)) {
    for (const target of config.roles) {
      const condition = readVerbatim(fieldOf(fieldOf(fieldOf(tree, 'depends_on'), target.name.value), 'condition'))
      const isJob = target.kind === 'job'
      if (condition?.value !== (isJob ? 'service_healthy' : 'service_completed_successfully')) continue
      if (isJob && composeKeyOf(target, 'healthcheck') !== undefined) continue
      sink.report(jobs.impossibleCondition({ role, dependency: target.name.value, condition: condition.value, isJob }, { at: condition.span, ...changeTo(isJob ? 'service_completed_successfully' : 'service_healthy', condition.span) }))
    }
  }
}

function waitingOfIncluded(included: Included): Waiting {
  return new Map(declaredIn(included, 'services').map(({ name, value }) => [name, namesIn(fieldOf(value, 'depends_on'))]))
}

/** Where a profile starts the one that is waited for, and not the one that waits, Compose finds the former undefined. */
function reportHidden(config: Config, sink: Sink): void {
  const profiles = new Map([...config.services.map(({ name, value }) => [name.value, profilesIn(fieldOf(value, 'profiles'))] as const), ...config.roles.map((role) => [role.name.value, profilesOf(role)] as const)])
  const own = config.roles.map((role) => [role.name.value, [...[...jobsBefore(role, config), ...serversBefore(role, config)].map(({ name }) => ({ value: name.value, span: role.name.span })), ...neededNames(composeKeyOf(role, 'depends_on'))]] as const)
  const theirs = config.services.map(({ name, value }) => [name.value, neededNames(fieldOf(value, 'depends_on'))] as const)
  for (const [role, needed] of [...own, ...theirs]) {
    for (const { value, span } of new Map(needed.map((name) => [name.value, name])).values()) {
      const of = profiles.get(value) ?? []
      const shared = profiles.get(role)?.some((profile) => of.includes(profile))
      if (of.length > 0 && shared !== true) sink.report(jobs.hiddenDependency({ role, dependency: value, profiles: of.map((name) => `\`${name}\``).join(' or ') }, { at: span }))
    }
  }
}

/** Those that must be there: `required: false` is done without. */
function neededNames(tree: Tree | undefined): readonly Located<string>[] {
  const isOptional = (name: string) => readFlag(fieldOf(fieldOf(tree, name), 'required'))?.value === false
  return namesIn(tree).filter(({ value }) => !isOptional(value))
}

/** Walks depth first without recursion, since a chain may be as long as the file; each circle is told once, where it closes. */
function reportCircles(waiting: Waiting, implied: ReadonlySet<Span>, sink: Sink): void {
  const done = new Set<string>()
  for (const start of waiting.keys()) {
    const path: { readonly name: string; next: number }[] = done.has(start) ? [] : [{ name: start, next: 0 }]
    while (path.length > 0) {
      const top = path[path.length - 1] as { readonly name: string; next: number }
      const target = waiting.get(top.name)?.[top.next]
      top.next += 1
      if (target === undefined) done.add(path.pop()?.name ?? '')
      else if (path.some(({ name }) => name === target.value)) reportCircle(closed(path, target, waiting), implied, sink)
      else if (!done.has(target.value)) path.push({ name: target.value, next: 0 })
    }
  }
}

/** Each who waits in the circle, by the name that the one before waits for. */
function closed(path: readonly { readonly name: string; readonly next: number }[], target: Located<string>, waiting: Waiting): readonly Located<string>[] {
  return path.slice(path.findIndex(({ name }) => name === target.value)).flatMap(({ name, next }) => waiting.get(name)?.[next - 1] ?? [])
}

/** Marked where the user says so; what a role waits for by itself cannot be removed. */
function reportCircle(names: readonly Located<string>[], implied: ReadonlySet<Span>, sink: Sink): void {
  const last = names.at(-1)
  const at = names.findLast(({ span }) => !implied.has(span)) ?? last
  if (at !== undefined) sink.report(stack.waitingCircle({ circle: [last, ...names].map((name) => name?.value).join(' → ') }, { at: at.span }))
}
