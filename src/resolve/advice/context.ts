/** What advice is given on: the config, its requirements, and what was chosen. */
import type { Config, Variable } from '../../config/config.ts'
import type { Span } from '../../diagnostics/diagnostic.ts'
import { findPythonIn, parseImage, type ImageReference } from '../../facts/base-images.ts'
import type { BuildKind, FrameworkFacts, Release } from '../../facts/frameworks.ts'
import type { UserRequirement } from '../environment.ts'
import { holdsInImages } from '../marker.ts'
import type { UserRequirements } from '../user-requirements.ts'

export interface AdviceContext {
  readonly config: Config
  readonly requirements: UserRequirements
  /** Those chosen. */
  readonly frameworks: readonly AdvisedFramework[]
  /** `X.Y` */
  readonly python: string
  /** The image that all begin from. */
  readonly baseImage: string
}

export interface AdvisedFramework {
  readonly facts: FrameworkFacts
  readonly version: string
  readonly release: Release
  readonly build: BuildKind
  /** Where its version comes from. */
  readonly place: Span
}

/** The context with what several kinds of advice look at. */
export interface Matter extends AdviceContext {
  readonly image: ImageReference
  /** The Python that runs in the containers: the base image's where its tag tells, else the one that was chosen. */
  readonly running: string
  /** The requirements from the index that every image installs, without constraints. */
  readonly binding: readonly UserRequirement[]
}

/** The variables of all roles, then those of each. */
export function variablesOf({ environment, roles }: Config): readonly Variable[] {
  return [...environment, ...roles.flatMap((role) => role.environment)]
}

export function matterOf(context: AdviceContext): Matter {
  const binding = context.requirements.all.filter(({ value, isConstraint }) => !isConstraint && value.url === undefined && holdsInImages(value.marker) === true)
  const image = parseImage(context.baseImage)
  return { ...context, image, binding, running: findPythonIn(image) ?? context.python }
}

/** The framework that installs a distribution, so that the requirement itself is left out. */
export function findCovering(distribution: string, { frameworks }: AdviceContext): AdvisedFramework | undefined {
  return frameworks.find(({ facts }) => facts.distributions.includes(distribution) || facts.retired.includes(distribution))
}

/** The title and version of a framework for a message, such as `PyTorch 2.13.0`. */
export function nameFramework({ facts, version }: AdvisedFramework): string {
  return `${facts.title} ${version}`
}
