/** What the images of a stack will weigh, told before anything is downloaded: layer by layer, from what was measured of each package. */
import { findImageSize, sumOf, type Size } from '../facts/sizes.ts'
import { imagesOf } from './all-images.ts'
import { estimatePackages } from './estimate-packages.ts'
import { estimateSystem } from './estimate-system.ts'
import type { Image, Service, Stack } from './stack.ts'

/** One layer; in bytes, downloaded and as Docker counts it in the image. */
export interface LayerEstimate extends Size {
  /** Such as `PyTorch 2.13.0` or `requirements.txt`. */
  readonly layer: string
  /** One line, what is in it. */
  readonly why: string
  /** What was never measured. */
  readonly assumed: readonly string[]
  /** What each of these is counted as. */
  readonly assumption: Size
}

export interface ImageEstimate extends Size {
  readonly image: string
  readonly services: readonly string[]
  readonly layers: readonly LayerEstimate[]
}

export interface StackEstimate extends Size {
  readonly images: readonly ImageEstimate[]
}

/** The name of the layers that an image begins with. */
export const BASE_LAYER = 'base image'

/** Code is not counted. The amounts of the stack count once what its images share. */
export function estimateStack(stack: Pick<Stack, 'images' | 'overlay' | 'services'>): StackEstimate {
  const all = imagesOf(stack)
  const estimates = all.map(estimateImage)
  const layers = all.flatMap((image, index) => placeLayers(contentsOf(image), estimates[index]?.layers ?? []))
  // pip keeps what it has downloaded, whatever the layers before were; a layer itself is shared only on top of the same others.
  const { download } = sumOf(once(layers, ({ content }) => content))
  const { installed } = sumOf(once(layers, ({ chain }) => chain))
  const vendors = estimateVendors(stack.services)
  return { ...sumOf([{ download, installed }, ...vendors]), images: [...estimates, ...vendors] }
}

/** Images that others have made, which are downloaded as they are. */
function estimateVendors(services: readonly Service[]): readonly ImageEstimate[] {
  const images = new Map(services.flatMap(({ image, vendor }) => (vendor === undefined ? [] : [[image, vendor] as const])))
  return [...images].map(([image, { title, size }]) => {
    const layer = { layer: 'image of a server', why: `${title}, from its makers`, assumed: ['image of a server'], assumption: size, ...size }
    return { image, services: services.filter((service) => service.image === image).map(({ name }) => name), layers: [layer], ...size }
  })
}

function estimateImage(image: Image): ImageEstimate {
  const layers = [estimateBase(image), ...estimateSystem(image), ...estimatePackages(image)]
  return { image: image.name, services: image.roles, layers, ...sumOf(layers) }
}

/** What the user's own image weighs nobody knows here: it counts as the smallest that there is. */
function estimateBase({ baseImage, isForeignBase, own }: Image): LayerEstimate {
  const python = /^python:(3\.\d+)[\w.]*-slim/.exec(baseImage)?.[1]
  const known = python === undefined ? undefined : findImageSize(python)
  const size = known ?? findImageSize('3.11') ?? { download: 0, installed: 0 }
  const image = baseImage.replace(/@.*/, '')
  const why = own !== undefined ? `all that ${own.path} puts there` : isForeignBase ? `${image}, from \`build.from\`` : image
  return { layer: BASE_LAYER, why, assumed: known === undefined ? [BASE_LAYER] : [], assumption: size, ...size }
}

/** What makes each layer of an image the same as one of another. */
function contentsOf({ baseImage, systemPackages, packages }: Image): readonly string[] {
  const system = systemPackages.length === 0 ? [] : [systemPackages.map(({ name }) => name).join(' ')]
  return [baseImage, ...system, ...packages.map(({ requirements }) => requirements.join('\n'))]
}

interface PlacedLayer extends Size {
  readonly content: string
  /** The contents up to this one. */
  readonly chain: string
}

function placeLayers(contents: readonly string[], layers: readonly LayerEstimate[]): readonly PlacedLayer[] {
  return layers.map(({ download, installed }, index) => ({ download, installed, content: contents[index] ?? '', chain: contents.slice(0, index + 1).join('\n\n') }))
}

function once(layers: readonly PlacedLayer[], keyOf: (layer: PlacedLayer) => string): readonly PlacedLayer[] {
  return [...new Map(layers.map((layer) => [keyOf(layer), layer])).values()]
}
