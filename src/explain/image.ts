/** The sizes of images, told before anything is downloaded. */
import { formatBytes, formatTime, timeOf } from '../diagnostics/amounts.ts'
import type { Size } from '../facts/sizes.ts'
import type { ImageEstimate, LayerEstimate, StackEstimate } from '../plan/estimate.ts'
import { paragraph, table, type Page } from './layout.ts'
import { headOfImage } from './stack.ts'

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
  const { images, download, installed } = view
  const times = LINES.map((line) => `${formatTime(timeOf(download, line))} at ${line} Mbit/s`).join(', ')
  const together = images.length < 2 ? '' : `All images together take ${formatBytes(installed)}, what they share counted once. `
  const words = `${together}The first build downloads about ${formatBytes(download)}: ${times}. Your code is not counted; datasets and models are in no image.`
  return `${images.map((image) => renderImage(image, page)).join('\n')}\n${paragraph(words, page)}`
}

function renderImage({ image, services, layers, ...total }: ImageEstimate, page: Page): string {
  const amounts: readonly Size[] = [...layers, total]
  const widths = { download: columnWidth(amounts, 'download'), installed: columnWidth(amounts, 'installed') }
  const row = (name: string, size: Size, why: string) => [name, formatBytes(size.download).padStart(widths.download), formatBytes(size.installed).padStart(widths.installed), why]
  const rows = [
    ['layer', 'download'.padStart(widths.download), 'size'.padStart(widths.installed), 'why'],
    ...layers.map((layer) => row(layer.layer, layer, `${layer.why}${describeUnknown(layer)}`)),
    row('total', total, ''),
  ]
  return `${headOfImage(image, services, page)}\n${table(rows, page)}`
}

/** More names than these are not read. */
const MOST_NAMES = 4

function describeUnknown({ layer, assumed, assumption }: LayerEstimate): string {
  if (assumed.length === 0) return ''
  const taken = `taken for ${formatBytes(assumption.installed)}`
  if (assumed.length === 1 && assumed[0] === layer) return `; not known, ${taken}`
  if (assumed.length > MOST_NAMES) return `; ${assumed.length} are not known, ${taken} each`
  return `; not known, ${taken}${assumed.length === 1 ? '' : ' each'}: ${assumed.join(', ')}`
}

function columnWidth(sizes: readonly Size[], key: keyof Size): number {
  return Math.max('download'.length, ...sizes.map((size) => formatBytes(size[key]).length))
}
