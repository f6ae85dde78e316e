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

const ARROWS: Readonly<Record<Edge['kind'], string>> = { model: '==>', flow: '-->', use: '-.->' }

export function printMermaid({ title, about, nodes, edges }: Graph): string {
  const requested = nodes.filter(({ isOnRequest }) => isOnRequest).map(({ id }) => id)
  const dashed = requested.length === 0 ? [] : ['classDef onRequest stroke-dasharray: 5 4', `class ${requested.join(',')} onRequest`]
  const statements = [...nodes.map(printNode), ...edges.map(printEdge), ...dashed].map((statement) => `  ${statement}\n`)
  return `%% ${comment(about === '' ? title : `${title}: ${about}`)}\nflowchart TB\n${statements.join('')}`
}

function printNode({ id, kind, what, title, lines }: GraphNode): string {
  const [open, close] = SHAPES[kind]
  const texts = [...(what === '' ? [] : [`<small>${escapeText(what)}</small>`]), ...title.split('\n').map((text) => `<b>${escapeText(text)}</b>`), ...lines.map(({ text }) => escapeText(text))]
  return `${id}${open}"${texts.join('<br/>')}"${close}`
}

function printEdge({ from, to, label, kind }: Edge): string {
  return `${from} ${ARROWS[kind]}${label === '' ? '' : `|"${escapeText(label)}"|`} ${to}`
}

/** Mermaid reads `#NUMBER;` as the character. What it could take for its own words, for HTML or for Markdown is written so. */
function escapeText(text: string): string {
  return makeVisible(text).replace(/[^\p{L}\p{N} .,:/=…×·+()\-\u2400-\u2421]/gu, (character) => `#${character.codePointAt(0)};`)
}

/** A comment ends with its line, and braces in it would be read. */
function comment(text: string): string {
  return makeVisible(text).replace(/[{}]/g, '')
}
