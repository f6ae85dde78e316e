/** What `model.source` is to each role. */
import type { Config, Role } from '../config/config.ts'
import { modelJobsOf } from './jobs.ts'

/** What a role starts from, the candidate that it begins with, or the model that it uses; undefined: it has nothing to do with it. */
export function useOfSource(role: Role, config: Config): 'base' | 'candidate' | 'model' | undefined {
  if (config.model.source === undefined) return undefined
  const jobs = modelJobsOf(config)
  if (jobs.length === 0) return 'model'
  if (!jobs.includes(role)) return undefined
  return jobs.some(({ name }) => name.value === MAKING_JOB) ? 'base' : role === jobs[0] ? 'candidate' : undefined
}

const MAKING_JOB = 'train'
