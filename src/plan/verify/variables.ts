/** Variables of the user's must not take the place of those that mlstack sets. */
import type { Config, Role } from '../../config/config.ts'
import type { Located } from '../../config/located.ts'
import { namesIn } from '../../config/read.ts'
import * as shape from '../../diagnostics/catalogue/shape.ts'
import type { Sink } from '../../diagnostics/sink.ts'
import { RERUN_VARIABLE } from '../../facts/container.ts'
import { composeKeyOf } from '../jobs.ts'
import { secretsOf } from '../secrets.ts'
import { trackingVariables } from '../tracking.ts'
import { givenVariables, isLate, ownVariables } from '../variables.ts'
import type { VerifyInput } from './verify.ts'

/** Arguments by which our Dockerfiles learn whom the containers run as. */
const OWN_ARGUMENTS: ReadonlySet<string> = new Set(['MLSTACK_UID', 'MLSTACK_GID'])

export function verifyVariables(input: VerifyInput, sink: Sink): void {
  const { config } = input
  verifyArguments(config, sink)
  for (const role of config.roles) {
    const own = ownVariables(role, input).map(([name]) => name)
    const isOwn = (name: string) => own.includes(name) || isOfHelper(name, role)
    const secrets = secretsOf(role, config)
    const exported = secrets.filter(({ as }) => as === 'env').map(({ name }) => name)
    const tracking = trackingVariables(role, config).map(([name]) => name)
    const insteadOf = (name: string) => (exported.some(({ value }) => value === name) ? SECRET_INSTEAD : tracking.includes(name) ? TRACKING_INSTEAD : undefined)
    for (const { value, span } of [...givenVariables(role, config).map(({ name }) => name), ...namesOfSecond(role)]) {
      const instead = insteadOf(value)
      if (instead !== undefined || isOwn(value)) sink.report(shape.reservedVariable({ variable: value, instead }, { at: span }))
    }
    for (const { value, span } of exported) {
      // The paths of secrets are among our own.
      if (isOwn(value)) sink.report(shape.reservedVariable({ variable: value, instead: 'give the secret another name, or write as: file' }, { at: span }))
    }
  }
}

const SECRET_INSTEAD = 'it is a secret of that name: remove it here, or write as: file there'
const TRACKING_INSTEAD = 'remove it: `tracking` says where runs are recorded, by the URL of a server that runs elsewhere too'

function verifyArguments({ build }: Config, sink: Sink): void {
  if (build.dockerfile !== undefined) return
  for (const { name } of build.args) {
    if (OWN_ARGUMENTS.has(name.value)) sink.report(shape.reservedVariable({ variable: name.value, instead: 'write build.user, or set it in the shell' }, { at: name.span }))
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
