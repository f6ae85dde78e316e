/** The layers that install Python packages: the framework, the user's requirements, and what is compiled for them. */
import { posix } from 'node:path'
import type { ExtraLayer, FrameworkLayer, Image, LockedInstall, PackageLayer, RequirementsLayer } from '../../plan/stack.ts'
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
  /** Lines of the comment above it. */
  readonly notes: readonly string[]
}

/** pip's cache stays on the builder: one more package downloads nothing again, and no image carries the cache. */
const PIP_CACHE: Mount = ['type=cache', 'target=/root/.cache/pip']
const WHEELS = '/wheels'
const WHEELS_MOUNT: Mount = ['type=bind', 'from=builder', `source=${WHEELS}`, `target=${WHEELS}`]
const REQUIREMENTS_FOLDER = '/requirements'

/** The stage that compiles; undefined where every package has a wheel. */
export function viewBuilder({ builder, constraints }: Image): BuilderView | undefined {
  if (builder === undefined) return undefined
  const command = `pip wheel --no-deps --wheel-dir ${WHEELS}`
  const bounds = boundsOf([], { limits: undefined, constraints })
  const words = [command, ...builder.requirements.map(quoteRequirement), ...bounds.words].join(' ')
  const { mounts, commands } = builder.locked === undefined ? { mounts: bounds.mounts, commands: [words] } : installLocked(builder.locked, command)
  const notes = builder.locked === undefined ? [] : [`It is made of what mlstack.lock has${builder.locked.file === undefined ? '' : ', by hash'}.`, ...noteOnCommits(builder.locked)]
  return { system: formatSystem(builder.systemPackages), wheels: formatRun([PIP_CACHE, ...mounts], commands), notes }
}

/** Each layer after the framework's names its exact version again: what would replace it fails instead. */
export function viewPackages({ packages, limits, constraints }: Image): readonly LayerView[] {
  const frameworks = packages.filter((layer) => layer.kind === 'framework')
  const boundsBy = (layers: readonly FrameworkLayer[]) => boundsOf(layers, { limits, constraints })
  const bounds = boundsBy(frameworks)
  return packages.flatMap((layer) => {
    if (layer.locked !== undefined) return viewLocked(layer, layer.locked)
    if (layer.kind === 'framework') return viewFramework(layer, boundsBy(frameworks.slice(0, frameworks.indexOf(layer))))
    return layer.kind === 'requirements' ? viewRequirements(layer, bounds) : viewExtras(layer, bounds)
  })
}

/** What keeps pip from changing what is there. */
interface Bounds {
  readonly mounts: readonly Mount[]
  readonly words: readonly string[]
}

const NO_BOUNDS: Bounds = { mounts: [], words: [] }

function boundsOf(frameworks: readonly FrameworkLayer[], { limits, constraints }: Pick<Image, 'limits' | 'constraints'>): Bounds {
  const pins = frameworks.flatMap(({ requirements }) => requirements).map(quoteRequirement)
  const [users, ...included] = constraints
  const own = limits === undefined ? [] : [bindFile(limits.path, LIMITS_FILE)]
  const files = [...(limits === undefined ? [] : [LIMITS_FILE]), ...(users === undefined ? [] : [users])]
  return { mounts: [...own, ...(users === undefined ? [] : [users, ...included]).map((path) => bindFile(path, path))], words: [...pins, ...files.map((file) => `-c ${quoteForShell(inRequirements(file))}`)] }
}

const LIMITS_FILE = 'limits.txt'

function inRequirements(place: string): string {
  return `${REQUIREMENTS_FOLDER}/${place}`
}

function bindFile(source: string, place: string): Mount {
  return ['type=bind', `source=${source}`, `target=${inRequirements(place)}`]
}

/** From its own index alone at first, so that no other can bring another build; then what it depends on. */
function viewFramework({ title, reason, requirements, indexArgument }: FrameworkLayer, { mounts, words }: Bounds): LayerView {
  const own = requirements.map(quoteRequirement).join(' ')
  const install = ['pip install', own, ...words].join(' ')
  const commands = indexArgument === undefined ? [install] : [`pip install --no-deps --index-url "$${indexArgument}" ${own}`, install]
  return { comment: `${title}, ${reason}.`, run: formatRun([PIP_CACHE, ...mounts], commands) }
}

