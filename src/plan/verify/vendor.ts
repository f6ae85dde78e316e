/** Servers in the image of their makers: a model to serve, and nothing asked of them that only images of ours can do. */
import type { Config, Role } from '../../config/config.ts'
import { textWithReferences } from '../../config/template.ts'
import * as vendor from '../../diagnostics/catalogue/vendor.ts'
import type { Sink } from '../../diagnostics/sink.ts'
import type { Environments } from '../../resolve/environment.ts'
import { isGpuRole } from '../../resolve/gpu-roles.ts'
import { usesAmd } from '../../resolve/gpu-target.ts'
import type { ResolvedModelSource } from '../../resolve/model-source.ts'
import { useOfSource } from '../model-source.ts'
import { secretsOf } from '../secrets.ts'
import { filesOf, findFile, vendorOf, type VendorServer } from '../vendor.ts'

export interface VendorInput {
  readonly config: Config
  readonly environments: Environments
  readonly modelSource: ResolvedModelSource | undefined
}

export function verifyVendors({ config, environments, modelSource }: VendorInput, sink: Sink): void {
  for (const role of config.roles) {
    const server = vendorOf(role, { environments })
    if (server === undefined) continue
    verifyKeys(role, server, config, sink)
    verifyModel(role, server, { config, modelSource }, sink)
    verifyMachine(role, server, config, sink)
  }
}

function verifyKeys(role: Role, { facts: { title: server } }: VendorServer, config: Config, sink: Sink): void {
  const name = role.name.value
  const given = [['datasets', role.datasets?.[0]], ['params', role.params], ['outputs', role.outputs[0]?.path]] as const
  for (const [key, place] of given) if (place !== undefined) sink.report(vendor.keyOfNoUse({ key, role: name, server }, { at: place.span }))
  for (const secret of secretsOf(role, config)) {
    if (secret.as === 'env') sink.report(vendor.secretAsVariable({ secret: secret.name.value, server, role: name }, { at: secret.name.span }))
  }
}

function verifyModel(role: Role, server: VendorServer, { config, modelSource }: Pick<VendorInput, 'config' | 'modelSource'>, sink: Sink): void {
  if (useOfSource(role, config) !== 'model' || modelSource?.kind !== 'file') return
  const source = textWithReferences(modelSource.source.value)
  const files = filesOf(server).filter((file) => !file.includes(','))
  if (findFile(source, files) === undefined) sink.report(vendor.notForArtefact({ server: server.facts.title, source, files: filesOf(server) }, { at: modelSource.source.span, related: [{ span: server.resolved.span, message: 'the server' }] }))
}

function verifyMachine(role: Role, { facts: { title: server }, image, resolved }: VendorServer, config: Config, sink: Sink): void {
  const related = [{ span: resolved.span, message: 'the server' }]
  const { gpu } = config
  if (gpu !== undefined && usesAmd(gpu) && isGpuRole(role.name.value, config)) sink.report(vendor.notForMachine({ server, what: 'GPUs of AMD', able: 'GPUs of NVIDIA and for none' }, { at: gpu.span, related }))
  const other = config.build.platforms?.value.find(({ value }) => !image.platforms.includes(value))
  if (other !== undefined) sink.report(vendor.notForMachine({ server, what: other.value, able: image.platforms.join(' and ') }, { at: other.span, related }))
}
