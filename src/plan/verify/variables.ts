/** Variables of the user's must not take the place of those that mlstack sets. */
import type { Role } from '../../config/config.ts'
import * as shape from '../../diagnostics/catalogue/shape.ts'
import type { Sink } from '../../diagnostics/sink.ts'
import { RERUN_VARIABLE } from '../../facts/container.ts'
import { secretsOf } from '../secrets.ts'
import { isLate, ownVariables } from '../variables.ts'
import type { VerifyInput } from './verify.ts'

export function verifyVariables(input: VerifyInput, sink: Sink): void {
  const { config } = input
  for (const role of config.roles) {
    const own = ownVariables(role, input).map(([name]) => name)
    const exported = secretsOf(role, config).filter(({ as }) => as === 'env').map(({ name }) => name.value)
    const names = new Set([...own, ...exported])
    for (const { name } of [...config.environment, ...role.environment]) {
      if (names.has(name.value) || isOfHelper(name.value, role)) sink.report(shape.reservedVariable({ variable: name.value }, { at: name.span }))
    }
  }
}

/** What a job's helper sets, or reads from the shell. */
function isOfHelper(name: string, role: Role): boolean {
  return isLate(name, role) || (role.kind === 'job' && name === RERUN_VARIABLE)
}
