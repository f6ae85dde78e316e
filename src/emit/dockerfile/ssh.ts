/** SSH agents and keys in a build: sockets that a RUN may use, and that are in no layer. */
import type { Image } from '../../plan/stack.ts'
import { formatMount, type Mount } from './instructions.ts'

/** A user other than root must be let in. */
export function sshMounts(ids: readonly string[], user?: string): readonly Mount[] {
  return ids.map((id) => ['type=ssh', ...(id === 'default' ? [] : [`id=${id}`]), ...(user === undefined ? [] : ['mode=0666'])])
}

/** A RUN that installs packages, with SSH where one of the packages may need it. */
export function withSsh(run: string, { packages, builder, extras }: Image): string {
  const requirements = [...(builder?.requirements ?? []), ...packages.flatMap((layer) => layer.requirements)]
  const isNeeded = extras.sshIds.length > 0 && requirements.some((requirement) => requirement.includes(SCHEME))
  // What a file of requirements has is not seen here.
  if (!isNeeded || !(run.includes(SCHEME) || / -r /.test(run))) return run
  return run.replace(/^RUN /, `RUN ${sshMounts(extras.sshIds).map((mount) => `${formatMount(mount)} \\\n    `).join('')}`)
}

const SCHEME = 'git+ssh://'
