/** What is known of GPUs: whose they are, the generation that wheels need machine code for, and their memory. */
import cuda from './data/cuda.json' with { type: 'json' }
import gpus from './data/gpus.json' with { type: 'json' }

export interface Gpu {
  readonly vendor: 'nvidia' | 'amd' | 'apple'
  /** As its maker writes it; undefined where only the generation is named. */
  readonly name: string | undefined
  /** NVIDIA's compute capability `X.Y`, or AMD's name such as `gfx942`; undefined for Apple's, which containers do not reach. */
  readonly capability: string | undefined
  /** The sizes that it comes in, in GB, ascending; the one size where the text names it. Empty where it is not known, or shared with the processor. */
  readonly memory: readonly number[]
}

interface Generation {
  readonly capability: string
  readonly gpus: Readonly<Record<string, readonly number[] | undefined>>
}

const GENERATIONS: readonly (readonly [vendor: Gpu['vendor'], rows: readonly Generation[]])[] = [
  ['nvidia', gpus.generations.nvidia],
  ['amd', gpus.generations.amd],
]

/** Made when it is asked for: most configs name no GPU, and a start should not wait for it. */
function listGpus(): readonly (Gpu & { readonly name: string })[] {
  return [
    ...GENERATIONS.flatMap(([vendor, rows]) => rows.flatMap(({ capability, gpus }) => Object.entries(gpus).map(([name, memory]) => ({ vendor, name, capability, memory: memory ?? [] })))),
    ...gpus.apple.map((name) => ({ vendor: 'apple' as const, name, capability: undefined, memory: [] })),
  ]
}

/** Words that tell no two GPUs apart: makers, families, slots and cooling. */
const NOISE = /\b(?:nvidia|geforce|tesla|amd|radeon|instinct|apple|gpu|graphics|generation|blackwell|hopper|ampere|workstation|server|edition|max ?q|pcie?|sxm\d?|hbm\d?e?|oam|sff|with|design)\b/g
const MEMORY = /\b(\d{1,3})[ -]?gi?b\b/

/** Families that people leave out: `A6000` is an RTX A6000. A Quadro RTX 6000 is not just any RTX 6000. */
const FAMILY = /^(?:rtxpro|rtx|gtx|gt|jetson(?:agx)?|rx|pro|quadro(?!rtx))/

/** Every GPU's name. */
export function listGpuNames(): readonly string[] {
  return listGpus().map(({ name }) => name)
}

/** The GPU or the generation that a text names in any usual spelling: `RTX 5090`, `H100-80GB`, `12.0`, `sm_120`, `gfx942`. */
export function findGpu(text: string): Gpu | undefined {
  const words = text.trim().toLowerCase()
  return findGeneration(words) ?? findByName(words)
}

function findGeneration(words: string): Gpu | undefined {
  const capability = /^gfx[\da-f]+/.exec(words)?.[0] ?? capabilityOf(words)
  if (capability === undefined) return undefined
  if (cuda.capabilities.some(({ version }) => version === capability)) return { vendor: 'nvidia', name: undefined, capability, memory: [] }
  return gpus.generations.amd.some((row) => row.capability === capability) ? { vendor: 'amd', name: undefined, capability, memory: [] } : undefined
}

/** `sm_90a` and `9.0+PTX` name the generation 9.0. */
function capabilityOf(words: string): string | undefined {
  const [, whole, major, minor] = /^(?:(\d{1,2}\.\d)|(?:sm|compute)_?(\d{1,2})(\d))[af]?(?:\+ptx)?$/.exec(words) ?? []
  return whole ?? (major === undefined || minor === undefined ? undefined : `${major}.${minor}`)
}

function findByName(words: string): Gpu | undefined {
  const key = keyOf(words)
  const known = gpusByKey()
  // A laptop's card of the desktop's size has no row of its own.
  const gpu = known.get(key) ?? known.get(key.replace(/laptop$/, ''))
  if (gpu === undefined) return undefined
  const size = Number(MEMORY.exec(words)?.[1])
  return { ...gpu, memory: gpu.memory.includes(size) ? [size] : gpu.memory }
}

let index: ReadonlyMap<string, Gpu> | undefined

/** Made once, by whoever first asks for a name. */
function gpusByKey(): ReadonlyMap<string, Gpu> {
  index ??= indexOf(listGpus())
  return index
}

/** By the whole key, and by a shorter one where that names one GPU alone. */
function indexOf(all: readonly (Gpu & { readonly name: string })[]): ReadonlyMap<string, Gpu> {
  const whole = new Map(all.map((gpu) => [keyOf(gpu.name.toLowerCase()), gpu] as const))
  const short = [...whole].map(([key, gpu]) => [key.replace(FAMILY, ''), gpu] as const)
  const counts = new Map<string, number>()
  for (const [key] of short) counts.set(key, (counts.get(key) ?? 0) + 1)
  return new Map([...short.filter(([key]) => counts.get(key) === 1), ...whole])
}

function keyOf(words: string): string {
  return words.replace(MEMORY, ' ').replace(/[_-]/g, ' ').replace(/\b(?:mobile|notebook)\b/g, 'laptop').replace(NOISE, ' ').replace(/[^a-z\d+]/g, '')
}
