/** Model servers that their makers ship as images: which one, how it is started, and how it tells that it is well. */
import data from './data/server-images.json' with { type: 'json' }
import type { Size } from './sizes.ts'

export interface ServerImage {
  /** As `serve.server` names it. */
  readonly server: string
  /** With a tag: for processors alone, and for GPUs. */
  readonly image: string
  readonly gpuImage: string
  /** Such as `linux/amd64`. */
  readonly platforms: readonly string[]
  /** What takes the place of the image's own entrypoint, and why; undefined: that stays. */
  readonly entrypoint: Entrypoint | undefined
  readonly command: readonly string[]
  /** A file of ours that it reads. */
  readonly settings: ServerSettings | undefined
  /** What is in the answer of its health path when it is well; undefined: 2xx or 3xx says it. */
  readonly answer: string | undefined
  /** Frameworks that it is thought to serve, and does not. */
  readonly refused: readonly RefusedFramework[]
  /** For processors alone, and for GPUs; nobody has measured them. */
  readonly size: Size
  readonly gpuSize: Size
}

export interface Entrypoint {
  readonly program: readonly string[]
  readonly reason: string
}

export interface ServerSettings {
  readonly file: string
  readonly purpose: string
  readonly lines: readonly string[]
}

export interface RefusedFramework {
  readonly framework: string
  readonly because: string
  /** Another server, by the same key. */
  readonly instead: string
}

/** What its words may name. */
export interface ServerWords {
  readonly port: number
  readonly model: string
  /** The folder of models, each a folder of versions. */
  readonly versions: string
  /** Where the file of ours is. */
  readonly settings: string
}

const MEGABYTE = 1_000_000

const IMAGES: readonly ServerImage[] = data.images.map(({ entrypoint, entrypointReason, refused, megabytes, ...row }) => ({
  ...row,
  entrypoint: entrypoint && { program: entrypoint, reason: entrypointReason },
  settings: row.settings,
  answer: row.answer,
  refused: refused ?? [],
  size: sizeOf(megabytes),
  gpuSize: sizeOf(megabytes.gpu),
}))

export function findServerImage(server: string): ServerImage | undefined {
  return IMAGES.find((image) => image.server === server)
}

/** A text of the facts, with what it names. */
export function fillServerText(text: string, words: ServerWords): string {
  return text.replace(/\{(port|model|versions|settings)\}/g, (_, name: keyof ServerWords) => String(words[name]))
}

function sizeOf({ download, installed }: Size): Size {
  return { download: download * MEGABYTE, installed: installed * MEGABYTE }
}
