/** What makes a project count as installed while its code is only copied: metadata for importlib.metadata, and its commands. */
import { posix } from 'node:path'
import { PACKAGES_FOLDER } from '../../facts/container.ts'
import type { InstalledProject } from '../../plan/stack.ts'

export interface ProjectView {
  readonly comment: string
  readonly lines: readonly string[]
}

const COMMANDS_FOLDER = '/usr/local/bin/'

/** Groups whose points are commands. */
const COMMANDS: readonly string[] = ['console_scripts', 'gui_scripts']

/** Nothing here comes from the code itself, so that an edit of code leaves these layers as they are. */
export function viewProject(project: InstalledProject): ProjectView {
  const { name, version, entryPoints, file } = project
  const groups = entryPoints.map(({ group, points }) => ({ group, points: points.filter(isSafe) })).filter(({ group, points }) => SAFE_GROUP.test(group) && points.length > 0)
  const folder = `${name.toLowerCase().replace(/[-_.]+/g, '_')}-${version}.dist-info/`
  const commands = groups.filter(({ group }) => COMMANDS.includes(group)).flatMap(({ points }) => points)
  const files = [{ name: 'METADATA', lines: metadataOf(project) }, ...(groups.length === 0 ? [] : [{ name: 'entry_points.txt', lines: formatGroups(groups) }])]
  return {
    comment: `${name} is imported from the code, and installed as ${posix.normalize(file)} has it${commands.length === 0 ? '' : ', with its commands'}.`,
    lines: [formatFiles(files, posix.join(PACKAGES_FOLDER, folder), []), ...(commands.length === 0 ? [] : [formatFiles(commands.map(formatCommand), COMMANDS_FOLDER, ['--chmod=0755'])])],
  }
}

type Entry = InstalledProject['entryPoints'][number]['points'][number]

/** Names of files and objects that need no quotes anywhere; what has others is none that Python could load. */
const SAFE_NAME = /^[A-Za-z0-9][\w.-]*$/
const SAFE_GROUP = /^[\w.-]+$/
const SAFE_OBJECT = /^[A-Za-z_][\w.]*(?::[A-Za-z_][\w.]*)?$/

function isSafe({ name, object }: Entry): boolean {
  return SAFE_NAME.test(name) && SAFE_OBJECT.test(object)
}

interface TextFile {
  readonly name: string
  readonly lines: readonly string[]
}

/** Files that stand in the Dockerfile itself, each named by the word that ends it. */
function formatFiles(files: readonly TextFile[], folder: string, options: readonly string[]): string {
  const head = ['COPY', ...options, ...files.map(({ name }) => `<<${name}`), folder].join(' ')
  return [head, ...files.flatMap(({ name, lines }) => [...lines, name])].join('\n')
}

/** https://packaging.python.org/en/latest/specifications/core-metadata/ */
function metadataOf({ name, version, requiresPython }: InstalledProject): readonly string[] {
  const range = requiresPython !== undefined && /^[\w.*<>=!~, ]+$/.test(requiresPython) ? [`Requires-Python: ${requiresPython}`] : []
  return ['Metadata-Version: 2.1', `Name: ${name}`, `Version: ${version}`, ...range]
}

function formatGroups(groups: InstalledProject['entryPoints']): readonly string[] {
  return groups.flatMap(({ group, points }) => [`[${group}]`, ...points.map(({ name, object }) => `${name} = ${object}`)])
}

/** As pip writes them. */
function formatCommand({ name, object }: Entry): TextFile {
  const [module = '', attribute = 'main'] = object.split(':')
  const [first = attribute] = attribute.split('.')
  return { name, lines: ['#!/usr/bin/env python', 'import sys', `from ${module} import ${first}`, `sys.exit(${attribute}())`] }
}
