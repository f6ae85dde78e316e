/** The plan as JSON, for people and tools that want to see it before any target. */
import { textForCompose, type Template } from '../config/template.ts'
import { plainOf, type Passed } from './passed.ts'
import type { Stack } from './stack.ts'

/** Strings with references stand as Compose would write them, and what passes through stands as plain values. */
export function formatPlan(stack: Stack): string {
  return `${JSON.stringify(stack, simplify, 2)}\n`
}

/** Keys whose values are templates, and those whose values pass through. */
const TEMPLATES = new Set(['value', 'cpus', 'memory', 'pids', 'shmSize', 'origin'])
const TEMPLATE_LISTS = new Set(['words', 'deviceIds'])

function simplify(this: unknown, key: string, value: unknown): unknown {
  if (isPassed(value)) return plainOf(value)
  if (TEMPLATE_LISTS.has(key)) return (value as readonly Template[]).map(textForCompose)
  if (TEMPLATES.has(key) && Array.isArray(value)) return textForCompose(value as Template)
  const isBind = key === 'source' && Array.isArray(value)
  return isBind ? textForCompose(value as Template) : value
}

function isPassed(value: unknown): value is Passed {
  if (typeof value !== 'object' || value === null) return false
  const { kind } = value as { kind?: unknown }
  return kind === 'scalar' || kind === 'list' || kind === 'map'
}
