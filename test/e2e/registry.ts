/** A registry of the test's own on this machine: Debian's `docker-registry`, which is installed where it is missing. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { execa, execaSync } from 'execa'
import { findFreePort } from './engine.ts'

export interface Registry {
  /** Such as `localhost:41234`: Docker speaks plain HTTP to this host. */
  readonly host: string
}

const PROGRAM = 'docker-registry'

/** Whether there is one, after an attempt to install it. */
export function hasRegistry(): boolean {
  if (isThere()) return true
  for (const words of [['update'], ['install', '-y', '--no-install-recommends', PROGRAM]]) execaSync('apt-get', words, { reject: false, env: { DEBIAN_FRONTEND: 'noninteractive' } })
  return isThere()
}

function isThere(): boolean {
  return !execaSync(PROGRAM, ['--version'], { reject: false }).failed
}

/** Runs a registry with one image in it, and removes both. `image` is pushed under its own name. */
export async function withRegistry(image: string, use: (registry: Registry) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'mlstack-registry-'))
  const port = await findFreePort()
  const host = `localhost:${port}`
  const settings = join(folder, 'config.yml')
  writeFileSync(settings, `version: 0.1\nlog: { level: error }\nstorage: { filesystem: { rootdirectory: "${join(folder, 'data')}" } }\nhttp: { addr: "127.0.0.1:${port}" }\n`)
  const registry = execa(PROGRAM, ['serve', settings], { reject: false, stdio: 'ignore' })
  try {
    await waitFor(`http://127.0.0.1:${port}/v2/`)
    await execa('docker', ['tag', image, `${host}/${image}`])
    await execa('docker', ['push', '--quiet', `${host}/${image}`])
    await use({ host })
  } finally {
    registry.kill()
    await registry
    await removeImages(host)
    rmSync(folder, { recursive: true, force: true })
  }
}

async function waitFor(url: string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const isUp = await fetch(url).then(({ ok }) => ok, () => false)
    if (isUp) return
    await sleep(100)
  }
  throw new Error(`the registry does not answer at ${url}`)
}

/** Under its tag and under its digest; the image itself has other names. */
async function removeImages(host: string): Promise<void> {
  const { stdout } = await execa('docker', ['image', 'ls', '--digests', '--format', '{{.Repository}} {{.Tag}} {{.Digest}}', '--filter', `reference=${host}/*`], { reject: false })
  const names = stdout.split('\n').flatMap((line) => {
    const [repository = '', tag, digest] = line.split(' ')
    return [...(tag === undefined || tag === '<none>' ? [] : [`${repository}:${tag}`]), ...(digest === undefined || digest === '<none>' ? [] : [`${repository}@${digest}`])]
  })
  for (const name of new Set(names)) await execa('docker', ['image', 'rm', name], { reject: false })
}
