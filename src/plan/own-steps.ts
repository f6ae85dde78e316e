/** What of an image is made by the user's own words, where nobody can tell from the image whether that was the same. */
import { textForCompose } from '../config/template.ts'
import type { Resolved } from './resolved.ts'

/** The steps of `build.run`, or the instructions of the user's Dockerfile, and the arguments that they see; empty where there are none. */
export function ownStepsOf({ config, ownImage }: Pick<Resolved, 'config' | 'ownImage'>): readonly string[] {
  const steps = ownImage === undefined ? config.build.run.map(({ command }) => command.value) : [withoutComments(ownImage.text), ownImage.target ?? '']
  const seen = config.build.args.map(({ name, value }) => `${name.value}=${value === undefined ? '' : textForCompose(value.value)}`)
  return steps.length === 0 ? [] : [...steps, ...seen]
}

/** Another comment makes no other image. */
function withoutComments(dockerfile: string): string {
  return dockerfile.split(/\r?\n/).filter((line) => !/^\s*(?:#(?!!)|$)/.test(line)).join('\n')
}
