/** Requirements of a gate: `>= 0.95`, `<= served + 10`, several with commas or as a list. */
import * as shape from '../diagnostics/catalogue/shape.ts'
import type { Sink } from '../diagnostics/sink.ts'
import { describeKind, type ScalarTree, type Tree } from '../syntax/tree.ts'
import type { Requirement } from './config.ts'
import type { Located } from './located.ts'
import { spanWithin } from './read.ts'

const NUMBER = String.raw`(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?`
const BARE = new RegExp(`^[-+]?${NUMBER}$`)
const COMPARISON = /^([<>]=?|[=!]=)\s*(.*)$/s
const OFFSET = new RegExp(`^served(?:\\s*([-+])\\s*(${NUMBER}))?$`)
const UNBOUNDED = /^[-+]?\.?(?:nan|inf|infinity)$/i

type Bound = Pick<Requirement, 'bound' | 'boundText' | 'isRelative'>

/** Reads what one metric must fulfil; all of it holds together. What is wrong is reported and left out. */
export function parseRequirements(metric: Located<string>, tree: Tree, sink: Sink): readonly Requirement[] {
  if (tree.kind === 'scalar') return parseScalar(metric, tree, sink)
  if (tree.kind === 'list' && tree.items.length > 0) return tree.items.flatMap((item) => (item.kind === 'list' ? refuse(metric, item, sink) : parseRequirements(metric, item, sink)))
  return tree.kind === 'unknown' ? [] : refuse(metric, tree, sink)
}

function refuse(metric: Located<string>, tree: Tree, sink: Sink): readonly Requirement[] {
  const found = tree.kind === 'list' && tree.items.length === 0 ? 'an empty list' : describeKind(tree)
  sink.report(shape.badRequirement({ metric: metric.value, found, problem: 'a comparison is missing' }, { at: tree.span }))
  return []
}

function parseScalar(metric: Located<string>, tree: ScalarTree, sink: Sink): readonly Requirement[] {
  let start = 0
  return tree.text.split(',').flatMap((part) => {
    const text = part.trim()
    const from = start + part.indexOf(text)
    start += part.length + 1
    return parseOne(metric, text, tree, from, sink) ?? []
  })
}

function parseOne(metric: Located<string>, text: string, tree: ScalarTree, from: number, sink: Sink): Requirement | undefined {
  const [, comparison, rest = ''] = COMPARISON.exec(text) ?? []
  const bound = comparison === undefined ? describeProblem(text) : parseBound(rest)
  if (typeof bound === 'object') {
    return { metric, comparison: comparison as Requirement['comparison'], ...bound, span: spanWithin(tree, from, from + text.length) }
  }
  const place = { at: tree.span }
  if (BARE.test(text)) sink.report(shape.bareRequirement({ metric: metric.value, number: text }, place))
  else sink.report(shape.badRequirement({ metric: metric.value, found: tree.text, problem: bound }, place))
  return undefined
}

/** What is wrong with a part that begins with no comparison and is no number. */
function describeProblem(text: string): string {
  if (UNBOUNDED.test(text)) return 'no metric can be compared with it'
  return text === '' ? 'a comparison is missing' : 'it begins with none of >=, >, <=, <, == and !='
}

/** The bound after a comparison, or what is wrong with it. */
function parseBound(text: string): Bound | string {
  const [served, sign, offset = '0'] = OFFSET.exec(text) ?? []
  const isRelative = served !== undefined
  if (text === '') return 'the number is missing'
  if (UNBOUNDED.test(text)) return 'no metric can be compared with it'
  if (!isRelative && !BARE.test(text)) return 'after the comparison comes a number, or `served` with an offset'
  const bound = Number(isRelative ? `${sign ?? ''}${offset}` : text)
  if (!Number.isFinite(bound)) return 'the number is too large'
  const boundText = !isRelative ? text : sign === undefined ? 'served' : `served ${sign} ${offset}`
  return { bound: bound === 0 ? 0 : bound, boundText, isRelative }
}

/** A requirement as text that the gate reads: `accuracy >= 0.95`, with the number as the user wrote it. */
export function formatRequirement({ metric, comparison, boundText }: Requirement): string {
  return `${metric.value} ${comparison} ${boundText}`
}
