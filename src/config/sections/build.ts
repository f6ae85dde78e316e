/** `build` and `code`: how images are made and what goes into them. */
import * as builds from '../../diagnostics/catalogue/builds.ts'
import * as shape from '../../diagnostics/catalogue/shape.ts'
import type { Sink } from '../../diagnostics/sink.ts'
import type { Tree } from '../../syntax/tree.ts'
import { parseByteSize } from '../byte-size.ts'
import type { Build, BuildStep, Code, Variable } from '../config.ts'
import type { Located } from '../located.ts'
import { asMap, entriesOf, fieldOf, itemsOf, readFlag, readText, readTexts, readVerbatim } from '../read.ts'
import { isNamedLikeSecret } from '../secret-literal.ts'
import { literalOf } from '../template.ts'
import { parseUser } from '../user.ts'
import { normalizeVariables } from './environment.ts'

/** Keys of `build` that Compose has under the same name and that are handed on. */
const COMPOSE_BUILD_KEYS = ['ssh', 'network', 'cache_from', 'cache_to', 'tags']

export function normalizeBuild(tree: Tree | undefined, sink: Sink): Build {
  const text = (key: string) => readText(fieldOf(tree, key), `build.${key}`, sink)
  return {
    from: text('from'),
    dockerfile: text('dockerfile'),
    target: text('target'),
    run: itemsOf(fieldOf(tree, 'run')).flatMap((item) => normalizeStep(item, sink) ?? []),
    ignore: itemsOf(fieldOf(tree, 'ignore')).flatMap((item) => readVerbatim(item) ?? []),
    args: readArguments(fieldOf(tree, 'args'), sink),
    secrets: readTexts(fieldOf(tree, 'secrets'), 'build.secrets', sink),
    platforms: readPlatforms(fieldOf(tree, 'platforms'), sink),
    compose: entriesOf(tree)
      .filter(({ key }) => COMPOSE_BUILD_KEYS.includes(key))
      .map(({ key, keySpan, value }) => ({ name: { value: key, span: keySpan }, value })),
    user: readUser(text('user'), fieldOf(tree, 'dockerfile') !== undefined, sink),
    ca: text('ca'),
    maxImageSize: readSize(text('max_image_size'), sink),
  }
}

/** A number, or any user where the image is the user's own. */
function readUser(user: Located<string> | undefined, isOwnImage: boolean, sink: Sink): Build['user'] {
  if (user === undefined) return undefined
  const numbers = parseUser(user.value)
  if (/^(?:root|0+)(?::|$)/.test(user.value)) sink.report(builds.rootUser({}, { at: user.span }))
  else if (numbers === undefined && !isOwnImage) sink.report(builds.namedUser({ user: user.value }, { at: user.span }))
  return numbers === undefined && !isOwnImage ? undefined : user
}

/** Nothing is smaller than an image of no size. */
function readSize(size: Located<string> | undefined, sink: Sink): Build['maxImageSize'] {
  const bytes = size && parseByteSize(size.value)?.bytes
  if (size !== undefined && bytes === undefined) sink.report(shape.badByteSize({ name: 'build.max_image_size', found: size.value }, { at: size.span }))
  return size === undefined || bytes === undefined ? undefined : { ...size, bytes }
}

/** A literal secret is refused as everywhere; one from the shell would be in no file, but in the image. */
function readArguments(tree: Tree | undefined, sink: Sink): readonly Variable[] {
  const variables = normalizeVariables(tree, sink)
  for (const { name, value } of variables) {
    const isLiteral = value !== undefined && literalOf(value.value) !== undefined
    if (!isLiteral && isNamedLikeSecret(name.value)) sink.report(shape.secretArgument({ variable: name.value }, { at: name.span }))
  }
  return variables
}

function readPlatforms(tree: Tree | undefined, sink: Sink): Build['platforms'] {
  return tree && { value: readTexts(tree, 'build.platforms', sink), span: tree.span }
}

/** What `facts/container.ts` calls it in the images. */
const CONTAINER_USER = 'mlstack'

function normalizeStep(tree: Tree, sink: Sink): BuildStep | undefined {
  const map = asMap(tree)
  const command = readVerbatim(map === undefined ? tree : fieldOf(map, 'command'))
  if (command === undefined) return undefined
  const secrets = fieldOf(map, 'secrets')
  const user = readText(fieldOf(map, 'user'), 'build.run.user', sink)
  const after = (readVerbatim(fieldOf(map, 'after'))?.value as BuildStep['after'] | undefined) ?? 'packages'
  if (user?.value === CONTAINER_USER && after !== 'code') sink.report(builds.userNotThere({}, { at: user.span }))
  return {
    span: tree.span,
    command,
    secrets: secrets && readTexts(secrets, 'build.run.secrets', sink),
    user,
    after,
  }
}

/** A path, a list of paths, or a mapping. The default is the config's folder. */
export function normalizeCode(tree: Tree | undefined, root: Tree, sink: Sink): Code {
  const map = asMap(tree)
  const paths = readTexts(map === undefined ? tree : fieldOf(map, 'paths'), 'code', sink)
  return {
    paths: paths.length > 0 ? paths : [{ value: '.', span: (tree ?? root).span }],
    workdir: readText(fieldOf(map, 'workdir'), 'code.workdir', sink),
    install: readFlag(fieldOf(map, 'install')) ?? { value: 'auto', span: (tree ?? root).span },
  }
}
