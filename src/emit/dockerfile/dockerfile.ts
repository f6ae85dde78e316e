/** The files of one image: its Dockerfile, its ignore file, and requirements that had to be rewritten. */
import { posix } from 'node:path'
import { aside as printAside, image as printImage } from '../../generated/templates.js'
import { dockerfileOf, ignoreFileOf } from '../../plan/own-files.ts'
import type { Image, Layout } from '../../plan/stack.ts'
import { withHeader, type HeaderOptions } from '../header.ts'
import type { OutputFile } from '../output-file.ts'
import { formatIgnoreFile } from './ignore-file.ts'
import { viewAside } from './aside.ts'
import { viewImage } from './view.ts'

/** None for an image that a Dockerfile of the user's makes. */
export function emitImage(image: Image, layout: Layout, header: HeaderOptions): readonly OutputFile[] {
  if (image.own !== undefined) return []
  return [
    { path: dockerfileOf(image.name), text: withHeader(`\n${image.aside === undefined ? printImage(viewImage(image, layout)) : printAside(viewAside(image, image.aside, layout))}`, header) },
    { path: ignoreFileOf(image.name), text: withHeader(formatIgnoreFile(image.ignore), header) },
    ...requirementsOf(image).map(({ path, text }) => ({ path: posix.relative(layout.outputFromContext, path), text: withHeader(`\n${text}`, header) })),
  ]
}

/** What is locked takes the place of a copy, and needs no limits. */
function requirementsOf({ packages, limits, builder }: Image): readonly { readonly path: string; readonly text: string }[] {
  const layers = packages.flatMap((layer) => {
    const copy = layer.kind === 'requirements' ? layer.copy : undefined
    return (layer.locked === undefined ? copy : layer.locked.file) ?? []
  })
  const isLimiting = limits !== undefined && packages.some(({ locked }) => locked === undefined)
  return [...(isLimiting ? [limits] : []), ...layers, ...(builder?.locked?.file === undefined ? [] : [builder.locked.file])]
}
