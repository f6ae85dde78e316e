/** References for Compose to fill in: what mlstack puts into the argument of one must not end it. */
import type { Located } from '../../config/located.ts'
import { findUnwritable, referencesOf, substitute, type Template } from '../../config/template.ts'
import type { Role } from '../../config/config.ts'
import * as builds from '../../diagnostics/catalogue/builds.ts'
import * as jobs from '../../diagnostics/catalogue/jobs.ts'
import * as shape from '../../diagnostics/catalogue/shape.ts'
import type { Sink } from '../../diagnostics/sink.ts'
import { suggest } from '../../diagnostics/suggest.ts'
import { planCommand } from '../commands.ts'
import { isExported } from '../secrets.ts'
import { isLate, planVariables, type RoleVariables } from '../variables.ts'
import type { VerifyInput } from './verify.ts'

export function verifyReferences(input: VerifyInput, sink: Sink): void {
  const { config } = input
  for (const role of config.roles) {
    const variables = planVariables({ role, given: input, cpus: undefined })
    const values = [...config.environment, ...role.environment].flatMap(({ value }) => value ?? [])
    const words = role.command?.kind === 'words' ? role.command.words : []
    for (const { value, span } of [...values, ...words]) {
      const late = referencesOf(value).find((name) => isLate(name, role))
      const secret = referencesOf(value).find((name) => isExported(name, role, config))
      if (secret !== undefined) sink.report(builds.secretInReference({ secret }, { at: span }))
      if (late !== undefined) sink.report(jobs.lateVariable({ variable: late }, { at: span }))
    }
    adviseUnset(role, [...role.environment.flatMap(({ value }) => value ?? []), ...writtenCommand(role)], variables, sink)
    const settled = values.map(({ value, span }) => ({ value: substitute(value, variables.valueOf), span }))
    for (const { value, span } of [...settled, ...settledCommand(role, variables)]) {
      const reference = findUnwritable(value)
      if (reference !== undefined) sink.report(shape.unwritableReference({ reference }, { at: span }))
    }
  }
}

/** Names that only the table of the language has, each with why a role may lack it. */
const OURS: readonly (readonly [name: RegExp, why: string])[] = [
  [/^PARAM(?:_|S_FILE$)/, 'jobs have the parameters under `params`, a server those of its own `params` alone'],
  [/^DATASET_/, 'a role has the datasets that are for it'],
  [/^METRICS_FILE$/, '`evaluate` alone has it'],
  [/^BASE_MODEL_DIR$/, 'it comes with `model.source`, for the jobs that make the model'],
  [/^CHECKPOINT_DIR$/, 'jobs alone have it'],
]

/** Warns of a plain reference; one with an operator says what is to be where the name is not set. */
function adviseUnset(role: Role, values: readonly Located<Template>[], variables: RoleVariables, sink: Sink): void {
  const own = variables.environment.map(({ name }) => name)
  for (const { value, span } of values) {
    const plain = value.flatMap((piece) => (typeof piece === 'object' && piece.operator === undefined ? piece.name : []))
    for (const variable of new Set(plain)) {
      const [kind, why] = OURS.find(([name]) => name.test(variable)) ?? []
      if (kind === undefined || why === undefined || variables.isOwn(variable)) continue
      sink.report(jobs.unsetReference({ variable, role: role.name.value, suggestion: suggest(variable, own.filter((name) => kind.test(name))), why }, { at: span }))
    }
  }
}

function writtenCommand({ command }: Role): readonly Located<Template>[] {
  if (command === undefined) return []
  return command.kind === 'shell' ? [command.script] : command.words
}

function settledCommand(role: Role, variables: RoleVariables): readonly Located<Template>[] {
  const words = planCommand(role.command, variables)?.words ?? []
  return writtenCommand(role).map(({ value, span }, index) => ({ value: words[index] ?? value, span }))
}
