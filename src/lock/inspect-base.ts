/** Asks a registry for a base image's digest, and the image for what resolving has to know of it. */
import type { Docker, DockerResult } from '../engine/docker.ts'
import { probeText } from '../generated/lock-probe.js'
import { LockError, type BaseFacts } from './resolution.ts'

/** Of all platforms together, where the registry has an image for several. Throws a LockError where no registry answers for it. */
export async function findDigest(docker: Docker, image: string): Promise<string> {
  const written = /@(sha256:[0-9a-f]{64})$/.exec(image)?.[1]
  if (written !== undefined) return written
  const result = await docker.run(['buildx', 'imagetools', 'inspect', image, '--format', '{{json .Manifest}}'])
  const digest = result.exitCode === 0 ? readDigest(result.stdout) : undefined
  if (digest !== undefined) return digest
  throw new LockError(`the digest of ${image} cannot be had: ${lastWords(result)}`, {
    help: 'a digest comes from a registry: look whether this machine reaches it (docker pull), or push the image to one and name it under build.from',
  })
}

/** `image` with its digest, so that Docker looks into no other one; `platform` where it is not the one that Docker runs by itself. */
export async function probeBase(docker: Docker, image: string, platform: string | undefined): Promise<BaseFacts> {
  const place = platform === undefined ? [] : ['--platform', platform]
  const result = await docker.run(['run', '--rm', ...place, '--entrypoint', 'python', image, '-c', probeText])
  if (result.exitCode === 0) return JSON.parse(result.stdout) as BaseFacts
  throw new LockError(`${image} does not tell of its Python: ${lastWords(result)}`, { help: `look what it says: docker run --rm ${image} python -m pip --version` })
}

/** The platform that Docker builds for where nothing else is said, such as `linux/amd64`. */
export async function findPlatform(docker: Docker): Promise<string> {
  const { stdout } = await docker.run(['version', '--format', '{{.Server.Os}}/{{.Server.Arch}}'])
  return stdout.trim()
}

/** What a command said last: the reason stands there. */
export function lastWords({ stderr, stdout }: Pick<DockerResult, 'stderr' | 'stdout'>): string {
  return (stderr.trim() || stdout.trim()).split('\n').at(-1)?.trim().replace(/^error: /i, '') || 'it gave no reason'
}

/** Of an index of images for several platforms its own digest, and not theirs. */
function readDigest(manifest: string): string | undefined {
  const { digest } = JSON.parse(manifest) as { readonly digest?: string }
  return digest
}
