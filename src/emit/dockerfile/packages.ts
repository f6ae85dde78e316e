/** The layers that install Python packages: the framework, the user's requirements, and what is compiled for them. */
import { posix } from 'node:path'
import type { ExtraLayer, FrameworkLayer, Image, Layout, LockedInstall, PackageLayer, RequirementsLayer } from '../../plan/stack.ts'
import { REQUIREMENTS_FOLDER, viewInstall, withPip, type InstallView } from './installer.ts'
import { formatRun, formatSystem, type Mount } from './instructions.ts'
import { quoteForShell } from '../quote.ts'
import { joinWithAnd } from '../words.ts'

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

const WHEELS = '/wheels'
const WHEELS_MOUNT: Mount = ['type=bind', 'from=builder', `source=${WHEELS}`, `target=${WHEELS}`]

/** The stage that compiles; undefined where every package has a wheel. */
export function viewBuilder(image: Image, layout: Layout): BuilderView | undefined {
  const { builder, constraints } = image
  if (builder === undefined) return undefined
  // uv makes no wheels but those of projects.
  const pip = viewInstall(withPip(image), layout)
  const command = pip.command(`wheel --no-deps --wheel-dir ${WHEELS}`)
  const bounds = boundsOf([], { limits: undefined, constraints })
  const words = [command, ...builder.requirements.map(quoteRequirement), ...bounds.words].join(' ')
  const { mounts, commands } = builder.locked === undefined ? { mounts: bounds.mounts, commands: [words] } : installLocked(builder.locked, command)
  const notes = builder.locked === undefined ? [] : [`It is made of what mlstack.lock has${builder.locked.file === undefined ? '' : ', by hash'}.`, ...noteOnCommits(builder.locked)]
  return { system: formatSystem(builder.systemPackages), wheels: formatRun([...pip.mounts, ...mounts], commands), notes }
}

