/** Resolves by uv on this machine, which needs no container and takes a second; it is told of the Python and the indexes of the base image. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { execa } from 'execa'
import { parseRequirement } from '../project/requirements.ts'
import { readPylock } from './read-pylock.ts'
import { constraintsOf, LockError, noVersions, type BaseFacts, type RequestedLayer, type Resolve, type ResolvedPackage, type ResolveRequest } from './resolution.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Whether there is a uv on the path. */
export async function hasUv(env: Environment): Promise<boolean> {
  const { failed } = await execa('uv', ['--version'], { env, extendEnv: false, reject: false })
  return !failed
}

/** `ownPlatform` is what Docker runs by itself. */
export function resolveWithUv(env: Environment, ownPlatform: string): Resolve {
  return async (request) => {
    const folder = mkdtempSync(join(tmpdir(), 'mlstack-lock-'))
    try {
      const compile = async (layers: readonly RequestedLayer[], limits: readonly ResolvedPackage[]) => readPylock(await runUv({ request, layers, limits, folder, env, ownPlatform }))
      const all = await compile(request.layers, [])
      const before = []
      for (let end = 1; end < request.layers.length; end += 1) before.push(await compile(request.layers.slice(0, end), all))
      return [...before, all]
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

interface Run {
  readonly request: ResolveRequest
  readonly layers: readonly RequestedLayer[]
  readonly limits: readonly ResolvedPackage[]
  readonly folder: string
  readonly env: Environment
  readonly ownPlatform: string
}

async function runUv({ request, layers, limits, folder, env, ownPlatform }: Run): Promise<string> {
  const { files, facts, platform = ownPlatform } = request
  const texts = { ...files, 'pyproject.toml': formatProject(layers, facts), '.constraints': constraintsOf(limits) }
  for (const [path, text] of Object.entries(texts)) writeText(join(folder, path), text)
  const words = ['pip', 'compile', 'pyproject.toml', ...layers.flatMap(({ file }) => file ?? []), '--constraints', '.constraints', '--format', 'pylock.toml']
  const target = ['--python-version', facts.python, '--python-platform', targetOf(platform, facts)]
  // As pip does: of all indexes the newest version, no settings of a user's, and no Python from elsewhere.
  const manner = ['--index-strategy', 'unsafe-best-match', '--no-config', '--no-header', '--no-python-downloads', '--quiet', '--color', 'never']
  const { exitCode, stdout, stderr } = await execa('uv', [...words, ...target, ...manner], { cwd: folder, env: environmentOf(env, facts), extendEnv: false, reject: false })
  if (exitCode === undefined) throw new LockError(`uv cannot be run: ${stderr || 'it did not start'}`, { help: 'take pip, which every base image has: mlstack lock --with pip' })
  if (exitCode !== 0) throw noVersions('uv', stderr)
  return stdout
}

/** A project whose sources say that a framework comes from its own index alone. */
function formatProject(layers: readonly RequestedLayer[], { python }: BaseFacts): string {
  const requirements = layers.flatMap((layer) => [...(layer.own?.requirements ?? []), ...layer.requirements])
  const own = layers.flatMap((layer, at) => (layer.own === undefined ? [] : [{ name: `own${at}`, url: layer.own.index, packages: namesOf(layer.own.requirements) }]))
  return [
    '[project]\nname = "mlstack-yaml"\nversion = "0"',
    `requires-python = ">=${python}"`,
    `dependencies = [\n${requirements.map((text) => `  ${JSON.stringify(text)},\n`).join('')}]`,
    ...own.map(({ name, url }) => `[[tool.uv.index]]\nname = "${name}"\nurl = ${JSON.stringify(url)}\nexplicit = true`),
    '[tool.uv.sources]',
    ...own.flatMap(({ name, packages }) => packages.map((each) => `${each} = { index = "${name}" }`)),
    '',
  ].join('\n')
}

function namesOf(requirements: readonly string[]): readonly string[] {
  return [...new Set(requirements.map((text) => parseRequirement(text)?.name ?? text))]
}

/** What builds take from the shell, else what pip is configured with in the image. */
function environmentOf(env: Environment, { pip }: BaseFacts): Environment {
  const settings = {
    UV_INDEX_URL: env['UV_INDEX_URL'] || env['PIP_INDEX_URL'] || pip.index,
    UV_EXTRA_INDEX_URL: env['PIP_EXTRA_INDEX_URL'] || pip.extraIndexes.join(' '),
    UV_FIND_LINKS: pip.links.join(','),
    UV_INSECURE_HOST: pip.trusted.join(' '),
    UV_INDEX: '',
    UV_DEFAULT_INDEX: '',
  }
  const given = Object.entries(settings).filter(([, value]) => value !== '')
  const others = Object.entries(env).filter(([name]) => !Object.hasOwn(settings, name))
  return Object.fromEntries([...others, ...given])
}

const MACHINES: Readonly<Record<string, string>> = { amd64: 'x86_64', arm64: 'aarch64' }

/** C libraries that uv has a platform for; of those that the image's is not older than, the newest. */
const LIBRARIES = [40, 39, 38, 37, 36, 35, 34, 33, 32, 31, 28, 17]

function targetOf(platform: string, { glibc }: BaseFacts): string {
  const machine = MACHINES[platform.split('/')[1] ?? '']
  if (machine === undefined) throw new LockError(`uv has no packages for ${platform}`, { help: 'use linux/amd64 or linux/arm64, or take pip: mlstack lock --with pip' })
  const minor = Number(/^2\.(\d+)/.exec(glibc)?.[1] ?? 0)
  const library = LIBRARIES.find((each) => each <= minor)
  return library === undefined ? `${machine}-unknown-linux-musl` : `${machine}-manylinux_2_${library}`
}

function writeText(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}
