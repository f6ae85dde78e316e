/** Reads `mlstack.lock`, and says where it is damaged: it is made by a program, but merged and edited by people. */
import * as files from '../diagnostics/catalogue/files.ts'
import type { Span } from '../diagnostics/diagnostic.ts'
import { Sink } from '../diagnostics/sink.ts'
import { normalizeName } from '../project/requirements.ts'
import { parseConfig } from '../syntax/parse.ts'
import { createSource } from '../syntax/source.ts'
import { entryOf, type MapTree, type Tree } from '../syntax/tree.ts'
import { LOCK_VERSION, type Lock, type LockedImage, type LockedLayer, type LockedPackage } from './lock-file.ts'

/** A lock, with the places of its parts for diagnostics. */
export interface ParsedLock extends Lock {
  /** Such as `train`, `train.base`, `train.layers.0` and `train.layers.0.asked.2`. */
  readonly places: ReadonlyMap<string, Span>
}

/** What is wrong, and where; thrown and caught within this file. */
class Damage extends Error {
  readonly span: Span

  constructor(problem: string, span: Span) {
    super(problem)
    this.span = span
  }
}

/** Undefined where the text is no lock, which is reported (MLS4021). `name` is the path as the user would write it. */
export function parseLock(text: string, name: string, sink: Sink): ParsedLock | undefined {
  const places = new Map<string, Span>()
  try {
    return { images: readImages(parseYaml(text, name), places), places }
  } catch (error) {
    if (!(error instanceof Damage)) throw error
    sink.report(files.damagedLock({ problem: error.message }, { at: error.span }))
    return undefined
  }
}

function parseYaml(text: string, name: string): MapTree {
  const source = createSource(name, text)
  const merge = text.search(/^(?:<{7}|={7}|>{7})/m)
  if (merge !== -1) throw new Damage('it has the marks of a merge that is not done', { source, start: merge, end: merge + MARK_LENGTH })
  const own = new Sink()
  const tree = parseConfig(source, own)
  const [first] = own.sorted()
  if (first !== undefined) throw new Damage(first.message, first.primary.span)
  if (tree === undefined) throw new Damage('the file is no mapping', { source, start: 0, end: 0 })
  return tree
}

const MARK_LENGTH = 7

function readImages(root: MapTree, places: Map<string, Span>): readonly LockedImage[] {
  const version = entryOf(root, 'version')?.value
  if (version?.kind !== 'scalar' || version.value !== LOCK_VERSION) throw new Damage(`this mlstack reads version ${LOCK_VERSION} of it alone`, version?.span ?? root.span)
  return mapOf(need(root, 'images')).entries.map(({ key, keySpan, value }) => {
    places.set(key, keySpan)
    return readImage(key, value, places)
  })
}

function readImage(name: string, tree: Tree, places: Map<string, Span>): LockedImage {
  const digest = need(tree, 'digest')
  if (!/^sha256:[0-9a-f]{64}$/.test(textOf(digest))) throw new Damage('this is no digest', digest.span)
  for (const key of ['base', 'platforms']) places.set(`${name}.${key}`, need(tree, key).span)
  return {
    name,
    base: textOf(need(tree, 'base')),
    digest: textOf(digest),
    python: textOf(need(tree, 'python')),
    platforms: itemsOf(need(tree, 'platforms')).map(textOf),
    layers: itemsOf(need(tree, 'layers')).map((layer, index) => readLayer(layer, `${name}.layers.${index}`, places)),
  }
}

function readLayer(tree: Tree, place: string, places: Map<string, Span>): LockedLayer {
  const title = need(tree, 'for')
  const index = entryOf(tree, 'index')?.value
  const asked = itemsOf(need(tree, 'asked'))
  places.set(place, title.span)
  if (index !== undefined) places.set(`${place}.index`, index.span)
  asked.forEach(({ span }, at) => places.set(`${place}.asked.${at}`, span))
  return { title: textOf(title), index: index && textOf(index), asked: asked.map(textOf), packages: itemsOf(need(tree, 'packages')).map(readPackage) }
}

const PACKAGE = /^([A-Za-z0-9][A-Za-z0-9._-]*)(?:==([A-Za-z0-9.!+_-]+)| @ (\S+))(?: ; ([^\n]+?))?((?: sha256:[0-9a-f]{64})*)$/

function readPackage(tree: Tree): LockedPackage {
  const [match, name = '', version, url, marker = '', hashes = ''] = PACKAGE.exec(textOf(tree)) ?? []
  // Without a hash only a commit says what is installed.
  const isHeld = hashes !== '' || (url !== undefined && /@[0-9a-f]{40,64}(?:#|$)/.test(url))
  if (match === undefined || name !== normalizeName(name) || !isHeld) throw new Damage('this is no package with a version and a hash', tree.span)
  return { name, version: version ?? '', url, marker, hashes: hashes.split(' sha256:').slice(1) }
}

function need(tree: Tree, key: string): Tree {
  const value = entryOf(tree, key)?.value
  if (value === undefined) throw new Damage(`\`${key}\` is missing`, tree.span)
  return value
}

function mapOf(tree: Tree): MapTree {
  if (tree.kind !== 'map') throw new Damage('this has to be a mapping', tree.span)
  return tree
}

function itemsOf(tree: Tree): readonly Tree[] {
  if (tree.kind !== 'list') throw new Damage('this has to be a list', tree.span)
  return tree.items
}

function textOf(tree: Tree): string {
  if (tree.kind !== 'scalar' || tree.text === '') throw new Damage('this has to be a text', tree.span)
  return tree.text
}
