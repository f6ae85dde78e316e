/** What the Debian packages of an image weigh. */
import { findSystemSize, sumOf, TYPICAL_SYSTEM } from '../facts/sizes.ts'
import type { LayerEstimate } from './estimate.ts'
import type { Image } from './stack.ts'

/** With `ffmpeg` comes `libgl1`: it is counted once. */
export function estimateSystem({ systemPackages }: Image): readonly LayerEstimate[] {
  if (systemPackages.length === 0) return []
  const names = systemPackages.map(({ name }) => name.split('=')[0] ?? name)
  const held = new Set(names.flatMap((name) => findSystemSize(name)?.holds ?? []))
  const counted = names.filter((name) => !held.has(name)).map((name) => ({ name, size: findSystemSize(name) }))
  return [
    {
      layer: 'Debian packages',
      why: names.join(', '),
      assumed: counted.filter(({ size }) => size === undefined).map(({ name }) => name),
      assumption: TYPICAL_SYSTEM,
      ...sumOf(counted.map(({ size }) => size ?? TYPICAL_SYSTEM)),
    },
  ]
}
