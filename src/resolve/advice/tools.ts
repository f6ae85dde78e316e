/** Programs in commands that are not there in a container, or that install what belongs into the image. */
import type { Role } from '../../config/config.ts'
import { projectRoles } from '../../config/roles.ts'
import * as advice from '../../diagnostics/catalogue/advice.ts'
import type { Sink } from '../../diagnostics/sink.ts'
import { packageOfCommand } from '../../facts/debian.ts'
import type { Matter } from './context.ts'
import { isSlim, lacksCommand } from './slim.ts'
import { findWord, invocationsOf, type Invocation } from './words.ts'

/** What each would do, which the container does already or cannot do. */
const MISSING: Readonly<Record<string, string>> = {
  sudo: 'remove it: what needs root belongs into the image, such as Debian packages under `system`',
  docker: 'remove it: mlstack runs the command in a container already',
  'docker-compose': 'remove it: mlstack runs the command in a container already',
  'nvidia-docker': 'write gpu: true instead',
  podman: 'remove it: mlstack runs the command in a container already',
  conda: 'remove it: the packages of the image are the only environment',
  mamba: 'remove it: the packages of the image are the only environment',
  'apt-get': 'name the packages under `system`',
  apt: 'name the packages under `system`',
}
const ENVIRONMENT = /(?:^|\/)bin\/activate$/

export function adviseOnTools(matter: Matter, sink: Sink): void {
  // Another image than a slim one may have any program.
  if (!isSlim(matter)) return
  for (const role of projectRoles(matter.config)) checkRole(role, matter, sink)
}

function checkRole({ command }: Role, matter: Matter, sink: Sink): void {
  for (const invocation of command === undefined ? [] : invocationsOf(command)) {
    const { program, span } = invocation
    const missing = adviceOn(invocation, matter)
    if (missing !== undefined) sink.report(advice.missingTool({ tool: program, advice: missing }, { at: span }))
    if (isActivation(invocation)) sink.report(advice.missingTool({ tool: invocation.words[0]?.value ?? program, advice: 'remove it: the packages of the image are the only environment' }, { at: invocation.words[0]?.span ?? span }))
    const install = program === 'pip' || program === 'pip3' ? findWord(invocation, ['install']) : undefined
    if (install !== undefined) sink.report(advice.lateInstall({ tool: 'pip install', advice: 'name the packages under python.packages, or the file under python.requirements' }, { at: { ...span, end: install.span.end } }))
  }
}

function adviceOn({ program }: Invocation, matter: Matter): string | undefined {
  if (Object.hasOwn(MISSING, program)) return matter.config.system.some(({ value }) => value.startsWith(program)) ? undefined : MISSING[program]
  return lacksCommand(program, matter) ? `add system: [${packageOfCommand(program)}]` : undefined
}

function isActivation({ program, words }: Invocation): boolean {
  return (program === 'source' || program === '.') && ENVIRONMENT.test(words[0]?.value ?? '')
}
