/** Prints figures as rows of a table. */

export function printRow(name: string, cells: readonly string[]): void {
  console.log(`  ${name.padEnd(36)}${cells.map((cell) => cell.padStart(12)).join('')}`.trimEnd())
}

export function milliseconds(time: number): string {
  return `${time.toFixed(1)} ms`
}

export function mebibytes(size: number): string {
  return `${size.toFixed(1)} MiB`
}
