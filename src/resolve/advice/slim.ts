/** Which commands an image lacks, as far as that is certain. */
import { findImageFamily } from '../../facts/base-images.ts'
import { packageOfCommand } from '../../facts/debian.ts'
import type { Matter } from './context.ts'

/** Whether the base image is one of Python's slim ones, to which no step of the user's adds anything. */
export function isSlim({ image, config }: Matter): boolean {
  return findImageFamily(image)?.pythonTag !== undefined && image.tag.split('-').includes('slim') && config.build.run.length === 0
}

/** Whether a slim image lacks a command, and no Debian package that is asked for has it. */
export function lacksCommand(command: string, matter: Matter): boolean {
  const needed = packageOfCommand(command)
  if (needed === undefined || !isSlim(matter)) return false
  const installed = [...matter.config.system.map(({ value }) => value.split('=')[0] ?? ''), ...matter.frameworks.flatMap(({ facts }) => facts.system)]
  // Some packages bring another one that has the command, such as `build-essential` make.
  return !installed.some((name) => name === needed || name === command || name.startsWith(command) || BRINGERS.has(name))
}

const BRINGERS: ReadonlySet<string> = new Set(['build-essential', 'netcat-traditional', 'git-lfs', 'devscripts'])
