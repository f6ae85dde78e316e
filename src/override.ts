/** A compose.override.yaml of the user's, which Compose lays over ours by itself: left alone, and held to what the two make together. */
import { posix } from 'node:path'
import type { Config } from './config/config.ts'
import { parsePublishedPorts } from './config/published-port.ts'
import { findWeakening } from './config/compose-keys.ts'
import type { Located } from './config/located.ts'
import { entriesOf, fieldOf, itemsOf, namesIn, readVerbatim } from './config/read.ts'
import * as catalogue from './diagnostics/catalogue/stack.ts'
import type { Sink } from './diagnostics/sink.ts'
import { suggest } from './diagnostics/suggest.ts'
import { findOverrideFile } from './plan/own-files.ts'
import type { Stack } from './plan/stack.ts'
import { verifyName } from './plan/verify/names.ts'
import { isSameAddress, publishedPorts } from './plan/verify/ports.ts'
import type { Project } from './project/project.ts'
import { checkComposeFile } from './schema/compose.ts'
import { parseOverride } from './syntax/parse-override.ts'
import type { MapTree, Tree } from './syntax/tree.ts'

export interface OverrideInput {
  readonly config: Config
  readonly stack: Stack
  readonly project: Project
  /** Relative to the config's folder. */
  readonly outputFolder: string
}

/** Reports at places of that file; nothing where there is none, or where Compose would not read it. */
export function verifyOverride({ config, stack, project, outputFolder }: OverrideInput, sink: Sink): void {
  const path = findOverrideFile(stack.composeFile, (name) => project.kindOf(posix.join(outputFolder, name)) === 'file')
  const shown = path === undefined ? undefined : posix.join(outputFolder, path)
  const text = shown === undefined ? undefined : project.read(shown)
  const root = shown === undefined || text === undefined || text.trim() === '' ? undefined : parseOverride(shown, text, sink)
  if (root === undefined) return
  checkComposeFile(root, sink)
  verifyServices(root, stack, sink)
  verifyNames(root, stack, sink)
  verifyWalls(root, stack, sink)
  verifyPorts(root, config, sink)
}

/** A service that is new there has to come from somewhere. */
function verifyServices(root: MapTree, { services, passed }: Stack, sink: Sink): void {
  // What a file under `include` declares may be changed there too.
  if (passed.include !== undefined) return
  const known = [...services.map(({ name }) => name), ...passed.services.map(({ key }) => key)]
  for (const { key, keySpan, value } of entriesOf(fieldOf(root, 'services'))) {
    const isNew = !known.includes(key) && ['image', 'build', 'extends', 'provider'].every((source) => fieldOf(value, source) === undefined)
    if (isNew) sink.report(catalogue.overriddenNothing({ name: key, suggestion: suggest(key, known) }, { at: keySpan }))
  }
}

/** What services there refer to has to be declared, there or in the stack. */
function verifyNames(root: MapTree, { services, passed, volumes, secrets }: Stack, sink: Sink): void {
  if (passed.include !== undefined) return
  const known = {
    network: ['default', ...passed.networks.map(({ key }) => key), ...namesIn(fieldOf(root, 'networks')).map(({ value }) => value)],
    config: [...passed.configs.map(({ key }) => key), ...namesIn(fieldOf(root, 'configs')).map(({ value }) => value)],
    secret: [...secrets.map(({ name }) => name), ...namesIn(fieldOf(root, 'secrets')).map(({ value }) => value)],
    volume: [...volumes.map(({ name }) => name), ...passed.volumes.map(({ key }) => key), ...namesIn(fieldOf(root, 'volumes')).map(({ value }) => value)],
    service: [...new Set([...services.map(({ name }) => name), ...passed.services.map(({ key }) => key), ...namesIn(fieldOf(root, 'services')).map(({ value }) => value)])],
  }
  for (const { value } of entriesOf(fieldOf(root, 'services'))) {
    for (const kind of ['network', 'config', 'secret'] as const) for (const name of namesIn(fieldOf(value, `${kind}s`))) verifyName(name, kind, known[kind], sink)
    for (const name of namesIn(fieldOf(value, 'depends_on'))) verifyName(name, 'service', known.service, sink)
    for (const name of volumesIn(fieldOf(value, 'volumes'))) verifyName(name, 'volume', known.volume, sink)
  }
}

/** The volumes with a name; a path begins with a dot, a slash or a tilde. */
function volumesIn(tree: Tree | undefined): readonly Located<string>[] {
  return itemsOf(tree).flatMap((item) => {
    const source = item.kind === 'map' ? (readVerbatim(fieldOf(item, 'type'))?.value === 'volume' ? fieldOf(item, 'source') : undefined) : item
    const text = readVerbatim(source)
    const name = text === undefined ? undefined : /^([A-Za-z0-9][\w.-]*)(?::|$)/.exec(item.kind === 'map' ? text.value : text.value.includes(':') ? text.value : '')?.[1]
    return name === undefined || text === undefined ? [] : [{ value: name, span: text.span }]
  })
}

/** It is a file of the user's, who may do as they like on their machine; what takes a wall away is said. */
function verifyWalls(root: MapTree, { services }: Stack, sink: Sink): void {
  for (const { key, value } of entriesOf(fieldOf(root, 'services'))) {
    if (services.some(({ name }) => name === key)) for (const entry of entriesOf(value)) for (const weakening of findWeakening(entry)) sink.report(weakening)
  }
}

/** Compose adds the ports there to ours. */
function verifyPorts(root: MapTree, config: Config, sink: Sink): void {
  const ours = publishedPorts(config)
  for (const { key, value } of entriesOf(fieldOf(root, 'services'))) {
    const ports = fieldOf(value, 'ports')
    for (const { host, hostIp, protocol, span } of ports === undefined ? [] : parsePublishedPorts(ports)) {
      const taken = ours.find((port) => port.service !== key && port.host === host && port.protocol === protocol && isSameAddress(port.hostIp, hostIp))
      if (host !== undefined && taken !== undefined) sink.report(catalogue.portTaken({ port: host, other: taken.service }, { at: span, related: [{ span: taken.span, message: 'published here first' }] }))
    }
  }
}
