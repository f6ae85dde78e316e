/** Relative paths in what passes through: where the outputs lie elsewhere, they run from there to the config's folder. */
import { pathFromOutput } from './layout.ts'
import type { Passed, PassedEntry } from './passed.ts'
import type { Layout } from './stack.ts'

type Rebase = (value: Passed, layout: Layout) => Passed

/** The keys of a service that hold paths of the host, at any depth; all other keys stay as they are. */
const PATH_KEYS: Readonly<Record<string, Rebase>> = {
  volumes: eachItem(rebaseVolume),
  env_file: eachItem(rebasePathOr(rebaseKeys({ path: rebasePath }))),
  label_file: eachItem(rebasePath),
  extends: rebaseKeys({ file: rebasePath }),
  build: rebasePathOr(rebaseKeys({ context: rebasePath, additional_contexts: rebaseDotted })),
  develop: rebaseKeys({ watch: eachItem(rebaseKeys({ path: rebasePath })) }),
}

/** The keys of a service with their paths as seen from the outputs. */
export function rebaseService(entries: readonly PassedEntry[], layout: Layout): readonly PassedEntry[] {
  if (layout.configFromOutput === '.') return entries
  return entries.map(({ key, value }) => ({ key, value: PATH_KEYS[key]?.(value, layout) ?? value }))
}

/** A config's file. */
export function rebaseConfig({ key, value }: PassedEntry, layout: Layout): PassedEntry {
  return { key, value: layout.configFromOutput === '.' ? value : rebaseKeys({ file: rebasePath })(value, layout) }
}

/** Files to include: a path, or a mapping of one or several with their environment and folder. */
export function rebaseInclude(include: Passed, layout: Layout): Passed {
  const paths = rebasePathOr(eachItem(rebasePath))
  return layout.configFromOutput === '.' ? include : eachItem(rebasePathOr(rebaseKeys({ path: paths, env_file: paths, project_directory: rebasePath })))(include, layout)
}

function rebasePath(value: Passed, layout: Layout): Passed {
  const isRelative = value.kind === 'scalar' && typeof value.value === 'string' && !/^[/~$]|^[a-z][a-z0-9+.-]*:\/\/|^git@/i.test(value.text)
  return isRelative ? withText(pathFromOutput(value.text, layout)) : value
}

/** Without a dot in front, a volume's source is a name. */
function rebaseDotted(value: Passed, layout: Layout): Passed {
  if (value.kind === 'map') return { ...value, entries: value.entries.map((entry) => ({ ...entry, value: rebaseDotted(entry.value, layout) })) }
  return value.kind === 'scalar' && value.text.startsWith('.') ? rebasePath(value, layout) : value
}

function rebaseVolume(value: Passed, layout: Layout): Passed {
  if (value.kind !== 'scalar') return rebaseKeys({ source: rebaseDotted })(value, layout)
  const [source = '', ...rest] = value.text.split(':')
  return source.startsWith('.') ? withText([pathFromOutput(source, layout), ...rest].join(':')) : value
}

function rebaseKeys(keys: Readonly<Record<string, Rebase>>): Rebase {
  return (value, layout) => {
    if (value.kind !== 'map') return value
    return { ...value, entries: value.entries.map((entry) => ({ ...entry, value: keys[entry.key]?.(entry.value, layout) ?? entry.value })) }
  }
}

function rebasePathOr(otherwise: Rebase): Rebase {
  return (value, layout) => (value.kind === 'scalar' ? rebasePath(value, layout) : otherwise(value, layout))
}

function eachItem(rebase: Rebase): Rebase {
  return (value, layout) => (value.kind === 'list' ? { ...value, items: value.items.map((item) => rebase(item, layout)) } : rebase(value, layout))
}

function withText(text: string): Passed {
  return { kind: 'scalar', value: text, text, isPlain: false }
}
