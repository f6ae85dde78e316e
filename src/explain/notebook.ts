/** What was decided of the notebook that no other service has: how it is asked for, what it edits, and what opens it. */
import { textForCompose } from '../config/template.ts'
import { tokenOf, type Token } from '../plan/notebook.ts'
import { tokenFileOf } from '../plan/own-files.ts'
import { decision, type Decision } from '../resolve/decision.ts'
import type { JobInput } from './job.ts'

/** None for any other role. */
export function decideNotebook({ role, service, config }: JobInput): readonly Decision[] {
  const token = tokenOf(role, config)
  if (token === undefined) return []
  const { command, gate, mounts, profiles, name } = service
  const places = mounts.flatMap((mount) => (mount.kind === 'bind' && !mount.isReadOnly && !gate.outputs.includes(mount.target) ? [`${mount.target}, from ${textForCompose(mount.source)}`] : []))
  const hidden = mounts.flatMap((mount) => (mount.kind === 'hidden' ? [mount.target] : []))
  return [
    decision('starts', `docker compose --profile ${profiles[0] ?? ''} up ${name}`, 'a person asks for it; nothing else starts it', role.span),
    ...(role.command === undefined && command !== undefined ? [decision('command', command.words.map(textForCompose).join(' '), 'JupyterLab, since no `command` is given')] : []),
    ...places.map((place) => decision('files', place, 'edited where they are, as MLSTACK_UID')),
    ...hidden.map((target) => decision('hidden', target, 'a secret that the notebook has not asked for')),
    { subject: 'token', ...describe(token, name), spans: role.token === undefined ? [] : [role.token.span] },
  ]
}

function describe(token: Token, role: string): Pick<Decision, 'value' | 'because'> {
  switch (token.kind) {
    case 'made':
      return { value: `that of ${tokenFileOf(role)}`, because: 'mlstack compile makes one on each machine, which git does not see' }
    case 'secret':
      return { value: `the secret ${token.name}`, because: 'given' }
    case 'value':
      return { value: 'that of the config', because: 'given' }
    case 'given':
      return { value: 'that of JUPYTER_TOKEN', because: 'set by the config' }
  }
}
