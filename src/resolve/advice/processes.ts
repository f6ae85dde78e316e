/** As many processes as GPUs: not more, and not one alone. */
import type { GpuChoice, Role } from '../../config/config.ts'
import * as advice from '../../diagnostics/catalogue/advice.ts'
import { changeTo } from '../../diagnostics/diagnostic.ts'
import type { Sink } from '../../diagnostics/sink.ts'
import { LAUNCHERS } from '../../facts/distributed.ts'
import { isGpuRole } from '../gpu-roles.ts'
import type { AdviceContext } from './context.ts'
import { findOption, invocationsOf, type Invocation } from './words.ts'

const COUNTS = ['--nproc-per-node', '--nproc_per_node', '--num_processes', '--num_gpus']

export function adviseOnProcesses({ config, frameworks }: AdviceContext, sink: Sink): void {
  const { gpu, roles } = config
  const gpus = gpu && countOf(gpu)
  if (gpu === undefined || gpus === undefined) return
  const framework = frameworks.find(({ facts, build }) => facts.launcher !== undefined && build !== 'cpu')
  for (const role of roles.filter(({ name }) => isGpuRole(name.value, config))) {
    const invocations = role.command === undefined ? [] : invocationsOf(role.command)
    for (const invocation of invocations) checkCount(invocation, gpu, gpus, sink)
    const [only] = invocations
    if (gpus < 2 || framework?.facts.launcher === undefined || invocations.length !== 1 || only === undefined || role.name.value !== 'train' || role.processesPerNode !== undefined || role.nodes !== undefined) continue
    const launcher = framework.facts.launcher.join(' ')
    if (isPlainScript(only)) sink.report(advice.idleGpus({ gpus, framework: framework.facts.title, launcher }, { at: only.words[0]?.span ?? only.span, related: [{ span: gpu.span, message: `${gpus} GPUs` }], ...launch(only, role, launcher) }))
  }
}

/** Undefined where only the machine knows. */
function countOf({ count, deviceIds }: GpuChoice): number | undefined {
  if (deviceIds.length > 0) return deviceIds.length
  return typeof count.value === 'number' ? count.value : undefined
}

function checkCount(invocation: Invocation, gpu: GpuChoice, gpus: number, sink: Sink): void {
  const given = LAUNCHERS.has(invocation.program) ? findOption(invocation, COUNTS) : undefined
  if (given === undefined || !/^\d+$/.test(given.value) || Number(given.value) <= gpus) return
  const isAsWritten = given.span.source.text.slice(given.span.start, given.span.end) === given.value
  const fix = isAsWritten ? changeTo(String(gpus), given.span, `start ${gpus}`) : {}
  sink.report(advice.moreProcesses({ processes: given.value, gpus }, { at: given.span, related: [{ span: gpu.span, message: `${gpus} GPU${gpus === 1 ? '' : 's'}` }], ...fix }))
}

function isPlainScript({ program, words }: Invocation): boolean {
  return /^python3?$/.test(program) && words[0]?.value.endsWith('.py') === true
}

/** In place of `python`, or before a script that stands alone; the items of a list are left to the user. */
function launch({ span, words }: Invocation, { command }: Role, launcher: string) {
  const [script] = words
  if (script === undefined || command === undefined) return {}
  const { source } = command.span
  if (source.text[command.span.start] === '[') return {}
  const isBare = span.start === script.span.start
  return changeTo(isBare ? `${launcher} ` : launcher, isBare ? { ...script.span, end: script.span.start } : span, `start it by ${launcher}`)
}
