/** How the folders of a project lie to each other: the config's, the outputs', and the build context around all of them. */
import { posix } from 'node:path'
import { literal, type Template } from '../config/template.ts'
import type { CodePath } from '../resolve/code.ts'
import type { Layout } from './stack.ts'

export interface LayoutInput {
  /** The config's folder, absolute. */
  readonly configFolder: string
  /** Relative to the config's folder. */
  readonly outputFolder: string
  readonly code: readonly CodePath[]
  /** Files that the build reads besides, relative to the config. */
  readonly files: readonly string[]
}

/** The build context is the common ancestor of the config, the outputs, all code and all files of requirements. */
export function planLayout({ configFolder, outputFolder, code, files }: LayoutInput): Layout {
  const output = posix.resolve(configFolder, outputFolder)
  const folders = [...code.map(({ path, isFolder }) => posix.resolve(configFolder, isFolder ? path : posix.dirname(path))), ...files.map((path) => posix.resolve(configFolder, posix.dirname(path)))]
  const context = [configFolder, output, ...folders].reduce(commonAncestor)
  return {
    configFromOutput: relativePath(output, configFolder),
    contextFromOutput: relativePath(output, context),
    configFromContext: relativePath(context, configFolder),
    outputFromContext: relativePath(context, output),
  }
}

function relativePath(from: string, to: string): string {
  return posix.relative(from, to) || '.'
}

function commonAncestor(a: string, b: string): string {
  const left = a.split('/')
  const right = b.split('/')
  const length = left.findIndex((part, index) => part !== right[index])
  return (length === -1 ? left : left.slice(0, length)).join('/') || '/'
}

/** A path relative to the config, as seen from the build context. */
export function pathFromContext(path: string, layout: Layout): string {
  return posix.join(layout.configFromContext, path)
}

/** A path of the user's, relative to the config, as seen from the output folder; always with `./`, as Compose needs it. */
export function pathFromOutput(path: string, layout: Layout): string {
  if (path.startsWith('/') || path.startsWith('~')) return path
  return withDot(posix.join(layout.configFromOutput, path))
}

/** A source that begins with a reference may be absolute: it goes out as it stands. */
export function sourceFromOutput(source: Template, layout: Layout): Template {
  const [first, ...rest] = source
  if (typeof first !== 'string') return source
  if (rest.length === 0) return literal(pathFromOutput(first, layout))
  const path = pathFromOutput(first, layout)
  return [first.endsWith('/') && !path.endsWith('/') ? `${path}/` : path, ...rest]
}

/** A path that is relative to the build context, as seen from the output folder, in the same form. */
export function contextPathFromOutput(path: string, layout: Layout): string {
  return withDot(relativePath(layout.outputFromContext, path))
}

function withDot(path: string): string {
  return path.startsWith('..') || path === '.' ? path : `./${path}`
}
