/** What the compose files that a config includes declare: names that may be referred to, and that must not be declared twice. */
import { posix } from 'node:path'
import type { Config } from '../config/config.ts'
import { fieldOf, itemsOf, readVerbatim } from '../config/read.ts'
import type { Located } from '../config/located.ts'
import * as files from '../diagnostics/catalogue/files.ts'
import { Sink } from '../diagnostics/sink.ts'
import type { Project } from '../project/project.ts'
import { parseOverride } from '../syntax/parse-override.ts'
import type { MapTree, Tree } from '../syntax/tree.ts'

export interface Included {
  /** False where a file cannot be read here: then anything may be declared in it. */
  readonly isKnown: boolean
  readonly files: readonly IncludedFile[]
}

export interface IncludedFile {
  /** Where the config names it. */
  readonly path: Located<string>
  readonly root: MapTree
}

/** Reads the local files of `include`. One that is missing is reported. */
export function resolveIncluded({ include }: Pick<Config, 'include'>, project: Project, sink: Sink): Included {
  const paths = itemsOf(include).flatMap((item) => itemsOf(item.kind === 'map' ? fieldOf(item, 'path') : item).flatMap((path) => readVerbatim(path) ?? []))
  const read = paths.map((path) => readIncluded(path, project, sink))
  return { isKnown: read.every((file) => file !== undefined && fieldOf(file.root, 'include') === undefined), files: read.filter((file) => file !== undefined) }
}

function readIncluded(path: Located<string>, project: Project, sink: Sink): IncludedFile | undefined {
  if (!isLocal(path.value)) return undefined
  const text = project.read(posix.normalize(path.value))
  if (text === undefined) {
    if (project.kindOf(path.value) === 'missing') sink.report(files.missingInclude({ path: path.value }, { at: path.span }))
    return undefined
  }
  // Compose's YAML is another one in places, so what is no YAML here may be fine there.
  const found = new Sink()
  const root = parseOverride(path.value, text, found)
  return root === undefined || found.hasErrors ? undefined : { path, root }
}

/** A reference is filled in at `up`, and a repository is fetched then. */
function isLocal(path: string): boolean {
  return !/[$~]|^[a-z][a-z0-9+.-]*:\/\/|^(?:oci|git@)/i.test(path)
}

/** The names that the included files declare in a section, with what each says. */
export function declaredIn({ files: all }: Included, section: string): readonly { readonly name: string; readonly value: Tree; readonly file: IncludedFile }[] {
  return all.flatMap((file) => {
    const tree = fieldOf(file.root, section)
    return tree?.kind === 'map' ? tree.entries.map(({ key, value }) => ({ name: key, value, file })) : []
  })
}
