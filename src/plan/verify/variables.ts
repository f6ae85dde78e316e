/** Variables of the user's must not take the place of those that mlstack sets. */
import type { Role } from '../../config/config.ts'
import type { Located } from '../../config/located.ts'
import { namesIn } from '../../config/read.ts'
import * as shape from '../../diagnostics/catalogue/shape.ts'
import type { Sink } from '../../diagnostics/sink.ts'
import { RERUN_VARIABLE } from '../../facts/container.ts'
import { composeKeyOf } from '../jobs.ts'
import { secretsOf } from '../secrets.ts'
import { isLate, ownVariables } from '../variables.ts'
import type { VerifyInput } from './verify.ts'

export function verifyVariables(input: VerifyInput, sink: Sink): void {
  const { config } = input
  for (const role of config.roles) {
    const own = ownVariables(role, input).map(([name]) => name)
    const exported = secretsOf(role, config).filter(({ as }) => as === 'env').map(({ name }) => name.value)
    const names = new Set([...own, ...exported])
    for (const name of [...[...config.environment, ...role.environment].map((each) => each.name), ...namesOfSecond(role)]) {
      if (names.has(name.value) || isOfHelper(name.value, role)) sink.report(shape.reservedVariable({ variable: name.value }, { at: name.span }))
    }
  }
}

/** What a second server sets in Compose's words; one with a command of its own may listen wherever it likes. */
function namesOfSecond(role: Role): readonly Located<string>[] {
  const names = namesIn(composeKeyOf(role, 'environment')).map(({ value, span }) => ({ value: value.replace(/=.*$/s, ''), span }))
  return role.command === undefined ? names.filter(({ value }) => !LISTENING.has(value)) : names
}

const LISTENING: ReadonlySet<string> = new Set(['HOST', 'PORT'])

/** What a job's helper sets, or reads from the shell. */
function isOfHelper(name: string, role: Role): boolean {
  return isLate(name, role) || (role.kind === 'job' && name === RERUN_VARIABLE)
}
