/** What a role's command tells of the code that it reads: its words, and the folders that Python imports from. Pure. */
import { posix } from 'node:path'
import type { Template } from '../../config/template.ts'
import { CODE_FOLDER } from '../../facts/container.ts'
import type { Image, Service, Stack } from '../../plan/stack.ts'
import type { RoleCode } from './reach.ts'

export function codeOfRole({ command, environment, image }: Service, stack: Stack): RoleCode {
  const templates = [...(command?.words ?? []), ...environment.flatMap(({ value }) => (value === undefined ? [] : [value]))]
  return {
    words: templates.map((template) => literalPart(template)).filter((word) => word !== ''),
    importFolders: importFoldersOf(stack.images.find(({ name }) => name === image), stack),
  }
}

/** Relative to the build context: the folder that is the working folder in the container, then the others on Python's path. */
function importFoldersOf(image: Image | undefined, { layout }: Stack): readonly string[] {
  const path = image?.variables.find(([name]) => name === 'PYTHONPATH')?.[1] ?? CODE_FOLDER
  return [...new Set([CODE_FOLDER, ...path.split(':')])].flatMap((folder) => inContext(folder, image, layout.configFromContext) ?? [])
}

/** Code below the config's folder keeps its place below /app; other code has a place of its own. */
function inContext(folder: string, image: Image | undefined, configFolder: string): string | undefined {
  if (folder === CODE_FOLDER || folder.startsWith(`${CODE_FOLDER}/`)) return posix.join(configFolder, posix.relative(CODE_FOLDER, folder))
  const found = image?.code.find(({ target }) => folder === target || folder.startsWith(`${target}/`))
  if (found !== undefined) return posix.join(found.source, posix.relative(found.target, folder))
  // A package is imported from the folder around it.
  const inner = image?.code.find(({ target }) => posix.dirname(target) === folder)
  return inner && posix.dirname(inner.source)
}

function literalPart(template: Template): string {
  return template.map((piece) => (typeof piece === 'string' ? piece : ' ')).join('')
}
