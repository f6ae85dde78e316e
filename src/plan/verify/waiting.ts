/** Who waits for whom: everyone waited for must exist, and nobody may wait for themselves by way of others. */
import type { Config } from '../../config/config.ts'
import type { Located } from '../../config/located.ts'
import { fieldOf } from '../../config/read.ts'
import * as stack from '../../diagnostics/catalogue/stack.ts'
import type { Sink } from '../../diagnostics/sink.ts'
import { fetchedOf } from '../fetched.ts'
import { jobsBefore } from '../resolved.ts'
import { namesIn, verifyName } from './names.ts'
import type { VerifyInput } from './verify.ts'

/** Whom each service waits for; what a role waits for by itself is marked at its name. */
type Waiting = ReadonlyMap<string, readonly Located<string>[]>

export function verifyWaiting({ config, datasets }: Pick<VerifyInput, 'config' | 'datasets'>, sink: Sink): void {
  const waiting = new Map([...fetchedOf({ datasets }).map(({ service }) => [service, []] as const), ...waitingOf(config)])
  const known = [...waiting.keys()]
  for (const name of [...waiting.values()].flat()) if (!waiting.has(name.value)) verifyName(name, 'service', known, sink)
  reportCircles(waiting, sink)
}

function waitingOf(config: Config): Waiting {
  const ofRoles = config.roles.map((role) => {
    const before = jobsBefore(role, config).map(({ name }) => ({ value: name.value, span: role.name.span }))
    return [role.name.value, [...before, ...namesIn(role.compose.find(({ name }) => name.value === 'depends_on')?.value)]] as const
  })
  const ofServices = config.services.map(({ name, value }) => [name.value, namesIn(fieldOf(value, 'depends_on'))] as const)
  return new Map([...ofRoles, ...ofServices])
}

/** Walks depth first without recursion, since a chain may be as long as the file; each circle is told once, where it closes. */
function reportCircles(waiting: Waiting, sink: Sink): void {
  const done = new Set<string>()
  for (const start of waiting.keys()) {
    const path: { readonly name: string; next: number }[] = done.has(start) ? [] : [{ name: start, next: 0 }]
    while (path.length > 0) {
      const top = path[path.length - 1] as { readonly name: string; next: number }
      const target = waiting.get(top.name)?.[top.next]
      top.next += 1
      if (target === undefined) done.add(path.pop()?.name ?? '')
      else if (path.some(({ name }) => name === target.value)) reportCircle(path.map(({ name }) => name), target, sink)
      else if (!done.has(target.value)) path.push({ name: target.value, next: 0 })
    }
  }
}

function reportCircle(path: readonly string[], { value, span }: Located<string>, sink: Sink): void {
  const circle = [...path.slice(path.indexOf(value)), value].join(' → ')
  sink.report(stack.waitingCircle({ circle }, { at: span }))
}
