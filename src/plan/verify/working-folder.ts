/** Whether the working folder may be where the config has it. */
import * as packages from '../../diagnostics/catalogue/packages.ts'
import type { Sink } from '../../diagnostics/sink.ts'
import { CODE_FOLDER, DATA_FOLDER, OTHER_CODE_FOLDER } from '../../facts/container.ts'
import { workingFolderOf } from '../../resolve/code.ts'
import { findRefused, REFUSED_TARGETS, type RefusedPlace } from './mounts.ts'
import type { VerifyInput } from './verify.ts'

/** Places where a dataset may be mounted, and no code lie. */
const PLACES: readonly RefusedPlace[] = [
  { path: DATA_FOLDER, isDeep: true, reason: 'datasets are mounted there' },
  { path: OTHER_CODE_FOLDER, isDeep: true, reason: 'code from outside of the project is there' },
  ...['/cache', '/home/mlstack', '/tmp'].map((path) => ({ path, isDeep: true, reason: 'something else is mounted there' })),
]

export function verifyWorkingFolder({ config }: VerifyInput, sink: Sink): void {
  const { workdir } = config.code
  const folder = workingFolderOf(config)
  if (workdir === undefined || folder === CODE_FOLDER) return
  const refused = findRefused([...PLACES, ...REFUSED_TARGETS], folder)
  if (refused !== undefined) sink.report(packages.workingFolderRefused({ folder: workdir.value, reason: refused.reason }, { at: workdir.span }))
}
