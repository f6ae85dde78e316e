/** What a role's command tells of the code that it reads: its words, and the folders that Python imports from. Pure. */
import { posix } from 'node:path'
import type { Template } from '../../config/template.ts'
import { CODE_FOLDER } from '../../facts/container.ts'
import type { Image, Service, Stack } from '../../plan/stack.ts'
import type { RoleCode } from './reach.ts'

export function codeOfRole({ command, environment, image }: Service, stack: Stack): RoleCode {
  const templates = [...(command?.words ?? []), ...environment.flatMap(({ value }) => (value === undefined ? [] : [value]))]
  const found = stack.images.find(({ name }) => name === image)
  return {
    words: templates.map((template) => asUsual(literalPart(template), found)).filter((word) => word !== ''),
    importFolders: importFoldersOf(found, stack),
  }
}

/** Relative to the build context: the folder that is the working folder in the container, then the others on Python's path. */
function importFoldersOf(image: Image | undefined, { layout }: Stack): readonly string[] {
  const workingFolder = image?.workingFolder ?? CODE_FOLDER
  const path = image?.variables.find(([name]) => name === 'PYTHONPATH')?.[1] ?? workingFolder
  return [...new Set([workingFolder, ...path.split(':')])].flatMap((folder) => inContext(folder, image, layout.configFromContext) ?? [])
}

/** Code below the config's folder keeps its place below the working folder; other code has a place of its own. */
function inContext(folder: string, image: Image | undefined, configFolder: string): string | undefined {
  const workingFolder = image?.workingFolder ?? CODE_FOLDER
  if (folder === workingFolder || folder.startsWith(`${workingFolder}/`)) return posix.join(configFolder, posix.relative(workingFolder, folder))
  const found = image?.code.find(({ target }) => folder === target || folder.startsWith(`${target}/`))
  if (found !== undefined) return posix.join(found.source, posix.relative(found.target, folder))
  // A package is imported from the folder around it.
  const inner = image?.code.find(({ target }) => posix.dirname(target) === folder)
  return inner && posix.dirname(inner.source)
}

/** A word in which the usual working folder stands for the image's own: what looks for files knows that one. */
function asUsual(word: string, image: Image | undefined): string {
  const workingFolder = image?.workingFolder ?? CODE_FOLDER
  return workingFolder === CODE_FOLDER ? word : word.replaceAll(`${workingFolder}/`, `${CODE_FOLDER}/`)
}

function literalPart(template: Template): string {
  return template.map((piece) => (typeof piece === 'string' ? piece : ' ')).join('')
}
