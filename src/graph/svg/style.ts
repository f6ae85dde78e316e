/** The looks of a picture, for light and for dark pages; without variables, which some viewers do not know. */
import type { NodeKind } from '../graph.ts'

interface Palette {
  readonly paper: string
  readonly ink: string
  readonly quiet: string
  readonly line: string
  readonly nodes: Readonly<Record<NodeKind, readonly [fill: string, stroke: string]>>
}

const LIGHT: Palette = {
  paper: '#ffffff',
  ink: '#1f2328',
  quiet: '#59636e',
  line: '#818b98',
  nodes: {
    data: ['#e3f5f3', '#14776c'],
    fetch: ['#e3f5f3', '#14776c'],
    job: ['#e6f0fd', '#2360b8'],
    gate: ['#fff3d1', '#96610b'],
    end: ['#ffffff', '#818b98'],
    server: ['#e4f6e8', '#1f7a37'],
    service: ['#f1edfc', '#6a4bbd'],
    volume: ['#f1f3f5', '#59636e'],
    folder: ['#f1f3f5', '#59636e'],
  },
}

const DARK: Palette = {
  paper: '#0d1117',
  ink: '#f0f6fc',
  quiet: '#9da7b3',
  line: '#7d8793',
  nodes: {
    data: ['#0c2b28', '#4cc2b2'],
    fetch: ['#0c2b28', '#4cc2b2'],
    job: ['#10243f', '#6cabff'],
    gate: ['#33260a', '#e3b045'],
    end: ['#0d1117', '#7d8793'],
    server: ['#0f2c19', '#56d176'],
    service: ['#231b3d', '#b49cff'],
    volume: ['#1c222b', '#9da7b3'],
    folder: ['#1c222b', '#9da7b3'],
  },
}

const SANS = `-apple-system, 'Segoe UI', Roboto, Helvetica, Arial, 'Liberation Sans', sans-serif`
const MONO = `ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace`

/** What a rule of the sheet holds for, and how that looks. */
type Rule = readonly [selector: string, look: string]

/** `block.ts` and `layout.ts` measure by the same sizes. */
const SHAPES: readonly Rule[] = [
  ['text', `font: 12px ${SANS}; text-anchor: middle`],
  ['.name', 'font-size: 16px; font-weight: 600; text-anchor: start'],
  ['.about', 'text-anchor: start'],
  ['.what', 'font-size: 11px'],
  ['.title', 'font-size: 14px; font-weight: 600'],
  ['.code', `font-family: ${MONO}`],
  ['.port', `font-family: ${MONO}; font-size: 11px; font-weight: 600`],
  ['.gpu', 'font-size: 11px; font-weight: 600'],
  ['.label', 'font-size: 11.5px; stroke-width: 5px; stroke-linejoin: round; paint-order: stroke'],
  ['.node path', 'stroke-width: 1.5px; stroke-linejoin: round'],
  ['.node .crease.crease', 'fill: none'],
  ['.asked path', 'stroke-dasharray: 5 4'],
  ['.edge', 'fill: none; stroke-width: 1.5px'],
  ['.edge.model', 'stroke-width: 2px'],
  ['.edge.use', 'stroke-dasharray: 2 4; stroke-linecap: round'],
]

/** All of it is about this picture alone, also where it stands in a page among others. */
export const PICTURE_CLASS = 'mlstack-graph'

export const STYLE = `${print(SHAPES)}
${print(colorsOf(LIGHT))}
@media (prefers-color-scheme: dark) {
${print(colorsOf(DARK))}
}`

function print(rules: readonly Rule[]): string {
  return rules.map(([selector, look]) => `.${PICTURE_CLASS} ${selector} { ${look} }`).join('\n')
}

function colorsOf({ paper, ink, quiet, line, nodes }: Palette): readonly Rule[] {
  return [
    ['.paper', `fill: ${paper}`],
    ['text', `fill: ${ink}`],
    ...['.what', '.about', '.words', '.label'].map((selector): Rule => [selector, `fill: ${quiet}`]),
    ['.label', `stroke: ${paper}`],
    ['.edge', `stroke: ${line}`],
    ['.head', `fill: ${line}`],
    ['.edge.model', `stroke: ${quiet}`],
    ['.head.model', `fill: ${quiet}`],
    ...Object.entries(nodes).flatMap(([kind, [fill, stroke]]): readonly Rule[] => [[`.${kind} path`, `fill: ${fill}; stroke: ${stroke}`], [`.${kind} rect`, `fill: ${stroke}`]]),
    ...['.port', '.gpu'].map((selector): Rule => [selector, `fill: ${paper}`]),
  ]
}
