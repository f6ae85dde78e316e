/** Draws many datasets that the same services have as one, so that a picture stays as wide as a page. */
import type { Edge, Line } from './graph.ts'
import type { Keyed } from './storage.ts'

/** So many have a node each. */
const MOST_ALONE = 3
/** More are only counted. */
const MOST_LISTED = 8

interface Parts {
  readonly nodes: readonly Keyed[]
  readonly links: readonly Edge[]
}

/** The first of a group takes the place of all. */
export function groupData({ nodes, links }: Parts): Parts {
  const groups = new Map<string, Keyed[]>()
  for (const node of nodes.filter(({ kind }) => kind === 'data')) {
    const signature = signatureOf(node, links)
    groups.set(signature, [...(groups.get(signature) ?? []), node])
  }
  const large = [...groups.values()].filter(({ length }) => length > MOST_ALONE)
  const firstOf = new Map(large.flatMap((group) => group.map(({ key }) => [key, group[0]?.key ?? key] as const)))
  const rename = (key: string) => firstOf.get(key) ?? key
  return {
    nodes: nodes.flatMap((node) => {
      const group = large.find((members) => members.includes(node))
      return group === undefined ? [node] : group[0] === node ? [joinNodes(node, group)] : []
    }),
    links: links.map((link) => ({ ...link, from: rename(link.from), to: rename(link.to) })),
  }
}

/** What it is, and all that it is joined with. */
function signatureOf({ key, what }: Keyed, links: readonly Edge[]): string {
  const joined = links.filter(({ from, to }) => from === key || to === key)
  return JSON.stringify([what, ...joined.map(({ from, to, label, kind }) => [from === key ? '' : from, to === key ? '' : to, label, kind]).sort()])
}

function joinNodes(first: Keyed, group: readonly Keyed[]): Keyed {
  const texts = group.map(({ title, lines }) => [title, ...lines.map(({ text }) => text)].join(': '))
  const listed = texts.slice(0, texts.length > MOST_LISTED ? MOST_LISTED - 1 : MOST_LISTED)
  const rest: readonly Line[] = listed.length === texts.length ? [] : [{ kind: 'words', text: `and ${texts.length - listed.length} more` }]
  return { ...first, title: `${group.length} datasets`, lines: [...listed.map((text): Line => ({ kind: 'code', text })), ...rest], copies: group.length }
}
