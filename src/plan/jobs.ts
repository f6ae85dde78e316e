/** Who waits for whom among the roles, and by that which jobs make the model. */
import type { Config, Role } from '../config/config.ts'
import type { Located } from '../config/located.ts'
import { TRACKING } from '../config/roles.ts'
import { itemsOf, namesIn } from '../config/read.ts'
import type { Tree } from '../syntax/tree.ts'
import { factsOf } from './role-kinds.ts'

/** The jobs that make the model, in an order in which they can run: `train`, what stands between it and `evaluate`, and that. */
export function modelJobsOf(config: Config): readonly Role[] {
  const known = MODEL_JOBS.get(config)
  if (known !== undefined) return known
  const jobs = findModelJobs(config)
  MODEL_JOBS.set(config, jobs)
  return jobs
}

/** Asked for with every role, and found by walks over all of them. */
const MODEL_JOBS = new WeakMap<Config, readonly Role[]>()

function findModelJobs(config: Config): readonly Role[] {
  const [train, evaluate] = ENDS.map((name) => config.roles.find((role) => role.name.value === name))
  if (train === undefined || evaluate === undefined) return [train ?? evaluate ?? []].flat()
  const between = ancestorsOf(evaluate, config).filter((role) => role !== train && ancestorsOf(role, config).includes(train))
  return [train, ...between, evaluate]
}

const ENDS = ['train', 'evaluate']

/** The jobs that a role waits for by itself, without a word of the user's: `evaluate` for `train`, and a service for all that make the model. */
export function jobsBefore(role: Role, config: Config): readonly Role[] {
  if (role.kind === 'service') return factsOf(role).followsModel ? modelJobsOf(config) : []
  return role.name.value === 'evaluate' ? config.roles.filter(({ name }) => name.value === 'train') : []
}

/** The servers of ours that a role speaks to, and waits for by itself. */
export function serversBefore(role: Role, { roles }: Config): readonly Role[] {
  return factsOf(role).isTracked ? roles.filter(({ name }) => name.value === TRACKING) : []
}

/** The names in a role's own `depends_on`. */
export function dependenciesOf(role: Role): readonly Located<string>[] {
  return namesIn(composeKeyOf(role, 'depends_on'))
}

/** What a role says under one of Compose's keys. */
export function composeKeyOf(role: Role, key: string): Tree | undefined {
  return role.compose.find(({ name }) => name.value === key)?.value
}

/** The jobs that a job waits for, by itself or by the user's word. */
export function jobsWaitedFor(role: Role, config: Config): readonly Role[] {
  const names = new Set(dependenciesOf(role).map(({ value }) => value))
  if (role.name.value === 'evaluate') names.add('train')
  return config.roles.filter(({ kind, name }) => kind === 'job' && names.has(name.value))
}

/** All jobs that must have ended before a job starts, each after those that it waits for itself. A circle is told elsewhere. */
export function ancestorsOf(role: Role, config: Config): readonly Role[] {
  const found = new Set<Role>()
  const entered = new Set<Role>([role])
  // Without recursion, since a chain may be as long as the file.
  const stack = [{ of: role, left: [...jobsWaitedFor(role, config)] }]
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const next = top.left.shift()
    if (next === undefined) {
      stack.pop()
      if (top.of !== role) found.add(top.of)
    } else if (!entered.has(next)) {
      entered.add(next)
      stack.push({ of: next, left: [...jobsWaitedFor(next, config)] })
    }
  }
  return [...found]
}

/** The profiles that a role runs in; none: it always runs. */
export function profilesOf(role: Role): readonly string[] {
  return [...factsOf(role).profiles, ...profilesIn(composeKeyOf(role, 'profiles'))]
}

export function profilesIn(tree: Tree | undefined): readonly string[] {
  return itemsOf(tree).flatMap((item) => (item.kind === 'scalar' ? [item.text] : []))
}

/** The jobs that `up` runs, in an order in which each comes after those that it waits for: first what makes the model, then the others. */
export function jobOrder(config: Config): readonly Role[] {
  const jobs = config.roles.filter(({ kind }) => kind === 'job')
  const ordered = [...modelJobsOf(config), ...jobs].flatMap((role) => [...ancestorsOf(role, config), role])
  return [...new Set(ordered)].filter((role) => profilesOf(role).length === 0)
}
