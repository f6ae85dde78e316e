/** Reads a Dockerfile of the user's: its stages, what they begin from, and which files of the context they take. */

import { posix } from 'node:path'

export interface Dockerfile {
  readonly stages: readonly Stage[]
}

export interface Stage {
  /** Undefined for one that is known by its number alone. */
  readonly name: string | undefined
  /** An image or an earlier stage, with the defaults of arguments filled in. */
  readonly base: string
  readonly instructions: readonly Instruction[]
}

export interface Instruction {
  /** In capitals. */
  readonly name: string
  /** On one line, with its here-documents left out. */
  readonly words: string
}

/** Empty of stages where there is no FROM. `given` are build arguments that win over defaults. */
export function parseDockerfile(text: string, given: ReadonlyMap<string, string>): Dockerfile {
  const values = new Map<string, string>()
  const stages: { name: string | undefined; base: string; instructions: Instruction[] }[] = []
  for (const instruction of readInstructions(text)) {
    const stage = stages.at(-1)
    if (instruction.name === 'FROM') {
      const [, image = '', name] = /^(?:--\S+\s+)*(\S+)(?:\s+as\s+(\S+))?/i.exec(instruction.words) ?? []
      stages.push({ name: name?.toLowerCase(), base: fillIn(image, values), instructions: [] })
    } else if (stage !== undefined) stage.instructions.push(instruction)
    else if (instruction.name === 'ARG') {
      for (const word of instruction.words.split(/\s+/)) {
        const [name = '', value = ''] = word.split(/=(.*)/s)
        values.set(name, given.get(name) ?? value.replace(/^(["'])(.*)\1$/, '$2'))
      }
    }
  }
  return { stages }
}

/** The stage of a name or a number; the last one where neither is given. */
export function findStage({ stages }: Dockerfile, target: string | undefined): Stage | undefined {
  if (target === undefined) return stages.at(-1)
  return stages.find(({ name }) => name === target.toLowerCase()) ?? (/^\d+$/.test(target) ? stages[Number(target)] : undefined)
}

/** A stage after those that it begins from, the first of which begins from an image. */
export function chainOf(stage: Stage, file: Dockerfile): readonly Stage[] {
  const earlier = file.stages.slice(0, file.stages.indexOf(stage))
  const base = earlier.findLast(({ name }) => name !== undefined && name === stage.base.toLowerCase())
  return base === undefined ? [stage] : [...chainOf(base, file), stage]
}

/** The last value of an instruction along a chain, such as the user or the working folder. */
export function lastOf(chain: readonly Stage[], name: string): string | undefined {
  return chain.flatMap(({ instructions }) => instructions).findLast((instruction) => instruction.name === name)?.words
}

/** Files and folders that any stage copies from the context, as they stand there. */
export function copiedFiles({ stages }: Dockerfile): readonly string[] {
  const sources = stages.flatMap(({ instructions }) => instructions.filter(({ name }) => name === 'COPY' || name === 'ADD').flatMap(({ words }) => sourcesOf(words)))
  return [...new Set(sources)]
}

/** Where the stages of a chain put files of the context: absolute paths, without those that are not known. A folder that is copied to `/` leaves no folder of its name. */
export function targetsOf(chain: readonly Stage[]): readonly string[] {
  let folder = '/'
  const targets: string[] = []
  for (const { name, words } of chain.flatMap(({ instructions }) => instructions)) {
    if (name === 'WORKDIR') folder = posix.resolve(folder, words)
    if ((name !== 'COPY' && name !== 'ADD') || sourcesOf(words).length === 0) continue
    const target = posix.resolve(folder, wordsOf(words).at(-1) ?? '')
    const places = target === '/' ? sourcesOf(words).filter((source) => posix.extname(source) !== '').map((source) => posix.join('/', posix.basename(source))) : [target]
    targets.push(...places.filter((place) => !/[$*?[]/.test(place)))
  }
  return [...new Set(targets)].filter((target) => !targets.some((other) => target.startsWith(`${other}/`)))
}

function wordsOf(words: string): readonly string[] {
  const rest = words.replace(/^(?:--\S+\s+)*/, '')
  return rest.startsWith('[') ? readList(rest) : rest.split(/\s+/)
}

function sourcesOf(words: string): readonly string[] {
  const options = /^(?:--\S+\s+)*/.exec(words)?.[0] ?? ''
  if (/--from=/.test(options)) return []
  return wordsOf(words).slice(0, -1).filter((source) => !/:\/\/|^git@|^<</.test(source))
}

function readList(text: string): readonly string[] {
  try {
    const list: unknown = JSON.parse(text)
    return Array.isArray(list) ? list.map(String) : []
  } catch {
    return []
  }
}

function fillIn(image: string, values: ReadonlyMap<string, string>): string {
  return image.replace(/\$(?:(\w+)|\{(\w+)(?::-([^}]*))?\})/g, (whole, plain?: string, braced?: string, otherwise?: string) => values.get(plain ?? braced ?? '') || (otherwise ?? whole))
}

function readInstructions(text: string): readonly Instruction[] {
  const lines = text.split(/\r?\n/)
  const escape = /^\s*#\s*escape\s*=\s*`/im.test(lines.slice(0, 3).join('\n')) ? '`' : '\\'
  const instructions: Instruction[] = []
  for (let at = 0; at < lines.length; at += 1) {
    let line = lines[at] ?? ''
    if (/^\s*(?:#|$)/.test(line)) continue
    while (line.trimEnd().endsWith(escape) && at + 1 < lines.length) {
      at += 1
      const next = lines[at] ?? ''
      // Comments and empty lines may stand between the lines of an instruction.
      line = /^\s*(?:#|$)/.test(next) ? line : `${line.trimEnd().slice(0, -1)} ${next}`
    }
    const [, name = '', words = ''] = /^\s*(\w+)\s*(.*)$/s.exec(line) ?? []
    instructions.push({ name: name.toUpperCase(), words: words.trim() })
    for (const [, strip, , end] of /^(?:RUN|COPY|ADD)$/i.test(name) ? words.matchAll(/<<(-?)(["']?)([A-Za-z_]\w*)\2/g) : []) {
      do at += 1
      while (at < lines.length && (strip === '' ? lines[at] : lines[at]?.replace(/^\t+/, '')) !== end)
    }
  }
  return instructions
}
