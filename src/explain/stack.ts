/** The decisions of a stack as a whole, and of one service of it, as they are shown. */
import type { ExplainedImage, ExplainedService } from '../explain.ts'
import { renderDecisions, viewDecision, type DecisionView } from './decisions.ts'
import { createFootnotes } from './footnotes.ts'
import { paint, paragraph, type Page } from './layout.ts'

/** As `mlstack explain --format json` prints it. */
export interface StackView {
  readonly version: 1
  readonly images: readonly ImageView[]
  readonly services: readonly ServiceView[]
}

export interface ImageView {
  readonly image: string
  readonly services: readonly string[]
  readonly decisions: readonly DecisionView[]
}

export interface ServiceView {
  readonly service: string
  readonly kind: 'job' | 'service'
  /** Absent for a service that is passed to Compose word for word. */
  readonly image?: string
  readonly decisions: readonly DecisionView[]
}

/** As `mlstack explain SERVICE --format json` prints it: the decisions of the service, and those of its image. */
export interface OneServiceView extends ServiceView {
  readonly version: 1
  readonly image_decisions?: readonly DecisionView[]
}

export function viewStack(images: readonly ExplainedImage[], services: readonly ExplainedService[]): StackView {
  return { version: 1, images: images.map(viewImage), services: services.map(viewService) }
}

export function viewOneService(service: ExplainedService, images: readonly ExplainedImage[]): OneServiceView {
  const image = images.find(({ name }) => name === service.image)
  return { version: 1, ...viewService(service), ...(image === undefined ? {} : { image_decisions: image.decisions.map(viewDecision) }) }
}

function viewImage({ name, services, decisions }: ExplainedImage): ImageView {
  return { image: name, services, decisions: decisions.map(viewDecision) }
}

function viewService({ name, kind, image, decisions }: ExplainedService): ServiceView {
  return { service: name, kind, ...(image === undefined ? {} : { image }), decisions: decisions.map(viewDecision) }
}

export function renderStack({ images, services }: StackView, page: Page): string {
  const footnotes = createFootnotes()
  const ofImages = images.map(({ image, services: users, decisions }) => `${headOfImage(image, users, page)}\n${renderDecisions(decisions, footnotes, page)}`)
  const ofServices = services.map((service) => `${headOfService(service, page)}\n${renderDecisions(service.decisions, footnotes, page)}`)
  return `${[...ofImages, ...ofServices].join('\n')}${footnotes.render(page)}`
}

/** `description` says what the key of the same name is for; a service of the user's has none. */
export function renderOneService(view: OneServiceView, description: string | undefined, page: Page): string {
  const footnotes = createFootnotes()
  const own = renderDecisions(view.decisions, footnotes, page)
  const about = description === undefined ? '' : `${paragraph(description, page)}\n`
  const ofImage = view.image_decisions === undefined ? '' : `\n${headOfImage(view.image ?? '', [], page)}\n${renderDecisions(view.image_decisions, footnotes, page)}`
  return `${headOfService(view, page)}\n${about}${own}${ofImage}${footnotes.render(page)}`
}

export function headOfImage(image: string, services: readonly string[], page: Page): string {
  return `${paint('strong', `image ${image}`, page)}${services.length < 2 ? '' : `, shared by ${services.join(', ')}`}\n`
}

function headOfService({ service, kind, image }: ServiceView, page: Page): string {
  return `${paint('strong', `${kind} ${service}`, page)}${image === undefined ? '' : `, in the image ${image}`}\n`
}
