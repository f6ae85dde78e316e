/** Finds where the config asks for something that stands in the plan. */
import type { Config } from '../config/config.ts'
import type { Span } from '../diagnostics/diagnostic.ts'
import type { Environments } from './environment.ts'

/** By the value of a decision, such as `PyTorch 2.13.0`, or the text of a package or a platform; undefined for what nobody wrote. */
export function findPlace(asked: string, { python, roles, build }: Config, { cpu, gpu }: Environments): Span | undefined {
  const decision = [cpu, gpu].flatMap((environment) => environment?.decisions ?? []).find(({ value }) => value === asked)
  const written = [...python.packages, ...roles.flatMap(({ packages }) => packages), ...(build.platforms?.value ?? [])]
  return decision?.spans[0] ?? written.find(({ value }) => value.trim() === asked)?.span
}
