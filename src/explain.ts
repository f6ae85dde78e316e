/** Why the stack of a config is as it is: every decision about each image and service, with the lines that it follows from. */
import { planConfig, type ConfigFile, type Planned } from './compile.ts'
import type { Config } from './config/config.ts'
import type { Diagnostic } from './diagnostics/diagnostic.ts'
import { Sink } from './diagnostics/sink.ts'
import { decideAsideImage } from './explain/aside-image.ts'
import { decideFetch } from './explain/fetch.ts'
import { decideService, type ServiceInput } from './explain/service.ts'
import { decideTracking } from './explain/tracking.ts'
import { fetchedOf } from './plan/fetched.ts'
import { environmentOf } from './plan/resolved.ts'
import { factsOf } from './plan/role-kinds.ts'
import type { Image, Stack } from './plan/stack.ts'
import type { Project } from './project/project.ts'
import type { Decision } from './resolve/decision.ts'
import type { Environment } from './resolve/environment.ts'

export interface Explanation {
  /** By file and place. */
  readonly diagnostics: readonly Diagnostic[]
  readonly hasErrors: boolean
  /** Empty where there are errors, as are the services. */
  readonly images: readonly ExplainedImage[]
  readonly services: readonly ExplainedService[]
  /** Undefined where there are errors. */
  readonly stack: Stack | undefined
}

export interface ExplainedImage {
  readonly name: string
  /** The services that use it. */
  readonly services: readonly string[]
  readonly decisions: readonly Decision[]
}

export interface ExplainedService {
  readonly name: string
  readonly kind: 'job' | 'service'
  /** The name of its image; undefined for a service that is passed to Compose word for word. */
  readonly image: string | undefined
  readonly decisions: readonly Decision[]
}

/** Explains a config, or the overlay of it that is named. Never throws on any text: where it does not compile, the diagnostics say why. */
export function explain(file: ConfigFile, project: Project, variant?: string): Explanation {
  const sink = new Sink()
  const planned = planConfig(file, project, { outputFolder: '.', variant }, sink)
  const result = { diagnostics: sink.sorted(), hasErrors: sink.hasErrors, stack: planned?.stack }
  if (planned === undefined) return { ...result, images: [], services: [] }
  const { config, environments, datasets, modelSource, params, outputs, stack } = planned
  const fetched = fetchedOf(planned)
  const services = stack.services.flatMap((service): readonly ExplainedService[] => {
    const role = config.roles.find(({ name }) => name.value === (service.node?.job ?? service.name))
    const source = fetched.find(({ service: name }) => name === service.name)
    if (role === undefined && source === undefined) return []
    const decisions = role === undefined ? (source === undefined ? [] : decideFetch(source, config)) : decideRole({ role, service, config, project: stack.project, datasets, modelSource, params, outputs, server: environments.server })
    return [{ name: service.name, kind: service.kind, image: service.image, decisions }]
  })
  const passed = config.services.map(({ name }): ExplainedService => {
    const decisions = [{ subject: 'service', value: 'as it is written', because: 'what stands under `services` goes to Compose word for word', spans: [name.span] }]
    return { name: name.value, kind: 'service', image: undefined, decisions }
  })
  const included = stack.passed.included.map(({ key }): ExplainedService => {
    const decisions = [{ subject: 'service', value: 'as it is written', because: 'it stands in a Compose file that is included', spans: config.include === undefined ? [] : [config.include.span] }]
    return { name: key, kind: 'service', image: undefined, decisions }
  })
  const images = stack.images.map((image) => explainImage(image, image.aside !== undefined ? decideAsideImage(image, image.aside) : decisionsOf(image.roles, { config, environments })))
  const withGpu = (stack.overlay?.images ?? []).map((image) => explainImage(image, environments.gpu === undefined ? [] : decisionsIn(environments.gpu, image.roles, config)))
  return { ...result, images: [...images, ...withGpu], services: [...services, ...passed, ...included] }
}

function decideRole(input: ServiceInput): readonly Decision[] {
  return decideTracking(input) ?? decideService(input)
}

/** What is locked takes the place of what was decided without the lock. */
function explainImage({ name, roles, baseImage }: Image, decisions: readonly Decision[]): ExplainedImage {
  const own = decisions.map((decision) => {
    const isLocked = decision.subject === 'base image' && decision.value !== baseImage
    return isLocked ? { ...decision, value: baseImage, because: `${decision.because}; the digest is from mlstack.lock` } : decision
  })
  return { name, services: roles, decisions: own }
}

/** Roles share an image only where the same was decided for all of them. */
function decisionsOf(roles: readonly string[], planned: Pick<Planned, 'config' | 'environments'>): readonly Decision[] {
  const role = planned.config.roles.find(({ name }) => name.value === roles[0])
  return role === undefined ? [] : decisionsIn(environmentOf(role, planned), roles, planned.config)
}

/** The packages of the notebook are in its image alone. */
function decisionsIn({ decisions, ofNotebook }: Environment, roles: readonly string[], config: Config): readonly Decision[] {
  const isNotebook = config.roles.some((role) => roles.includes(role.name.value) && factsOf(role).editsProject)
  return isNotebook ? [...decisions, ...ofNotebook.decisions] : decisions
}
