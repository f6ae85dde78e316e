/** A config from a text, and what resolving makes of it in a project that lives in memory. */
import * as assert from 'uvu/assert'
import type { Config } from '../../../src/config/config.ts'
import { normalizeConfig } from '../../../src/config/normalize.ts'
import * as advice from '../../../src/diagnostics/catalogue/advice.ts'
import type { Diagnostic, Span } from '../../../src/diagnostics/diagnostic.ts'
import * as gpus from '../../../src/diagnostics/catalogue/gpus.ts'
import { Sink } from '../../../src/diagnostics/sink.ts'
import { createMemoryProject } from '../../../src/project/memory-project.ts'
import type { Environment as Decided, FrameworkInstall } from '../../../src/resolve/environment.ts'
import { checkFiles } from '../../../src/resolve/files.ts'
import { resolveEnvironments } from '../../../src/resolve/resolve.ts'
import { parseConfig } from '../../../src/syntax/parse.ts'
import { createSource } from '../../../src/syntax/source.ts'

export type Files = Readonly<Record<string, string>>

/** What was decided for the images with a GPU where there are any, with the leading framework by itself. */
export type Environment = Decided & { readonly framework: FrameworkInstall | undefined }

export interface Resolved {
  readonly environment: Environment | undefined
  readonly diagnostics: readonly Diagnostic[]
  /** Each as `CODE at MARKED TEXT`. */
  readonly problems: readonly string[]
}

export function configOf(text: string, sink: Sink): Config {
  const tree = parseConfig(createSource('mlstack.yaml', text), sink)
  assert.ok(tree, text)
  return normalizeConfig(tree, sink)
}

export function resolve(text: string, files: Files = {}): Resolved {
  const sink = new Sink()
  const environments = resolveEnvironments(configOf(text, sink), createMemoryProject(files), sink)
  const decided = environments?.gpu ?? environments?.cpu
  const diagnostics = sink.sorted().filter(({ code }) => !ADVICE.has(code))
  return { environment: decided && { ...decided, framework: decided.frameworks[0] }, diagnostics, problems: describe(diagnostics.filter(({ severity }) => severity !== 'note')) }
}

/** Decisions are tested whatever is thought of them; advice has tests of its own. */
const ADVICE: ReadonlySet<string> = new Set(Object.values(advice).map(({ entry }) => entry.code))

/** What is thought of a config, without what is said of its GPU builds. */
export function adviseOn(text: string, files: Files = {}): Pick<Resolved, 'diagnostics' | 'problems'> {
  const sink = new Sink()
  resolveEnvironments(configOf(text, sink), createMemoryProject(files), sink)
  const diagnostics = sink.sorted().filter(({ code }) => !GPUS.has(code))
  return { diagnostics, problems: describe(diagnostics) }
}

const GPUS: ReadonlySet<string> = new Set(Object.values(gpus).map(({ entry }) => entry.code))

/** Asserts that nothing was reported but notes. */
export function resolveQuietly(text: string, files: Files = {}): Environment {
  const { environment, problems } = resolve(text, files)
  assert.equal(problems, [], text)
  assert.ok(environment)
  return environment
}

export function check(text: string, files: Files = {}): Resolved {
  const sink = new Sink()
  checkFiles(configOf(text, sink), createMemoryProject(files), sink)
  return { environment: undefined, diagnostics: sink.sorted(), problems: describe(sink.sorted()) }
}

export function textOf({ source, start, end }: Span): string {
  return source.text.slice(start, end)
}

function describe(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map(({ code, primary }) => `${code} at ${textOf(primary.span)}`)
}
