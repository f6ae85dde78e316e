/** What was decided of the tracking server, which has no part in making or serving a model. */
import { textForCompose } from '../config/template.ts'
import { TRACKING } from '../config/roles.ts'
import { trackingFacts } from '../facts/tracking.ts'
import { decision, type Decision } from '../resolve/decision.ts'
import { decideCommand, decideHealth, decideLimits, decidePort, type ServiceInput } from './service.ts'
import { decideEnvironment, decideSecrets } from './job.ts'

/** Undefined for any other role. */
export function decideTracking(input: ServiceInput): readonly Decision[] | undefined {
  const { role, service, config: { tracking } } = input
  if (role.name.value !== TRACKING || tracking === undefined) return undefined
  const { title, folder, isShared } = trackingFacts(tracking.kind)
  return [
    decision('server', title, 'asked for', tracking.span),
    ...decideCommand(input),
    ...(role.command === undefined && service.command !== undefined ? [decision('command', service.command.words.map(textForCompose).join(' '), `${title}'s own, since no \`command\` is given`)] : []),
    ...service.mounts.flatMap((mount) => (mount.kind === 'volume' ? [mount] : [])).map(({ source, isReadOnly }) => decision(isReadOnly ? 'reads' : 'keeps', `${folder}, in the volume ${source}`, 'it outlives `docker compose down`; `down --volumes` removes it')),
    ...decideSecrets(input),
    ...decideEnvironment(input),
    ...decidePort(input),
    ...decideHealth(input),
    ...decideLimits(input),
    decision('file system', service.fileSystem.isReadOnly ? 'read-only' : 'writable', service.fileSystem.reason ?? `but for ${isShared ? '' : `${folder}, `}/tmp and the home folder`),
  ]
}
