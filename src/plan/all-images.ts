/** Every image of a stack: those for machines with GPUs too. */
import type { Image, Stack } from './stack.ts'

export function imagesOf({ images, overlay }: Pick<Stack, 'images' | 'overlay'>): readonly Image[] {
  return [...images, ...(overlay?.images ?? [])]
}
