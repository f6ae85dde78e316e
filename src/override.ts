/** A compose.override.yaml of the user's, which Compose lays over ours by itself: left alone, and held to what the two make together. */
import { posix } from 'node:path'
import type { Config } from './config/config.ts'
import { parsePublishedPorts } from './config/published-port.ts'
import { entriesOf, fieldOf } from './config/read.ts'
import * as catalogue from './diagnostics/catalogue/stack.ts'
import type { Sink } from './diagnostics/sink.ts'
import { suggest } from './diagnostics/suggest.ts'
import { findOverrideFile } from './plan/own-files.ts'
import type { Stack } from './plan/stack.ts'
import { isSameAddress, publishedPorts } from './plan/verify/ports.ts'
import type { Project } from './project/project.ts'
import { checkComposeFile } from './schema/compose.ts'
import { parseOverride } from './syntax/parse-override.ts'
import type { MapTree } from './syntax/tree.ts'

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
