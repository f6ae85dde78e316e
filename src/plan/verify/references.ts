/** References for Compose to fill in: what mlstack puts into the argument of one must not end it. */
import type { Located } from '../../config/located.ts'
import { findUnwritable, referencesOf, substitute, type Template } from '../../config/template.ts'
import type { Role } from '../../config/config.ts'
import * as jobs from '../../diagnostics/catalogue/jobs.ts'
import * as shape from '../../diagnostics/catalogue/shape.ts'
import type { Sink } from '../../diagnostics/sink.ts'
import { planCommand } from '../commands.ts'
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
      if (late !== undefined) sink.report(jobs.lateVariable({ variable: late }, { at: span }))
    }
    const settled = values.map(({ value, span }) => ({ value: substitute(value, variables.valueOf), span }))
    for (const { value, span } of [...settled, ...settledCommand(role, variables)]) {
      const reference = findUnwritable(value)
      if (reference !== undefined) sink.report(shape.unwritableReference({ reference }, { at: span }))
    }
  }
}

function settledCommand({ command }: Role, variables: RoleVariables): readonly Located<Template>[] {
  if (command === undefined) return []
  const written = command.kind === 'shell' ? [command.script] : command.words
  const words = planCommand(command, variables)?.words ?? []
  return written.map(({ value, span }, index) => ({ value: words[index] ?? value, span }))
}
