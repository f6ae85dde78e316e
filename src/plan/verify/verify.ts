/** Checks the stack as a whole: what each part has right may still not go together. */
import type { Config } from '../../config/config.ts'
import type { Sink } from '../../diagnostics/sink.ts'
import type { ResolvedModelSource } from '../../resolve/model-source.ts'
import type { ResolvedDataset } from '../../resolve/datasets.ts'
import type { ResolvedOutput } from '../../resolve/outputs.ts'
import type { ParamsByRole } from '../../resolve/params.ts'
import type { Included } from '../../resolve/included.ts'
import { verifyComposeRules } from './compose-rules.ts'
import { verifyComposeVersions } from './compose-versions.ts'
import { verifyIncluded } from './included.ts'
import { verifyMounts } from './mounts.ts'
import { verifyNames } from './names.ts'
import { verifyNodes } from './nodes.ts'
import { verifyNotebook } from './notebook.ts'
import { verifyOutputs } from './outputs.ts'
import { verifyPorts } from './ports.ts'
import { verifyReferences } from './references.ts'
import { verifySecrets } from './secrets.ts'
import { verifyTracking } from './tracking.ts'
import { verifyVariables } from './variables.ts'
import { verifyWaiting } from './waiting.ts'
import { verifyWorkingFolder } from './working-folder.ts'

export interface VerifyInput {
  readonly config: Config
  readonly datasets: readonly ResolvedDataset[]
  readonly modelSource: ResolvedModelSource | undefined
  readonly params: ParamsByRole
  readonly outputs: readonly ResolvedOutput[]
  readonly included: Included
  /** The config's folder, absolute. */
  readonly configFolder: string
}

/** Reports MLS3xxx, names that lead nowhere, variables that are ours, and references that Compose would misread. */
export function verifyStack(input: VerifyInput, sink: Sink): void {
  verifyNames(input, sink)
  verifySecrets(input.config, sink)
  verifyMounts(input, sink)
  verifyOutputs(input, sink)
  verifyPorts(input, sink)
  verifyNotebook(input.config, sink)
  verifyTracking(input.config, sink)
  verifyVariables(input, sink)
  verifyReferences(input, sink)
  verifyWaiting(input, sink)
  verifyIncluded(input, sink)
  verifyComposeRules(input.config, sink)
  verifyComposeVersions(input.config, sink)
  verifyWorkingFolder(input, sink)
  verifyNodes(input, sink)
}
