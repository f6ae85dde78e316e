/**
 * A third Compose file, given on standard input, in which nothing waits for our jobs any more: while watching, mlstack knows which
 * of them have succeeded, and Compose would run them again for whatever depends on them. All other dependencies stay Compose's,
 * as does that of a job on its other nodes.
 */
import { plainOf, type Passed } from '../plan/passed.ts'
import type { Stack } from '../plan/stack.ts'

/** YAML whose values are JSON; `!override` needs Compose 2.24. */
export function withoutJobDependencies({ services, passed }: Stack): string {
  const jobs = new Set(services.filter(({ kind, gate }) => kind === 'job' && gate.part !== 'node').map(({ name }) => name))
  const ours = services.map(({ name, after, node, overrides }) => [name, after.length > 0 ? Object.fromEntries((node?.others ?? []).map((other) => [other, { condition: 'service_started' }])) : undefined, overrides.find(({ key }) => key === 'depends_on')?.value] as const)
  const theirs = passed.services.map(({ key, value }) => [key, undefined, dependenciesOf(value)] as const)
  const lines = [...ours, ...theirs].flatMap(([name, generated, given]) => {
    const all = { ...generated, ...conditionsOf(given) }
    const kept = Object.fromEntries(Object.entries(all).filter(([dependency]) => !jobs.has(dependency)))
    return generated === undefined && Object.keys(kept).length === Object.keys(all).length ? [] : [`  ${JSON.stringify(name)}: {depends_on: !override ${JSON.stringify(kept)}}`]
  })
  return lines.length === 0 ? 'services: {}\n' : `services:\n${lines.join('\n')}\n`
}

function dependenciesOf(service: Passed): Passed | undefined {
  return service.kind === 'map' ? service.entries.find(({ key }) => key === 'depends_on')?.value : undefined
}

/** The list form stands for a mapping. */
function conditionsOf(dependencies: Passed | undefined): Readonly<Record<string, unknown>> {
  if (dependencies?.kind === 'map') return Object.fromEntries(dependencies.entries.map(({ key, value }) => [key, plainOf(value)]))
  const names = dependencies?.kind === 'list' ? dependencies.items.map((item) => String(plainOf(item))) : []
  return Object.fromEntries(names.map((name) => [name, { condition: 'service_started' }]))
}
