/** What the helper does around the command of a role: candidate, gate and promotion, and whether a job has to run at all. */
import type { Config, Role, Secret } from '../config/config.ts'
import { formatRequirement } from '../config/requirement.ts'
import { BASE_MODEL_FOLDER } from '../facts/container.ts'
import type { ResolvedDataset } from '../resolve/datasets.ts'
import { ancestorsOf, jobsWaitedFor, modelJobsOf, profilesOf } from './jobs.ts'
import { metricsFileOf } from './metrics-file.ts'
import { useOfSource } from './model-source.ts'
import { tokenExports } from './notebook.ts'
import { factsOf } from './role-kinds.ts'
import type { Gate, Versions } from './stack.ts'
import { datasetVariable } from './variables.ts'

/** For what is merely run. */
export const NO_GATE: Gate = {
  part: 'none',
  isFresh: false,
  from: undefined,
  promotes: false,
  versions: undefined,
  reloads: false,
  after: [],
  metricsFile: undefined,
  requirements: [],
  exports: [],
  rerun: 'changed',
  needs: [],
  countsServed: false,
  checks: [],
  outputs: [],
  steps: [],
  code: [],
}

/** For a further node of a job: the first one does all that is done around the command. */
export function planGateOfNode({ exports, outputs }: Gate): Gate {
  return { ...NO_GATE, part: 'node', exports, outputs }
}

interface GateInput {
  readonly config: Config
  /** Where its image has code. */
  readonly code: readonly string[]
  /** What its image is built with by the user's own words. */
  readonly steps: readonly string[]
  /** Those of the role, as the secrets. */
  readonly datasets: readonly ResolvedDataset[]
  readonly secrets: readonly Secret[]
  /** Where its outputs are mounted. */
  readonly outputs: readonly string[]
  /** What a server of numbered versions takes. */
  readonly versions: Versions | undefined
}

/** The first job begins a candidate, each later one needs those before it, and the last one promotes, which services follow. */
export function planGate(role: Role, { config, code, steps, datasets, secrets, outputs, versions }: GateInput): Gate {
  const modelJobs = modelJobsOf(config)
  const isJob = role.kind === 'job'
  const isApart = isJob && !modelJobs.includes(role)
  const after = isJob && !isApart ? ancestorsOf(role, config).filter((job) => modelJobs.includes(job)) : []
  return {
    part: isApart ? 'apart' : isJob ? 'model' : 'none',
    isFresh: role === modelJobs[0],
    from: useOfSource(role, config) === 'candidate' ? BASE_MODEL_FOLDER : undefined,
    promotes: role === modelJobs.at(-1),
    versions: role === modelJobs.at(-1) ? versions : undefined,
    reloads: factsOf(role).followsModel && modelJobs.length > 0,
    after: after.map(({ name }) => name.value),
    metricsFile: metricsFileOf(role, config),
    requirements: role.require.map(formatRequirement),
    exports: [...secrets.filter(({ as }) => as === 'env').map(({ name }) => name.value), ...tokenExports(role, config)],
    rerun: role.rerun?.value ?? 'changed',
    needs: isJob ? jobsWaitedFor(role, config).filter((job) => !after.includes(job)).map(({ name }) => name.value) : [],
    countsServed: isApart && comesAfterPromotion(role, config),
    checks: isJob ? datasets.flatMap(({ name, check }) => (check === undefined ? [] : [{ dataset: datasetVariable(name.value).slice('DATASET_'.length), how: check.value }])) : [],
    outputs,
    steps: isJob ? steps : [],
    code: isJob ? code : [],
  }
}

/** Whether a job waits for the promotion, or is run on request, but is not waited for by it: what trains the model anew must not depend on that model. */
function comesAfterPromotion(role: Role, config: Config): boolean {
  const last = modelJobsOf(config).at(-1)
  if (last === undefined || ancestorsOf(last, config).includes(role)) return false
  return profilesOf(role).length > 0 || ancestorsOf(role, config).includes(last)
}
