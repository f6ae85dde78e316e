/** The sizes of images, told before anything is downloaded. */
import type { Amount, ImageEstimate, StackEstimate } from '../plan/estimate.ts'
import { formatBytes, formatTime, timeOf } from './amounts.ts'
import { paint, paragraph, table, type Page } from './layout.ts'

/** As `mlstack explain image --format json` prints it; all amounts are in bytes. */
export interface ImagesView extends StackEstimate {
  readonly version: 1
  /** How long the downloads take, by the line in megabits a second. */
  readonly seconds: Readonly<Record<string, number>>
}

const LINES: readonly number[] = [100, 10]

export function viewImages(estimate: StackEstimate): ImagesView {
  const seconds = LINES.map((line) => [String(line), Math.round(timeOf(estimate.download, line))])
  return { version: 1, ...estimate, seconds: Object.fromEntries(seconds) as ImagesView['seconds'] }
}

export function renderImages(view: ImagesView, page: Page): string {
  const { images, download, size } = view
  const times = LINES.map((line) => `${formatTime(timeOf(download, line))} at ${line} Mbit/s`).join(', ')
  const together = images.length < 2 ? '' : `All images together take ${formatBytes(size)}, what they share counted once. `
  const assumed = images.some(({ layers }) => layers.some(({ assumed: unknown }) => unknown.length > 0))
  const unknown = assumed ? `A package that is not known counts as ${formatBytes(view.assumption.size)}. ` : ''
  const words = `${together}The first build downloads about ${formatBytes(download)}: ${times}. ${unknown}Your code is not counted, and no dataset or model is in an image.`
  return `${images.map((image) => renderImage(image, page)).join('\n')}\n${paragraph(words, page)}`
}

function renderImage({ image, services, layers, download, size }: ImageEstimate, page: Page): string {
  const amounts = [...layers, { download, size }]
  const columns = { download: column(amounts.map((each) => each.download)), size: column(amounts.map((each) => each.size)) }
  const row = (name: string, { download: own, size: installed }: Amount, why: string) => [name, formatBytes(own).padStart(columns.download), formatBytes(installed).padStart(columns.size), why]
  const rows = [
    ['layer', 'download'.padStart(columns.download), 'size'.padStart(columns.size), 'why'],
    ...layers.map(({ layer, why, assumed, ...amount }) => row(layer, amount, `${why}${assumed.length === 0 ? '' : `; not known: ${assumed.join(', ')}`}`)),
    row('total', { download, size }, ''),
  ]
  const head = `${paint('strong', `image ${image}`, page)}${services.length < 2 ? '' : `, shared by ${services.join(', ')}`}\n`
  return `${head}\n${table(rows, page)}`
}

function column(amounts: readonly number[]): number {
  return Math.max('download'.length, ...amounts.map((amount) => formatBytes(amount).length))
}
