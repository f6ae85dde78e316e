/** Variables of the user's must not take the place of those that mlstack sets. */
import * as shape from '../../diagnostics/catalogue/shape.ts'
import type { Sink } from '../../diagnostics/sink.ts'
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
      if (names.has(name.value) || isLate(name.value, role)) sink.report(shape.reservedVariable({ variable: name.value }, { at: name.span }))
    }
  }
}
