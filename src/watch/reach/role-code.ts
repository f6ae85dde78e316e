/** What a role's command tells of the code that it reads: its words, and the folders that Python imports from. Pure. */
import { posix } from 'node:path'
import type { Template } from '../../config/template.ts'
import { CODE_FOLDER } from '../../facts/container.ts'
import type { Image, Service, Stack } from '../../plan/stack.ts'
import type { RoleCode } from './reach.ts'

export function codeOfRole({ command, environment, image }: Service, stack: Stack): RoleCode {
  const templates = [...(command?.words ?? []), ...environment.flatMap(({ value }) => (value === undefined ? [] : [value]))]
  const found = stack.images.find(({ name }) => name === image)
  const words = templates.map((template) => asUsual(literalPart(template), found)).filter((word) => word !== '')
  return {
    words: [...words, ...modulesOf(words, found).flatMap((module) => ['-m', module])],
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

/** The modules that commands of the code's own projects begin with. */
function modulesOf(words: readonly string[], image: Image | undefined): readonly string[] {
  const named = new Set(words.flatMap((word) => word.split(/[\s;|&()]+/)))
  const commands = (image?.projects ?? []).flatMap(({ entryPoints }) => entryPoints).filter(({ group }) => group === 'console_scripts').flatMap(({ points }) => points)
  return commands.filter(({ name }) => named.has(name)).map(({ object }) => object.split(':')[0] ?? object)
}

/** A word in which the usual working folder stands for the image's own: what looks for files knows that one. */
function asUsual(word: string, image: Image | undefined): string {
  const workingFolder = image?.workingFolder ?? CODE_FOLDER
  const named = new RegExp(`(?<![\\w./-])${workingFolder.replace(/[^\w/]/g, '\\$&')}(?![\\w.-])`, 'g')
  return workingFolder === CODE_FOLDER ? word : word.replace(named, CODE_FOLDER)
}

function literalPart(template: Template): string {
  return template.map((piece) => (typeof piece === 'string' ? piece : ' ')).join('')
}
