/** The Compose file that is laid over compose.yaml while a person edits the code of a service. */
import { literal } from '../../config/template.ts'
import { escapePattern } from '../../plan/ignore.ts'
import { contextPathFromOutput } from '../../plan/layout.ts'
import { DEVELOPMENT_FILE } from '../../plan/own-files.ts'
import type { CodeCopy, Image, Service, Stack } from '../../plan/stack.ts'
import { headerOf, withHeader } from '../header.ts'
import type { OutputFile } from '../output-file.ts'
import { keepFirstComments } from './compose.ts'
import { formatCompose } from './document.ts'
import { composeBuild, composeEntrypoint, USER_ID } from './service.ts'
import { entry, entryIf, list, map, rawText, text, token, type ComposeMap, type ComposeValue } from './value.ts'
import { planWatchIgnore } from './watch-ignore.ts'

const purposeOf = ({ composeFile }: Stack) => `#
# For editing the code of a running service: a saved file is copied into the container, and the command starts anew.
# Compose reads the paths here as seen from the folder of ${composeFile}, which is where to run this:
#
#     docker compose -f ${composeFile} -f ${DEVELOPMENT_FILE} up --build --watch

`

/** The file, where there is a service with code to edit; what a person starts works on the project's own files. */
export function emitDevelopment(stack: Stack): readonly OutputFile[] {
  const services = stack.services.flatMap((service) => {
    const image = stack.images.find(({ name }) => name === service.image)
    return service.kind === 'service' && service.profiles.length === 0 && image !== undefined && image.code.length > 0 ? [entry(service.name, developService(service, image, stack))] : []
  })
  if (services.length === 0) return []
  const root = map([entry('services', map(keepFirstComments(services)))])
  return [{ path: DEVELOPMENT_FILE, text: withHeader(purposeOf(stack) + formatCompose(root), headerOf(stack)) }]
}

/** Only what differs from the service in the Compose file, where a `develop` or `user` of the user's is already. */
function developService(service: Service, image: Image, stack: Stack): ComposeMap {
  const [builder = image.name] = image.roles
  const isChosen = (key: string) => service.overrides.some((override) => override.key === key)
  return map([
    builder === service.name ? undefined : entry('build', composeBuild(image, stack), `Compose watches no service without a build of its own. This one is ${builder}'s again, so all of it is cached.`),
    entry('entrypoint', composeEntrypoint(service, ['--watch']), 'With --watch a command that crashes is waited for to be mended, in a container that goes on running.'),
    isChosen('user') ? undefined : entry('user', rawText(image.extras.user?.uid ?? USER_ID), 'Without the group: to copy files in, the engine looks all of this up as one name.'),
    service.fileSystem.isReadOnly ? entry('read_only', token(false), 'Code is copied into the container, which a read-only root refuses.') : undefined,
    hasVariable(service, BYTECODE) ? undefined : entry('environment', map([entry(BYTECODE, text(literal('1')))]), 'Two saves within a second look alike to the cache of compiled modules, which would run the first.'),
    isChosen('develop') ? undefined : entry('develop', map([entry('watch', composeWatch(image, stack))])),
  ])
}

const BYTECODE = 'PYTHONDONTWRITEBYTECODE'

function hasVariable({ environment }: Service, name: string): boolean {
  return environment.some((variable) => variable.name === name)
}

function composeWatch(image: Image, { layout }: Stack): ComposeValue {
  const layers = image.packages.filter((layer) => layer.kind === 'requirements')
  // What is installed instead of a file of the user's changes when mlstack compiles it anew.
  const requirements = [...layers.flatMap(({ path, includes, copy }) => [copy?.path ?? path, ...includes]), ...image.constraints]
  const unwatched = [...image.ignore.flatMap(({ patterns }) => patterns), ...[...requirements, ...layers.map(({ path }) => path)].map(escapePattern)]
  const pathOf = (path: string) => entry('path', text(literal(contextPathFromOutput(path, layout))))
  return list([
    ...image.code.map(({ source, isFolder, target }: CodeCopy) =>
      map([
        entry('action', token('sync+restart')),
        pathOf(source),
        entry('target', text(literal(target))),
        isFolder ? entryIf('ignore', list(planWatchIgnore(source, unwatched).map((pattern) => text(literal(pattern))))) : undefined,
      ]),
    ),
    ...[...new Set(requirements)].map((path) => map([entry('action', token('rebuild')), pathOf(path)])),
  ])
}
