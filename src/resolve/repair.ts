/** The smallest change of a config after which a framework fits: another Python, another version, or less asked of the machine. */
import type { Config } from '../config/config.ts'
import type { Edit, Fix } from '../diagnostics/diagnostic.ts'
import { PYTHONS } from '../facts/images.ts'
import type { Candidate } from './candidates.ts'
import { findBuild, fits, releasesAsCandidates, type Need } from './fit.ts'
import type { FrameworkRequest, Wish } from './framework.ts'
import type { GpuTarget } from './gpu-target.ts'
import { compareVersions } from './specifier.ts'

export interface Repair {
  /** Such as `python: "3.11"`: what to write, a part for each place. */
  readonly parts: readonly string[]
  /** Undefined where the change cannot be made by putting one text in place of another. */
  readonly fix: Fix | undefined
}

export interface RepairInput {
  readonly request: FrameworkRequest
  readonly candidates: readonly Candidate[]
  readonly need: Need
  readonly config: Config
  /** Whether the GPU is to go whatever happens, since no framework of the config can use it. */
  readonly dropsGpu: boolean
}

/** One place of the config that may change. */
type Step = 'python' | 'version' | 'cuda' | 'gpu' | 'processor'

/** From what costs a user least. The GPU and the processors are what a user has, so they change last. */
const PLANS: readonly (readonly Step[])[] = [
  ['python'],
  ['version'],
  ['python', 'version'],
  ['cuda'],
  ['gpu'],
  ['processor'],
  ['gpu', 'python'],
  ['processor', 'python'],
  ['processor', 'version'],
  ['gpu', 'processor'],
  ['gpu', 'processor', 'python'],
]

interface Change {
  readonly candidate: Candidate
  readonly need: Need
}

/** Undefined where nothing helps but another framework. */
export function findRepair(input: RepairInput): Repair | undefined {
  const plans = input.dropsGpu ? PLANS.filter((plan) => plan[0] !== 'gpu').map((plan): readonly Step[] => ['gpu', ...plan]) : PLANS
  for (const plan of input.dropsGpu ? [['gpu'] as const, ...plans] : plans) {
    const change = isPossible(plan, input) ? tryPlan(plan, input) : undefined
    if (change !== undefined) return describeChange(change, input)
  }
  return undefined
}

function isPossible(plan: readonly Step[], { need, request }: RepairInput): boolean {
  if (plan.includes('python') && need.python === undefined) return false
  if (plan.includes('cuda') && need.target?.choice.cuda === undefined) return false
  if (plan.includes('gpu') && need.target === undefined) return false
  if (plan.includes('processor') && !need.platforms.hasArm64) return false
  return !plan.includes('version') || versionWish(request) !== undefined
}

function tryPlan(plan: readonly Step[], { request, candidates, need }: RepairInput): Change | undefined {
  const platforms = plan.includes('processor') ? { ...need.platforms, hasX64: true, hasArm64: false } : need.platforms
  const target = plan.includes('gpu') ? undefined : plan.includes('cuda') ? withoutCuda(need.target) : need.target
  const loosened = { ...need, platforms, target }
  const pythons = plan.includes('python') ? nearestPythons(need.python ?? '') : [need.python]
  const versions = plan.includes('version') ? nearestVersions(request, candidates) : [...candidates].reverse()
  for (const python of pythons) {
    const given = { ...loosened, python }
    const candidate = versions.find((each) => fits(each, request, given))
    if (candidate !== undefined) return { candidate, need: given }
  }
  return undefined
}

function withoutCuda(target: GpuTarget | undefined): GpuTarget | undefined {
  return target && { ...target, choice: { ...target.choice, cuda: undefined } }
}

/** The newest that is not newer than the one asked for, then older ones, then newer ones. */
function nearestPythons(python: string): readonly string[] {
  const known = PYTHONS.map(({ version }) => version)
  const older = known.filter((each) => compareVersions(each, python) <= 0).reverse()
  return [...older, ...known.filter((each) => compareVersions(each, python) > 0)]
}

/** The next newer version first, since what is missing in an old one most often came with a later one; then the next older. */
function nearestVersions({ facts }: FrameworkRequest, candidates: readonly Candidate[]): readonly Candidate[] {
  const version = candidates.at(-1)?.version ?? '0'
  const known = releasesAsCandidates(facts)
  const newer = known.filter((each) => compareVersions(each.version, version) > 0)
  return [...newer, ...known.filter((each) => compareVersions(each.version, version) <= 0).reverse()]
}

/** The one place that decides the version; with several, changing one of them may contradict another. */
function versionWish({ wishes }: FrameworkRequest): Wish | undefined {
  return wishes.length === 1 && wishes[0]?.companion === undefined ? wishes[0] : undefined
}

function describeChange({ candidate, need }: Change, { request, candidates, need: asked, config }: RepairInput): Repair {
  const parts: string[] = []
  const edits: Edit[] = []
  if (need.python !== undefined && need.python !== asked.python && config.python.version !== undefined) {
    parts.push(`python: "${need.python}"`)
    edits.push({ span: config.python.version.span, text: `"${need.python}"` })
  }
  const wish = versionWish(request)
  if (wish !== undefined && !candidates.some(({ version }) => version === candidate.version)) {
    parts.push(wish.place === 'framework' ? `framework: ${request.name}==${candidate.version}` : `${request.facts.distributions[0]}==${candidate.version} in ${wish.place}`)
    edits.push(...editsOfVersion(wish, candidate.version))
  }
  const cuda = asked.target?.choice.cuda
  const build = cuda !== undefined && need.target !== undefined && need.target.choice.cuda === undefined ? findBuild({ candidate, request, need }) : undefined
  if (cuda !== undefined && build?.kind === 'cuda') {
    parts.push(`cuda: "${build.version}"`)
    edits.push({ span: cuda.span, text: `"${build.version}"` })
  }
  if (need.target === undefined && asked.target !== undefined) {
    parts.push('gpu: false')
    edits.push({ span: asked.target.choice.span, text: 'false' })
  }
  if (!need.platforms.hasArm64 && asked.platforms.span !== undefined && asked.platforms.hasArm64) {
    parts.push('platforms: [linux/amd64]')
    edits.push({ span: asked.platforms.span, text: '[linux/amd64]' })
  }
  return { parts, fix: edits.length === parts.length ? { title: `use ${parts.join(' and ')}`, edits } : undefined }
}

/** The range as it stands in the user's file, replaced; a bare version of the long form has no `==`. */
function editsOfVersion({ span, specifier }: Wish, version: string): readonly Edit[] {
  const text = span.source.text.slice(span.start, span.end)
  const written = [specifier, specifier.replace(/^==/, '')].find((each) => each !== '' && text.includes(each))
  if (written === undefined) return []
  const start = span.start + text.indexOf(written)
  return [{ span: { source: span.source, start, end: start + written.length }, text: written === specifier ? `==${version}` : version }]
}
