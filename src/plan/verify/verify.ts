/** Checks the stack as a whole: what each part has right may still not go together. */
import type { Sink } from '../../diagnostics/sink.ts'
import type { Resolved } from '../resolved.ts'
import { verifyMounts } from './mounts.ts'
import { verifyNames } from './names.ts'
import { verifyPorts } from './ports.ts'
import { verifyWaiting } from './waiting.ts'

/** Reports MLS3xxx and names that lead nowhere. `configFolder` is absolute. */
export function verifyStack(resolved: Resolved, configFolder: string, sink: Sink): void {
  verifyNames(resolved.config, sink)
  verifyMounts(resolved, configFolder, sink)
  verifyPorts(resolved.config, sink)
  verifyWaiting(resolved.config, sink)
}