function viewRequirements({ file, path, includes, place, isCompiled, isHashed, isLocked, copy }: RequirementsLayer, bounds: Bounds): LayerView {
  // With hashes pip takes nothing without one, and a lock is whole.
  const { mounts, words: own } = isHashed || isLocked ? NO_BOUNDS : bounds
  const wheels: readonly Mount[] = isCompiled ? [WHEELS_MOUNT] : []
  const binds = [bindFile(copy?.path ?? path, place), ...includes.map((each) => bindFile(each, each))]
  const words = [isLocked ? 'pip install --no-deps' : 'pip install', ...(isCompiled ? [`${WHEELS}/*.whl`] : []), `-r ${quoteForShell(inRequirements(place))}`, ...own]
  const packages = copy === undefined ? `The packages of ${file}.` : `The packages of ${file} that are not installed otherwise.`
  const comment = isLocked ? `${packages} What they depend on is among them.` : packages
  return { comment, run: formatRun([PIP_CACHE, ...wheels, ...distinct([...binds, ...mounts])], [words.join(' ')]) }
}

/** A file may be included and hold for all. */
function distinct(mounts: readonly Mount[]): readonly Mount[] {
  return [...new Map(mounts.map((mount) => [mount.join(), mount])).values()]
}

function viewExtras({ requirements }: ExtraLayer, { mounts, words }: Bounds): LayerView {
  return { comment: 'Further packages.', run: formatRun([PIP_CACHE, ...mounts], [['pip install', ...requirements.map(quoteRequirement), ...words].join(' ')]) }
}

/** Nothing where the layers before have all of it already. */
function viewLocked(layer: PackageLayer, locked: LockedInstall): readonly LayerView[] {
  const hasWheels = layer.kind === 'requirements' && layer.isCompiled
  const index = layer.kind === 'framework' && layer.indexArgument !== undefined ? ` --extra-index-url "$${layer.indexArgument}"` : ''
  const { mounts, commands } = installLocked(locked, `pip install --no-deps${index}`)
  const all = [...commands, ...(hasWheels ? [`pip install --no-deps ${WHEELS}/*.whl`] : [])]
  if (all.length === 0) return []
  const comment = [describeLocked(layer), ...noteOnCommits(locked)].join(' ')
  return [{ comment, run: formatRun([PIP_CACHE, ...(hasWheels ? [WHEELS_MOUNT] : []), ...mounts], all) }]
}

function describeLocked(layer: PackageLayer): string {
  if (layer.kind === 'framework') return `${layer.title}, ${layer.reason}. It and what it depends on are as mlstack.lock has them, by hash.`
  return `${layer.kind === 'requirements' ? `The packages of ${layer.file}` : 'Further packages'}, as mlstack.lock has them, by hash.`
}

function noteOnCommits({ commits }: LockedInstall): readonly string[] {
  return commits.length === 0 ? [] : ['What comes from version control is held by its commit: there is no file that could have a hash.']
}

/** Without what they depend on: the lock has that as well. */
function installLocked({ file, commits }: LockedInstall, command: string): { readonly mounts: readonly Mount[]; readonly commands: readonly string[] } {
  const target = file && `${REQUIREMENTS_FOLDER}/${posix.basename(file.path)}`
  return {
    mounts: file === undefined ? [] : [['type=bind', `source=${file.path}`, `target=${target}`]],
    commands: [
      ...(target === undefined ? [] : [`${command} --require-hashes -r ${quoteForShell(target)}`]),
      ...(commits.length === 0 ? [] : [`${command} ${commits.map(quoteRequirement).join(' ')}`]),
    ],
  }
}

/** Always in quotes, as a person would write it: a requirement may hold `>`, `[` or `;`. */
function quoteRequirement(requirement: string): string {
  return /["$`\\]/.test(requirement) ? quoteForShell(requirement) : `"${requirement}"`
}
