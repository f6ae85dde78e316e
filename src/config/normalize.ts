/** From the validated tree to the long form: every short form is read as its long one, and no short form exists afterwards. */
import type { Sink } from '../diagnostics/sink.ts'
import type { Entry, MapTree, Tree } from '../syntax/tree.ts'
import type { Config, Passthrough } from './config.ts'
import type { Located } from './located.ts'
import { entriesOf, fieldOf, readNumber, readText, readTexts } from './read.ts'
import { TRACKING } from './roles.ts'
import { normalizeBuild, normalizeCode } from './sections/build.ts'
import { normalizeCache, normalizeDatasets, normalizeOutputs, normalizeParams } from './sections/data.ts'
import { normalizeSecrets, normalizeVariables } from './sections/environment.ts'
import { normalizeFrameworks } from './sections/framework.ts'
import { normalizeGpu } from './sections/gpu.ts'
import { normalizeModel } from './sections/model.ts'
import { normalizePython } from './sections/python.ts'
import { normalizeResources } from './sections/resources.ts'
import { isSecondServer } from './sections/second-server.ts'
import { normalizeRoles } from './sections/role.ts'
import { checkTracking, normalizeTracking } from './sections/tracking.ts'

/** Reads a tree that the schema has accepted; what it refused is `unknown` in it, and counts as absent. */
export function normalizeConfig(root: MapTree, sink: Sink): Config {
  const field = (key: string) => fieldOf(root, key)
  checkTracking(field(TRACKING), sink)
  return {
    span: { ...root.span, start: 0, end: 0 },
    name: readText(field('name'), 'name', sink),
    frameworks: normalizeFrameworks(field('framework'), sink),
    model: normalizeModel(field('model'), sink),
    gpu: normalizeGpu(field('gpu'), sink),
    python: normalizePython(field('python'), sink),
    system: readTexts(field('system'), 'system', sink),
    code: normalizeCode(field('code'), root, sink),
    datasets: normalizeDatasets(field('datasets'), sink),
    roles: normalizeRoles(root, sink),
    tracking: normalizeTracking(field(TRACKING)),
    params: normalizeParams(field('params'), sink),
    outputs: normalizeOutputs(field('outputs'), sink),
    environment: normalizeVariables(field('environment'), sink),
    secrets: normalizeSecrets(field('secrets'), sink),
    resources: normalizeResources(field('resources'), sink),
    cache: normalizeCache(field('cache'), sink),
    seed: readSeed(field('seed')),
    build: normalizeBuild(field('build'), sink),
    services: passThrough(field('services'), (entry) => !isSecondServer(entry)),
    volumes: passThrough(field('volumes')),
    networks: passThrough(field('networks')),
    configs: passThrough(field('configs')),
    include: field('include'),
    composeFile: readText(field('compose_file'), 'compose_file', sink),
  }
}

/** `1e3` and `0x2a` are whole numbers too, but no text that Python takes. */
function readSeed(tree: Tree | undefined): Located<string> | undefined {
  const seed = readNumber(tree)
  return seed && { value: String(seed.value), span: seed.span }
}

function passThrough(tree: Tree | undefined, isPassed: (entry: Entry) => boolean = () => true): readonly Passthrough[] {
  return entriesOf(tree).filter(isPassed).map(({ key, keySpan, value }) => ({ name: { value: key, span: keySpan }, value }))
}
