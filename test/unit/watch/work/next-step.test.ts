/** The loop's choice as a table: what is next in each situation, and what a step takes out of the work. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { chooseStep, outdatesJob, workOfStep, type Situation } from '../../../../src/watch/work/next-step.ts'
import { isNothing, mergeWork, NO_DELIVERY, NO_WORK, subtractWork, type Work } from '../../../../src/watch/work/work.ts'

const set = (...names: readonly string[]) => new Set(names)
const idle: Situation = { work: NO_WORK, isBlocked: false, runningJob: undefined, succeeded: 2, jobCount: 2 }
const copy: Work = { ...NO_WORK, now: { ...NO_DELIVERY, copy: set('serve.py'), restart: set('serve') } }
const up: Work = { ...NO_WORK, now: { ...NO_DELIVERY, up: set('serve') } }
const held: Work = { ...NO_WORK, held: { ...NO_DELIVERY, up: set('serve') } }
const build: Work = { ...NO_WORK, build: set('train') }
const jobs: Work = { ...NO_WORK, jobsFrom: 0 }

const table: readonly (readonly [string, Partial<Situation>, string | undefined])[] = [
  ['nothing to do', {}, undefined],
  ['code first, even before a build', { work: mergeWork(copy, build) }, 'deliver now'],
  ['code even where a build has failed', { work: mergeWork(copy, build), isBlocked: true }, 'deliver now'],
  ['nothing else where a build has failed', { work: mergeWork(mergeWork(build, up), jobs), isBlocked: true }, undefined],
  ['a build before what needs it', { work: [build, up, jobs, held].reduce(mergeWork) }, 'build'],
  ['what has gone, before what comes up in its place', { work: { ...up, remove: set('old') } }, 'remove'],
  ['services before jobs', { work: mergeWork(up, jobs) }, 'deliver now'],
  ['services while a job runs', { work: up, runningJob: 0 }, 'deliver now'],
  ['the first job', { work: mergeWork(jobs, held), succeeded: 0 }, 'job 0'],
  ['not a second job beside it', { work: mergeWork(jobs, held), succeeded: 0, runningJob: 0 }, undefined],
  ['the job that follows', { work: { ...held, jobsFrom: 1 }, succeeded: 1 }, 'job 1'],
  ['no job whose forerunner has failed', { work: { ...held, jobsFrom: 1 }, succeeded: 0 }, 'skip-jobs'],
  ['what is held, with the model', { work: held }, 'deliver held'],
  ['and not without', { work: held, succeeded: 1 }, undefined],
  ['and not while a job runs again', { work: held, runningJob: 1 }, undefined],
]
for (const [name, given, expected] of table) {
  test(name, () => {
    const step = chooseStep({ ...idle, ...given })
    const said = step && [step.kind, ...('from' in step ? [step.from] : []), ...('index' in step ? [step.index] : [])].join(' ')
    assert.is(said, expected)
  })
}

test('a step takes what it does out of the work, and nothing else', () => {
  let work = [copy, build, up, held].reduce(mergeWork)
  const steps: string[] = []
  for (let step = chooseStep({ ...idle, work }); step !== undefined; step = chooseStep({ ...idle, work })) {
    steps.push(step.kind)
    const before = work
    work = subtractWork(work, workOfStep(step))
    assert.equal(mergeWork(work, workOfStep(step)), before)
  }
  assert.equal(steps, ['deliver', 'build', 'deliver', 'deliver'])
  assert.ok(isNothing(work))
})

test('a job under way is outdated by work for itself or for an earlier one', () => {
  const cases = [[0, 1, true], [1, 1, true], [1, 0, false], [undefined, 0, false], [0, undefined, false]] as const
  for (const [jobsFrom, running, expected] of cases) assert.is(outdatesJob({ ...NO_WORK, jobsFrom }, running), expected, `${jobsFrom} while ${running}`)
})

test.run()
