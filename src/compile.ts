/** The pipeline, read from top to bottom: the text of a config in, files and diagnostics out. Pure but for what `project` reads. */
import { posix } from 'node:path'
import type { Config } from './config/config.ts'
import { reportLiteralSecrets } from './config/literal-secrets.ts'
import { normalizeConfig } from './config/normalize.ts'
import { COMPOSE_ON_ROLES } from './config/roles.ts'
import type { Diagnostic } from './diagnostics/diagnostic.ts'
import { Sink } from './diagnostics/sink.ts'
import { emitStack } from './emit/emit.ts'
import type { OutputFile } from './emit/output-file.ts'
import { useLock } from './lock/use-lock.ts'
import { verifyOverride } from './override.ts'
import { planStack } from './plan/plan.ts'
import type { Stack } from './plan/stack.ts'
import { verifySizes } from './plan/verify/size.ts'
import { verifyVendors } from './plan/verify/vendor.ts'
import { verifyStack } from './plan/verify/verify.ts'
import type { Project } from './project/project.ts'
import { resolveCode } from './resolve/code.ts'
import { resolveDatasets, type ResolvedDataset } from './resolve/datasets.ts'
import { resolveModelSource, type ResolvedModelSource } from './resolve/model-source.ts'
import { resolveOutputs, type ResolvedOutput } from './resolve/outputs.ts'
import { resolveParams, type ParamsByRole } from './resolve/params.ts'
import { checkFiles } from './resolve/files.ts'
import type { Environments } from './resolve/environment.ts'
import { findPlace } from './resolve/find-place.ts'
import { decideOwnImage, resolveOwnImage } from './resolve/own-image.ts'
import { resolveIncluded } from './resolve/included.ts'
import { resolveEnvironments } from './resolve/resolve.ts'
import { checkShape } from './schema/check.ts'
import { checkCompose, checkComposeFile } from './schema/compose.ts'
import { checkVariants, chooseVariant } from './variants.ts'
import { parseConfig } from './syntax/parse.ts'
import { decodeSource } from './syntax/source.ts'

export interface ConfigFile {
  /** The path as the user would write it; diagnostics show it. */
  readonly name: string
  /** UTF-8, with or without a byte order mark. */
  readonly bytes: Uint8Array
}

export interface CompileOptions {
  /** Where the files go, relative to the config's folder; `.` is the same. */
  readonly outputFolder: string
  /** What generated files call the config; the last part of its name where this is not given. */
  readonly configFile?: string
  /** The overlay to lay over it; one that the config does not have is reported. */
  readonly variant?: string | undefined
  /** Whether all other variants are resolved too, and not only looked at. */
  readonly everyVariant?: boolean
}

export interface Compilation {
  /** By file and place. */
  readonly diagnostics: readonly Diagnostic[]
  readonly hasErrors: boolean
  /** Empty where there are errors. */
  readonly files: readonly OutputFile[]
  /** Undefined where there are errors. */
  readonly stack: Stack | undefined
}

/** Compiles a config. Never throws on any text: what is wrong is told by diagnostics, all of it at once. */
export function compile(config: ConfigFile, project: Project, options: CompileOptions): Compilation {
  const sink = new Sink()
  const stack = planConfig(config, project, options, sink)?.stack
  const files = stack === undefined ? [] : emitStack(stack)
  return { diagnostics: sink.sorted(), hasErrors: sink.hasErrors, files, stack }
}

/** A config with all that was decided of it. */
export interface Planned {
  readonly config: Config
  readonly environments: Environments
  readonly datasets: readonly ResolvedDataset[]
  readonly modelSource: ResolvedModelSource | undefined
  readonly params: ParamsByRole
  readonly outputs: readonly ResolvedOutput[]
  readonly stack: Stack
}

/** Undefined where there are errors. */
export function planConfig({ name, bytes }: ConfigFile, project: Project, { outputFolder, configFile = posix.basename(name), variant, everyVariant = false }: CompileOptions, sink: Sink): Planned | undefined {
  const { source, isUsable } = decodeSource(name, bytes, sink)
  const tree = isUsable ? parseConfig(source, sink) : undefined
  const file = tree && checkShape(reportLiteralSecrets(tree, sink), sink)
  const checked = file && chooseVariant(file, variant, sink)
  if (file === undefined || checked === undefined) return undefined

  const config = normalizeConfig(checkCompose(checked, COMPOSE_ON_ROLES, sink), sink)
  const ownImage = resolveOwnImage(config, project, sink)
  const environments = config.build.dockerfile === undefined ? resolveEnvironments(config, project, sink) : decideOwnImage(config, project, sink)
  const datasets = resolveDatasets(config, project, sink)
  const modelSource = resolveModelSource(config, project, sink)
  const code = resolveCode({ config, project, required: environments?.projects ?? [], sink })
  const params = resolveParams(config, project, sink)
  const outputs = resolveOutputs(config, project, sink)
  checkFiles(config, project, sink)
  checkVariants(file, { chosen: variant, project, isThorough: everyVariant }, sink)
  const included = resolveIncluded(config, project, sink)
  for (const { root } of included.files) checkComposeFile(root, sink)
  verifyStack({ config, datasets, modelSource, params, outputs, included, configFolder: project.folder }, sink)
  if (environments !== undefined) verifyVendors({ config, environments, modelSource }, sink)
  if (environments === undefined || sink.hasErrors) return undefined

  const ignoreFile = project.read('.dockerignore')
  const stack = planStack({ config, environments, datasets, modelSource, code, params, outputs, ownImage, configFolder: project.folder, configFile, variant, included, outputFolder, ignoreFile }, sink)
  if (config.build.maxImageSize !== undefined) verifySizes(config, stack, sink)
  verifyOverride({ config, stack, project, outputFolder }, sink)
  const locked = useLock(stack, { project, config: config.span, findPlace: (asked) => findPlace(asked, config, environments) }, sink)
  return sink.hasErrors ? undefined : { config, environments, datasets, modelSource, params, outputs, stack: locked }
}
