/** What was decided of a ready-made server: which one it is and why, and where it answers. */
import { servesByItself } from '../resolve/server.ts'
import { decision, type Decision } from '../resolve/decision.ts'
import type { ServiceInput } from './service.ts'

/** None for a role with a command of its own. */
export function decideServer({ role, server, project }: ServiceInput): readonly Decision[] {
  if (server === undefined || !servesByItself(role)) return []
  const { paths, ports, title } = server.facts
  return [
    server.decision,
    decision('answers', `POST ${paths.predict.replace('{model}', project)}`, server.facts.protocol === 'v2' ? 'the Open Inference Protocol V2; the model has the name of the project' : `the protocol of ${title}`),
    ...(paths.docs === undefined ? [] : [decision('documentation', `GET ${paths.docs}`, `${title} describes its API there`)]),
    ...ports.map(({ name: what, port }) => decision(what, `port ${port}`, 'for other services: it is not published')),
  ]
}
