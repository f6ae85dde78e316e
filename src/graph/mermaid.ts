/** Writes a graph as a Mermaid flowchart: https://mermaid.js.org/syntax/flowchart.html */
import { makeVisible } from '../diagnostics/visible.ts'
import type { Edge, Graph, GraphNode, NodeKind } from './graph.ts'

/** What stands around the text of a node. */
const SHAPES: Readonly<Record<NodeKind, readonly [open: string, close: string]>> = {
  data: ['[/', '/]'],
  fetch: ['[[', ']]'],
  job: ['[', ']'],
  gate: ['{', '}'],
  end: ['([', '])'],
  server: ['([', '])'],
  service: ['(', ')'],
  volume: ['[(', ')]'],
  folder: ['>', ']'],
}

/** The words at the end of each edge. */
export function printMermaid({ title, about, nodes, edges }: Graph): string {
  const requested = nodes.filter(({ isOnRequest }) => isOnRequest).map(({ id }) => id)
  const lines = [
    'flowchart TB',
    ...nodes.map(printNode),
    ...edges.map(printEdge),
    ...(requested.length === 0 ? [] : ['classDef onRequest stroke-dasharray: 5 4', `class ${requested.join(',')} onRequest`]),
  ]
  return [`%% ${comment([title, about].filter((text) => text !== '').join(': '))}`, lines[0], ...lines.slice(1).map((line) => `  ${line}`), ''].join('\n')
}

function printNode({ id, kind, what, title, lines }: GraphNode): string {
  const [open, close] = SHAPES[kind]
  const texts = [...(what === '' ? [] : [`<small>${escapeText(what)}</small>`]), ...title.split('\n').map((text) => `<b>${escapeText(text)}</b>`), ...lines.map(({ text }) => escapeText(text))]
  return `${id}${open}"${texts.join('<br/>')}"${close}`
}

function printEdge({ from, to, label, kind }: Edge): string {
  const arrow = kind === 'use' ? '-.->' : '-->'
  return `${from} ${arrow}${label === '' ? '' : `|"${escapeText(label)}"|`} ${to}`
}

/** Mermaid reads `#NUMBER;` as the character. What it could take for its own words, for HTML or for Markdown is written so. */
function escapeText(text: string): string {
  return makeVisible(text).replace(/[^\p{L}\p{N} .,:/=…×·+()\-\u2400-\u2421]/gu, (character) => `#${character.codePointAt(0)};`)
}

/** A comment ends with its line, and braces in it would be read. */
function comment(text: string): string {
  return makeVisible(text).replace(/[{}]/g, '')
}
