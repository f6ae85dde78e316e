/** Holds the estimates of images to `build.max_image_size`. */
import type { Config } from '../../config/config.ts'
import type { Located } from '../../config/located.ts'
import { formatBytes } from '../../diagnostics/amounts.ts'
import * as knowledge from '../../diagnostics/catalogue/knowledge.ts'
import type { Label, Span } from '../../diagnostics/diagnostic.ts'
import type { Sink } from '../../diagnostics/sink.ts'
import { findFramework } from '../../facts/frameworks.ts'
import { findLighterTwin } from '../../facts/sizes.ts'
import { parseRequirement } from '../../project/requirements.ts'
import { imagesOf } from '../all-images.ts'
import { BASE_LAYER, estimateStack, type ImageEstimate, type LayerEstimate } from '../estimate.ts'
import type { Image, Stack } from '../stack.ts'

/** Warns of each image that is estimated to be larger, and names its largest layer. */
export function verifySizes(config: Config, stack: Stack, sink: Sink): void {
  const limit = config.build.maxImageSize
  if (limit === undefined) return
  for (const estimate of estimateStack(stack).images) if (estimate.installed > limit.bytes) reportLarge({ config, stack, estimate, limit }, sink)
}

interface Large {
  readonly config: Config
  readonly stack: Stack
  readonly estimate: ImageEstimate
  readonly limit: Located<string>
}

function reportLarge({ config, stack, estimate, limit }: Large, sink: Sink): void {
  const largest = estimate.layers.toSorted((one, other) => other.installed - one.installed)[0]
  const image = imagesOf(stack).find(({ name }) => name === estimate.image)
  if (largest === undefined || image === undefined) return
  const words = {
    image: estimate.image,
    size: formatBytes(estimate.installed),
    limit: limit.value,
    largest: `${largest.layer} (${formatBytes(largest.installed)})`,
    cheaper: findCheaper(image),
  }
  sink.report(knowledge.largeImage(words, { at: limit.span, related: placesOf(config, largest) }))
}

/** The place that asks for the largest layer, where the config has one. */
function placesOf(config: Config, { layer, installed }: LayerEstimate): readonly Label[] {
  const span = placeOf(config, layer)
  return span === undefined ? [] : [{ span, message: `${layer} takes about ${formatBytes(installed)}` }]
}

function placeOf({ frameworks, build, system, python }: Config, layer: string): Span | undefined {
  if (layer === BASE_LAYER) return build.from?.span
  if (layer === 'Debian packages') return system[0]?.span
  if (layer === 'further packages') return python.packages[0]?.span
  const framework = frameworks.find(({ name }) => layer.startsWith(`${findFramework(name.value)?.title ?? ''} `))
  return framework?.span ?? python.requirements?.find(({ value }) => value === layer)?.span
}

/** What would make the image smaller, the surest first. */
function findCheaper(image: Image): readonly string[] {
  const names = image.packages.flatMap(({ requirements }) => requirements.map((text) => parseRequirement(text)?.name ?? ''))
  const twins = [...new Set(names)].flatMap((name) => {
    const twin = findLighterTwin(name)
    return twin === undefined ? [] : [`with ${twin} in place of ${name}`]
  })
  return [...sizeWithoutGpu(image), ...twins]
}

function sizeWithoutGpu(image: Image): readonly string[] {
  const packages = image.packages.map((layer) => (layer.kind === 'framework' ? { ...layer, build: { kind: 'cpu' } as const } : layer))
  const [estimate] = estimateStack({ images: [{ ...image, packages }], overlay: undefined, services: [] }).images
  const hasGpu = image.packages.some((layer) => layer.kind === 'framework' && (layer.build.kind === 'cuda' || layer.build.kind === 'rocm'))
  return hasGpu && estimate !== undefined ? [`without \`gpu\`, about ${formatBytes(estimate.installed)}`] : []
}
