/** References for Compose to fill in: what mlstack puts into the argument of one must not end it. */
import type { Located } from '../../config/located.ts'
import { findUnwritable, substitute, type Template } from '../../config/template.ts'
import type { Role } from '../../config/config.ts'
import * as shape from '../../diagnostics/catalogue/shape.ts'
import type { Sink } from '../../diagnostics/sink.ts'
import { planCommand } from '../commands.ts'
import { datasetsOf } from '../resolved.ts'
import { planVariables, type RoleVariables } from '../variables.ts'
import type { VerifyInput } from './verify.ts'

export function verifyReferences({ config, datasets }: VerifyInput, sink: Sink): void {
  for (const role of config.roles) {
    const variables = planVariables({ role, config, datasets: datasetsOf(role, datasets), cpus: undefined })
    const values = [...config.environment, ...role.environment].flatMap(({ value }) => value ?? [])
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
