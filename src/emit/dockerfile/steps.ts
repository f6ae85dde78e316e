/** Steps of the user's in a Dockerfile: any text, run by bash exactly as it stands in the config. */
import { SECRETS_FOLDER } from '../../facts/container.ts'
import type { BuildExtras, BuildStep, Installer } from '../../plan/stack.ts'
import { CACHES } from './installer.ts'
import { formatMount, type Mount } from './instructions.ts'
import { sshMounts } from './ssh.ts'

/** A step as the template prints it. */
export interface StepView {
  readonly comment: string
  readonly lines: readonly string[]
}

export function viewSteps({ steps, sshIds }: BuildExtras): Readonly<Record<BuildStep['after'], readonly StepView[]>> {
  const after = (place: BuildStep['after']) => steps.filter((step) => step.after === place).map((step) => viewStep(step, sshIds))
  return { system: after('system'), packages: after('packages'), code: after('code') }
}

function viewStep(step: BuildStep, sshIds: readonly string[]): StepView {
  const run = formatStep(step, sshIds)
  return {
    comment: `From build.run[${step.index}].`,
    lines: step.user === undefined ? [run] : [`USER ${step.user}`, run, 'USER root'],
  }
}

/** RUN with a plain command, or with a script that a here-document holds: there, neither Docker nor a shell reads anything into it. */
export function formatStep(step: BuildStep, sshIds: readonly string[]): string {
  const mounts = [...secretMounts(step), ...sshMounts(sshIds, step.user), ...cacheMounts(step)].map(formatMount)
  const command = step.command.replace(/\n+$/, '')
  const exports = formatExports(step)
  if (isPlain(command) && exports.length === 0) return ['RUN', [...mounts, command].join(' \\\n    ')].join(' ')
  // A script with an interpreter of its own is none for bash.
  const script = command.startsWith('#!') ? [command] : [INTERPRETER, ...exports, command]
  const end = findDelimiter(step.index, script.join('\n'))
  return [`RUN ${[...mounts, `<<'${end}'`].join(' \\\n    ')}`, ...script, end].join('\n')
}

const INTERPRETER = '#!/usr/bin/env -S bash -euo pipefail'

/** Words that mean the same to every shell, and nothing to Docker. */
const PLAIN = /^[\w./][\w./ @%+=:,-]*(?: && [\w./][\w./ @%+=:,-]*)*$/
/** Commands that bash has and other shells have not. */
const OF_BASH = /(?:^|&& )\s*(?:source|declare|typeset|local|let|mapfile|readarray|pushd|popd|shopt|time|\w+=)/

function isPlain(command: string): boolean {
  return PLAIN.test(command) && !OF_BASH.test(command) && command === command.trim()
}

/** A word that is no line of the script. It has the number of the step, since of a script BuildKit shows little else where it fails. */
function findDelimiter(index: number, script: string): string {
  const lines = new Set(script.split(/\r?\n/))
  let delimiter = `STEP_${index}`
  while (lines.has(delimiter)) delimiter += '_'
  return delimiter
}

/** Each must be there: a build without it would fail later, and less clearly. Only root can read a secret otherwise. */
function secretMounts({ secrets, user }: BuildStep): readonly Mount[] {
  return secrets.map(({ name }) => ['type=secret', `id=${name}`, 'required=true', ...(user === undefined ? [] : ['mode=0444'])])
}

/** What pip and uv download stays on the builder. */
function cacheMounts({ command, user }: BuildStep): readonly Mount[] {
  const hasTool = (tool: Installer['tool']) => new RegExp(`(?<![\\w./-])${tool}(?![\\w./-])`).test(command)
  return user !== undefined ? [] : (['pip', 'uv'] as const).filter(hasTool).map((tool) => CACHES[tool])
}

/** As in a container: the path always, and the value where it is to be a variable. Of a variable that is not set, Compose makes an empty secret. */
function formatExports({ secrets }: BuildStep): readonly string[] {
  return secrets.flatMap(({ name, isExported }) => {
    const path = `${SECRETS_FOLDER}/${name}`
    const value = isExported ? `${name}="$(< ${path})" ` : ''
    return [`[ -s ${path} ] || { echo 'The secret ${name} is empty, or not set.' >&2; exit 1; }`, `export ${value}${name}_FILE=${path}`]
  })
}
