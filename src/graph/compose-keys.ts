/** What a service says in Compose's own words, as far as a picture shows it. References count as their defaults. */
import { posix } from 'node:path'
import { parseMount } from '../config/mount.ts'
import { parsePublishedPorts } from '../config/published-port.ts'
import { entriesOf, fieldOf, itemsOf, namesIn, readAtDefaults, UNKNOWN } from '../config/read.ts'
import { fillIn } from '../plan/fill-in.ts'
import type { Passed, PassedEntry } from '../plan/passed.ts'
import type { Tree } from '../syntax/tree.ts'

/** A picture is the same on every machine: it knows of no variable. */
const NO_VARIABLES = () => undefined

export function treeOf(passed: Passed): Tree {
  return fillIn(passed, NO_VARIABLES)
}

export function treeOfEntries(entries: readonly PassedEntry[]): Tree {
  return treeOf({ kind: 'map', entries })
}

/** Stands for a variable that has no default. */
export const ELLIPSIS = '…'

function readWord(tree: Tree | undefined): string | undefined {
  return readAtDefaults(tree)?.replaceAll(UNKNOWN, ELLIPSIS)
}

export interface Dependency {
  readonly name: string
  /** Whether it must have ended, rather than run. */
  readonly isEnd: boolean
}

export function readDependencies(service: Tree): readonly Dependency[] {
  const tree = fieldOf(service, 'depends_on')
  if (tree?.kind === 'map') return entriesOf(tree).map(({ key, value }) => ({ name: key, isEnd: readAtDefaults(fieldOf(value, 'condition')) === 'service_completed_successfully' }))
  return namesIn(tree).map(({ value }) => ({ name: value, isEnd: false }))
}

export interface Storage {
  readonly kind: 'volume' | 'bind'
  readonly source: string
  readonly target: string
  readonly isReadOnly: boolean
}

/** Named volumes, and folders and files of the machine. */
export function readStorage(service: Tree): readonly Storage[] {
  const mounts = itemsOf(fieldOf(service, 'volumes')).flatMap((item) => parseMount(item) ?? [])
  return mounts.flatMap(({ type, source, target, isReadOnly }) => ((type === 'volume' || type === 'bind') && source !== undefined ? [{ kind: type, source: type === 'bind' ? posix.normalize(source) : source, target, isReadOnly }] : []))
}

/** More are only counted. */
const MOST_PORTS = 3

/** Where the machine is reached, such as `127.0.0.1:8080`. */
export function readPorts(tree: Tree | undefined): readonly string[] {
  const published = tree === undefined ? [] : parsePublishedPorts(tree)
  const texts = published.map(({ host, hostIp = '0.0.0.0', container }) => `${hostIp}:${host ?? `any for ${container ?? 'a port'}`}`)
  return texts.length <= MOST_PORTS ? texts : [...texts.slice(0, MOST_PORTS), `and ${texts.length - MOST_PORTS} more`]
}

export function readProfiles(service: Tree): readonly string[] {
  return namesIn(fieldOf(service, 'profiles')).map(({ value }) => value)
}

/** The words of a command in either of Compose's forms; undefined where there is none. */
export function readCommand(service: Tree): string | undefined {
  const words = itemsOf(fieldOf(service, 'command')).map((item) => readWord(item) ?? '')
  return words.length === 0 ? undefined : words.join(' ')
}

/** The image that it runs, or the folder that it is built from. */
export function readImage(service: Tree): string | undefined {
  const image = readWord(fieldOf(service, 'image'))
  const build = fieldOf(service, 'build')
  const context = readWord(build?.kind === 'map' ? fieldOf(build, 'context') : build)
  return image ?? (context === undefined ? undefined : `built from ${context}`)
}
