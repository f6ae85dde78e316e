/** The variants of a config: the one that was asked for, and whether all others would be sound too. */
import type { Config } from './config/config.ts'
import { normalizeConfig } from './config/normalize.ts'
import { COMPOSE_ON_ROLES } from './config/roles.ts'
import * as shape from './diagnostics/catalogue/shape.ts'
import { Sink } from './diagnostics/sink.ts'
import { listChoices, suggest } from './diagnostics/suggest.ts'
import { verifyStack } from './plan/verify/verify.ts'
import type { Project } from './project/project.ts'
import { resolveCode } from './resolve/code.ts'
import { checkFiles } from './resolve/files.ts'
import { resolveOwnImage } from './resolve/own-image.ts'
import { resolveEnvironments } from './resolve/resolve.ts'
import { resolveModelSource } from './resolve/model-source.ts'
import { resolveIncluded } from './resolve/included.ts'
import { resolveDatasets } from './resolve/datasets.ts'
import { resolveOutputs } from './resolve/outputs.ts'
import { resolveParams } from './resolve/params.ts'
import { checkShape } from './schema/check.ts'
import { checkCompose } from './schema/compose.ts'
import { listVariants, overlayVariant, withoutVariants } from './schema/variants.ts'
import { entryOf, type MapTree } from './syntax/tree.ts'

/** The file with a variant laid over it, or without any. Undefined where there is no such variant, which is reported. */
export function chooseVariant(file: MapTree, variant: string | undefined, sink: Sink): MapTree | undefined {
  if (variant === undefined) return withoutVariants(file)
  const names = listVariants(file)
  if (names.includes(variant)) return checkShape(overlayVariant(file, variant, sink), sink)
  const at = entryOf(file, 'variants')?.keySpan ?? { ...file.span, start: 0, end: 0 }
  sink.report(shape.unknownVariant({ name: variant, suggestion: suggest(variant, names), choices: listChoices(variant, names) }, { at }))
  return undefined
}

export interface VariantsInput {
  readonly chosen: string | undefined
  readonly project: Project
  /** Whether packages and files are looked at too, as if each were chosen. */
  readonly isThorough: boolean
}

/** Reports what is wrong in the variants that were not asked for; what would only surprise is told when they are. */
export function checkVariants(file: MapTree, { chosen, project, isThorough }: VariantsInput, sink: Sink): void {
  for (const name of listVariants(file)) {
    if (name === chosen) continue
    const found = new Sink()
    const config = normalizeConfig(checkCompose(checkShape(overlayVariant(file, name, found), found), COMPOSE_ON_ROLES, found), found)
    const resolved = { datasets: resolveDatasets(config, project, found), modelSource: resolveModelSource(config, project, found), params: resolveParams(config, project, found), outputs: resolveOutputs(config, project, found), included: resolveIncluded(config, project, found) }
    verifyStack({ config, ...resolved, configFolder: project.folder }, found)
    for (const diagnostic of found.sorted()) if (diagnostic.severity === 'error') sink.report(diagnostic)
    if (isThorough && !found.hasErrors) checkThoroughly(name, config, project, sink)
  }
}

/** What only shows when the variant is resolved. It may be told at a line that is right by itself, so the variant is named, but for what is wrong without it too. */
function checkThoroughly(variant: string, config: Config, project: Project, sink: Sink): void {
  const found = new Sink()
  resolveOwnImage(config, project, found)
  const environments = config.build.dockerfile === undefined ? resolveEnvironments(config, project, found) : undefined
  resolveCode({ config, project, required: environments?.projects ?? [], sink: found })
  checkFiles(config, project, found)
  const errors = found.sorted().filter(({ severity }) => severity === 'error')
  for (const diagnostic of errors) if (!sink.has(diagnostic)) sink.report({ ...diagnostic, message: `in the variant \`${variant}\`: ${diagnostic.message}` })
}
