/** Secrets by their names: each has one source, and a name that is declared nowhere must not be a misspelt one. */
import type { Config, Secret } from '../../config/config.ts'
import type { Located } from '../../config/located.ts'
import * as builds from '../../diagnostics/catalogue/builds.ts'
import { changeTo } from '../../diagnostics/diagnostic.ts'
import type { Sink } from '../../diagnostics/sink.ts'
import { suggest } from '../../diagnostics/suggest.ts'
import { isNameOnly } from '../secrets.ts'

export function verifySecrets(config: Config, sink: Sink): void {
  const own = config.roles.flatMap(({ secrets }) => secrets)
  const declared = [...config.secrets, ...own.filter((secret) => !isNameOnly(secret))]
  for (const name of namesUsed(config)) verifySpelling(name, config.secrets, sink)
  verifyReaders(config, sink)
  const sources = new Map<string, Secret>()
  for (const secret of declared) {
    const first = sources.get(secret.name.value)
    if (first === undefined) sources.set(secret.name.value, secret)
    else if (sourceOf(first) !== sourceOf(secret)) {
      sink.report(builds.secretOfTwoSources({ secret: secret.name.value }, { at: secret.name.span, related: [{ span: first.name.span, message: 'declared here first' }] }))
    }
  }
}

/** Names that may be of a secret that is declared, or of a variable of the shell. */
function namesUsed({ roles, build, python }: Config): readonly Located<string>[] {
  const ofRoles = roles.flatMap(({ secrets }) => secrets.filter(isNameOnly).map(({ name }) => name))
  return [...ofRoles, ...python.indexes.flatMap(({ secret }) => secret ?? []), ...build.secrets, ...build.run.flatMap(({ secrets }) => secrets ?? [])]
}

function verifySpelling({ value, span }: Located<string>, secrets: readonly Secret[], sink: Sink): void {
  const suggestion = suggestionFor(value, secrets)
  if (suggestion !== undefined) sink.report(builds.unknownSecret({ secret: value, suggestion }, { at: span, ...changeTo(suggestion, span) }))
}

/** The secret that is meant by a name that is none. */
function suggestionFor(name: string, secrets: readonly Secret[]): string | undefined {
  const known = secrets.map((secret) => secret.name.value)
  return known.includes(name) ? undefined : suggest(name, known)
}

/** What is for the build must have something there that reads it. */
function verifyReaders({ build, secrets, python }: Config, sink: Sink): void {
  if (build.dockerfile !== undefined || build.run.some((step) => step.secrets === undefined)) return
  const read = new Set([...build.run.flatMap((step) => step.secrets ?? []), ...python.indexes.flatMap(({ secret }) => secret ?? [])].map(({ value }) => value))
  const granted = secrets.flatMap(({ name, for: targets }) => (targets ?? []).filter(({ value }) => value === 'build').map(({ span }) => ({ value: name.value, span })))
  // A misspelt name is told of by itself.
  const isMeant = (name: string) => [...read].some((other) => suggestionFor(other, secrets) === name)
  for (const { value, span } of [...granted, ...build.secrets]) if (!read.has(value) && !isMeant(value)) sink.report(builds.unreadSecret({ secret: value }, { at: span }))
}

function sourceOf({ source }: Secret): string {
  return 'file' in source ? `file ${source.file.value}` : `variable ${source.environment.value}`
}
