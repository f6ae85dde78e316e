/** The layers that install Python packages: the framework, the user's requirements, and what is compiled for them. */
import type { ExtraLayer, FrameworkLayer, Image, RequirementsLayer } from '../../plan/stack.ts'
import { formatRun, formatSystem, type Mount } from './instructions.ts'
import { quoteForShell } from '../quote.ts'

/** A layer as the template prints it. */
export interface LayerView {
  readonly comment: string
  readonly run: string
}

export interface BuilderView {
  readonly system: string
  readonly wheels: string
}

/** pip's cache stays on the builder: one more package downloads nothing again, and no image carries the cache. */
const PIP_CACHE: Mount = ['type=cache', 'target=/root/.cache/pip']
const WHEELS = '/wheels'
const REQUIREMENTS_FOLDER = '/requirements'

/** The stage that compiles; undefined where every package has a wheel. */
export function viewBuilder({ builder }: Image): BuilderView | undefined {
  if (builder === undefined) return undefined
  const command = `pip wheel --no-deps --wheel-dir ${WHEELS} ${builder.requirements.map(quoteRequirement).join(' ')}`
  return { system: formatSystem(builder.systemPackages), wheels: formatRun([PIP_CACHE], [command]) }
}

/** Each layer after the framework's names its exact version again: what would replace it fails instead. */
export function viewPackages({ packages }: Image): readonly LayerView[] {
  const frameworks = packages.filter((layer) => layer.kind === 'framework')
  const pinsOf = (layers: readonly FrameworkLayer[]) => layers.flatMap(({ requirements, limits }) => [...requirements, ...limits]).map(quoteRequirement)
  const pins = pinsOf(frameworks)
  return packages.map((layer) => {
    if (layer.kind === 'framework') return viewFramework(layer, pinsOf(frameworks.slice(0, frameworks.indexOf(layer))))
    return layer.kind === 'requirements' ? viewRequirements(layer, pins) : viewExtras(layer, pins)
  })
}

/** From its own index alone at first, so that no other can bring another build; then what it depends on. */
function viewFramework({ title, reason, requirements, limits, indexArgument }: FrameworkLayer, pins: readonly string[]): LayerView {
  const own = requirements.map(quoteRequirement).join(' ')
  const install = ['pip install', own, ...limits.map(quoteRequirement), ...pins].join(' ')
  const commands = indexArgument === undefined ? [install] : [`pip install --no-deps --index-url "$${indexArgument}" ${own}`, install]
  const limit = limits.length === 0 ? '' : ` It was built before what ${limits.join(' and ')} leaves out.`
  return { comment: `${title}, ${reason}.${limit}`, run: formatRun([PIP_CACHE], commands) }
}

function viewRequirements({ file, path, includes, isCompiled, isHashed, copy }: RequirementsLayer, pins: readonly string[]): LayerView {
  const target = (source: string) => `${REQUIREMENTS_FOLDER}/${source}`
  const bind = (source: string, place: string): Mount => ['type=bind', `source=${source}`, `target=${target(place)}`]
  const wheels: readonly Mount[] = isCompiled ? [['type=bind', 'from=builder', `source=${WHEELS}`, `target=${WHEELS}`]] : []
  const binds = [bind(copy?.path ?? path, path), ...includes.map((each) => bind(each, each))]
  const words = ['pip install', ...(isCompiled ? [`${WHEELS}/*.whl`] : []), `-r ${quoteForShell(target(path))}`, ...(isHashed ? [] : pins)]
  const comment = copy === undefined ? `The packages of ${file}.` : `The packages of ${file} that are not installed otherwise.`
  return { comment, run: formatRun([PIP_CACHE, ...wheels, ...binds], [words.join(' ')]) }
}

function viewExtras({ requirements }: ExtraLayer, pins: readonly string[]): LayerView {
  return { comment: 'Further packages.', run: formatRun([PIP_CACHE], [['pip install', ...requirements.map(quoteRequirement), ...pins].join(' ')]) }
}

/** Always in quotes, as a person would write it: a requirement may hold `>`, `[` or `;`. */
function quoteRequirement(requirement: string): string {
  return /["$`\\]/.test(requirement) ? quoteForShell(requirement) : `"${requirement}"`
}