/** Each layer after the framework's names its exact version again: what would replace it fails instead. */
export function viewPackages(image: Image, layout: Layout): readonly LayerView[] {
  const { packages, limits, constraints } = image
  const install = viewInstall(image, layout)
  const frameworks = packages.filter((layer) => layer.kind === 'framework')
  const boundsBy = (layers: readonly FrameworkLayer[]) => boundsOf(layers, { limits, constraints })
  const bounds = boundsBy(frameworks)
  return packages.flatMap((layer) => {
    if (layer.locked !== undefined) return viewLocked(layer, layer.locked, install)
    if (layer.kind === 'framework') return viewFramework(layer, boundsBy(frameworks.slice(0, frameworks.indexOf(layer))), install)
    if (layer.kind === 'requirements') return viewRequirements(layer, bounds, install)
    return layer.isAddition ? viewAddition(layer, boundsBy([]), install) : viewExtras(layer, bounds, install)
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
function viewFramework({ title, reason, requirements, indexArgument }: FrameworkLayer, { mounts, words }: Bounds, { command, tool, mounts: common }: InstallView): LayerView {
  const own = requirements.map(quoteRequirement).join(' ')
  const install = command(['install', own, ...words].join(' '))
  // uv asks this one first, and then no other.
  const index = tool === 'uv' ? '--index' : '--index-url'
  const commands = indexArgument === undefined ? [install] : [command(`install --no-deps ${index} "$${indexArgument}" ${own}`), install]
  return { comment: `${title}, ${reason}.`, run: formatRun([...common, ...mounts], commands) }
}

function viewRequirements({ file, path, includes, place, isCompiled, isHashed, isLocked, copy }: RequirementsLayer, bounds: Bounds, { command, mounts: common }: InstallView): LayerView {
  // With hashes pip takes nothing without one, and a lock is whole.
  const { mounts, words: own } = isHashed || isLocked ? NO_BOUNDS : bounds
  const wheels: readonly Mount[] = isCompiled ? [WHEELS_MOUNT] : []
  const binds = [bindFile(copy?.path ?? path, place), ...includes.map((each) => bindFile(each, each))]
  const words = [isLocked ? 'install --no-deps' : 'install', ...(isCompiled ? [`${WHEELS}/*.whl`] : []), `-r ${quoteForShell(inRequirements(place))}`, ...own]
  const packages = copy === undefined ? `The packages of ${file}.` : `The packages of ${file} that are not installed otherwise.`
  const comment = isLocked ? `${packages} What they depend on is among them.` : packages
  return { comment, run: formatRun([...common, ...wheels, ...distinct([...binds, ...mounts])], [command(words.join(' '))]) }
}

/** A file may be included and hold for all. */
function distinct(mounts: readonly Mount[]): readonly Mount[] {
  return [...new Map(mounts.map((mount) => [mount.join(), mount])).values()]
}

function viewExtras(layer: ExtraLayer, { mounts, words }: Bounds, { command, mounts: common }: InstallView): LayerView {
  return { comment: `${describeExtras(layer)}.`, run: formatRun([...common, ...mounts], [command(['install', ...layer.requirements.map(quoteRequirement), ...words].join(' '))]) }
}

function describeExtras({ broughtBy = [] }: ExtraLayer): string {
  return broughtBy.length === 0 ? 'Further packages' : `Further packages, with those that ${joinWithAnd(broughtBy.map((key) => `\`${key}\``))} ${broughtBy.length === 1 ? 'brings' : 'bring'}`
}

const INSTALLED = '/tmp/installed.txt'

/** All that is there is held at its version, which says more than the pins of the frameworks. */
function viewAddition({ requirements }: ExtraLayer, { mounts, words }: Bounds, { command, mounts: common }: InstallView): LayerView {
  const install = command(['install', ...requirements.map(quoteRequirement), ...words, `-c ${INSTALLED}`].join(' '))
  return { comment: 'What the notebook has besides. Nothing that is installed by now changes: what is tried there behaves as in a job.', run: formatRun([...common, ...mounts], [`python -m pip list --format=freeze > ${INSTALLED}`, install, `rm ${INSTALLED}`]) }
}

/** Nothing where the layers before have all of it already. */
function viewLocked(layer: PackageLayer, locked: LockedInstall, { command, tool, mounts: common }: InstallView): readonly LayerView[] {
  const hasWheels = layer.kind === 'requirements' && layer.isCompiled
  // What has a hash may come from any index.
  const anyIndex = tool === 'uv' ? ' --index-strategy unsafe-best-match' : ''
  const index = layer.kind === 'framework' && layer.indexArgument !== undefined ? ` --extra-index-url "$${layer.indexArgument}"` : ''
  const { mounts, commands } = installLocked(locked, command(`install --no-deps${anyIndex}${index}`))
  const all = [...commands, ...(hasWheels ? [command(`install --no-deps ${WHEELS}/*.whl`)] : [])]
  if (all.length === 0) return []
  const comment = [describeLocked(layer), ...noteOnCommits(locked)].join(' ')
  return [{ comment, run: formatRun([...common, ...(hasWheels ? [WHEELS_MOUNT] : []), ...mounts], all) }]
}

function describeLocked(layer: PackageLayer): string {
  if (layer.kind === 'framework') return `${layer.title}, ${layer.reason}. It and what it depends on are as mlstack.lock has them, by hash.`
  return `${layer.kind === 'requirements' ? `The packages of ${layer.file}` : layer.isAddition ? 'What the notebook has besides' : describeExtras(layer)}, as mlstack.lock has them, by hash.`
}

function noteOnCommits({ commits }: LockedInstall): readonly string[] {
  return commits.length === 0 ? [] : ['What comes from version control is held by its commit: there is no file that could have a hash.']
}

/** Without what they depend on: the lock has that as well. */
function installLocked({ file, commits }: LockedInstall, command: string): { readonly mounts: readonly Mount[]; readonly commands: readonly string[] } {
  return {
    mounts: file === undefined ? [] : [bindFile(file.path, posix.basename(file.path))],
    commands: [
      ...(file === undefined ? [] : [`${command} --require-hashes -r ${quoteForShell(inRequirements(posix.basename(file.path)))}`]),
      ...(commits.length === 0 ? [] : [`${command} ${commits.map(quoteRequirement).join(' ')}`]),
    ],
  }
}

/** Always in quotes, as a person would write it: a requirement may hold `>`, `[` or `;`. */
function quoteRequirement(requirement: string): string {
  return /["$`\\]/.test(requirement) ? quoteForShell(requirement) : `"${requirement}"`
}
