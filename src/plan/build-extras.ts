/** What `build` adds to images: steps of the user's, certificates, whom containers run as, and keys that Compose has under the same name. */
import type { Config, Role } from '../config/config.ts'
import { parseUser } from '../config/user.ts'
import { pathFromContext } from './layout.ts'
import { passTree, type Passed } from './passed.ts'
import type { Resolved } from './resolved.ts'
import { secretsOfBuild, secretsOfStep } from './secrets.ts'
import type { BuildExtras, BuildStep } from './stack.ts'
import { builtRoles } from './vendor.ts'

/** Keys that only one image can have: two images under one tag, or with one cache, would take it from each other. */
const OF_ONE_IMAGE: ReadonlySet<string> = new Set(['tags'])

/** For the image of some roles; tags are those of the image that serves, else of the first one. */
export function planExtras(roles: readonly string[], resolved: Resolved): BuildExtras {
  const { config } = resolved
  const steps = planSteps(config)
  const granted = resolved.ownImage === undefined ? [] : secretsOfBuild(config).map(({ name }) => name.value)
  const isTagged = roles.includes(taggedRole(builtRoles(resolved)) ?? '')
  return {
    ...planAsideExtras(resolved),
    steps,
    secrets: [...new Set([...granted, ...steps.flatMap(({ secrets }) => secrets.map(({ name }) => name))])],
    sshIds: sshIdsOf(config),
    options: config.build.compose.filter(({ name }) => isTagged || !OF_ONE_IMAGE.has(name.value)).map(({ name, value }) => ({ key: name.value, value: passTree(value) })),
  }
}

/** An image without the project has no steps of the user's, but is built and runs in the same networks. */
export function planAsideExtras({ config, layout }: Pick<Resolved, 'config' | 'layout'>): BuildExtras {
  const { ca, user, compose } = config.build
  return {
    steps: [],
    secrets: [],
    sshIds: [],
    options: compose.filter(({ name }) => name.value === 'network').map(({ name, value }) => ({ key: name.value, value: passTree(value) })),
    user: user && parseUser(user.value),
    certificates: ca && pathFromContext(ca.value, layout),
  }
}

/** The role whose image gets the tags of the config. */
function taggedRole(roles: readonly Role[]): string | undefined {
  return (roles.find(({ name }) => name.value === 'serve') ?? roles[0])?.name.value
}

function planSteps(config: Config): readonly BuildStep[] {
  return config.build.run.map((step, index) => ({
    index,
    command: step.command.value,
    after: step.after,
    user: step.user?.value,
    secrets: secretsOfStep(step, config).map(({ name, as }) => ({ name: name.value, isExported: as === 'env' })),
  }))
}

/** `default`, `ID=PATH` in a list, or a mapping of ids. */
function sshIdsOf({ build }: Config): readonly string[] {
  const value = build.compose.find(({ name }) => name.value === 'ssh')?.value
  const ssh = value && passTree(value)
  if (ssh?.kind === 'map') return ssh.entries.map(({ key }) => key)
  const items: readonly Passed[] = ssh?.kind === 'list' ? ssh.items : ssh === undefined ? [] : [ssh]
  return items.flatMap((item) => (item.kind === 'scalar' ? [item.text.replace(/=.*/s, '')] : []))
}
