/** Prints a data file as JSON that people read and edit: what fits on a line stands on one. */

const WIDTH = 180

export function printData(value: unknown): string {
  return `${print(value, 0, true)}\n`
}

function print(value: unknown, indent: number, isBroken = false): string {
  const line = printLine(value)
  if (typeof value !== 'object' || value === null || (!isBroken && !isTable(value) && indent + line.length <= WIDTH)) return line
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  const inner = ' '.repeat(indent + 2)
  return `${String(open)}\n${inner}${itemsOf(value, indent + 2).join(`,\n${inner}`)}\n${' '.repeat(indent)}${String(close)}`
}

/** Rows stand one on a line, however short they are. */
function isTable(value: object): boolean {
  return Array.isArray(value) && value.some((item) => typeof item === 'object')
}

function itemsOf(value: object, indent: number): readonly string[] {
  if (!Array.isArray(value)) return Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${print(item, indent)}`)
  return isTable(value) ? value.map((item) => print(item, indent)) : fill(value.map(printLine), WIDTH - indent)
}

/** As many items on a line as fit. */
function fill(items: readonly string[], width: number): readonly string[] {
  const lines: string[] = []
  for (const item of items) {
    const longer = `${lines.at(-1) ?? ''}, ${item}`
    if (lines.length > 0 && longer.length < width) lines.splice(-1, 1, longer)
    else lines.push(item)
  }
  return lines
}

function printLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(printLine).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${printLine(item)}`)
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
}
