/** A health check of the user's: whether its program is there, and whether it leaves the model time to load. */
import { fieldOf, itemsOf, readAtDefaults } from '../../config/read.ts'
import { projectRoles } from '../../config/roles.ts'
import * as advice from '../../diagnostics/catalogue/advice.ts'
import { changeTo } from '../../diagnostics/diagnostic.ts'
import type { Sink } from '../../diagnostics/sink.ts'
import { packageOfCommand } from '../../facts/debian.ts'
import type { Tree } from '../../syntax/tree.ts'
import { modelOf } from '../model.ts'
import type { Matter } from './context.ts'
import { lacksCommand } from './slim.ts'

const UNITS: Readonly<Record<string, number>> = { ns: 1e-9, us: 1e-6, 'µs': 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600 }

export function adviseOnHealth(matter: Matter, sink: Sink): void {
  for (const { compose } of projectRoles(matter.config)) {
    const check = compose.find(({ name }) => name.value === 'healthcheck')?.value
    const test = fieldOf(check, 'test')
    const period = fieldOf(check, 'start_period')
    if (test !== undefined) checkTest(test, matter, sink)
    if (period !== undefined) checkPeriod(period, matter, sink)
  }
}

/** `[CMD, curl, …]`, `[CMD-SHELL, "curl … || exit 1"]`, or a line for a shell. */
function checkTest(test: Tree, matter: Matter, sink: Sink): void {
  const [kind, program] = itemsOf(test)
  const word = readAtDefaults(kind)
  const called = word === 'CMD' || word === 'CMD-SHELL' ? program : kind
  const [tool = ''] = (readAtDefaults(called) ?? '').trim().split(/\s/)
  if (called === undefined || !lacksCommand(tool, matter)) return
  sink.report(advice.healthTool({ tool, debian: packageOfCommand(tool) ?? tool }, { at: called.span }))
}

function checkPeriod(tree: Tree, { config }: Matter, sink: Sink): void {
  const model = modelOf(config)
  const text = readAtDefaults(tree)
  const seconds = text === undefined ? undefined : secondsOf(text)
  const usual = secondsOf(model.startPeriod)
  if (text === undefined || seconds === undefined || usual === undefined || seconds >= usual) return
  sink.report(advice.shortStart({ period: text, usual: model.startPeriod, model: model.name }, { at: tree.span, ...changeTo(model.startPeriod, tree.span) }))
}

/** Of a Compose duration such as `1m30s`. */
function secondsOf(duration: string): number | undefined {
  if (!/^(?:\d+(?:\.\d+)?(?:ns|us|µs|ms|s|m|h))+$/.test(duration)) return undefined
  return [...duration.matchAll(/(\d+(?:\.\d+)?)([a-zµ]+)/g)].reduce((sum, [, count, unit = '']) => sum + Number(count) * (UNITS[unit] ?? 0), 0)
}
