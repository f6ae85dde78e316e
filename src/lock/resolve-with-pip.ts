/** Resolves by the pip of the base image itself, so that every marker is that of the Python which will install. */
import type { Docker } from '../engine/docker.ts'
import { resolveText } from '../generated/lock-resolve.js'
import { readPipReports } from './read-pip-report.ts'
import { noVersions, type Resolve } from './resolution.ts'

/** What builds take from the shell as well; the names alone stand on the command line. */
const PASSED_ON = ['PIP_INDEX_URL', 'PIP_EXTRA_INDEX_URL', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'] as const

/** `env` is the shell's, in which `docker` runs as well. */
export function resolveWithPip(docker: Docker, env: Readonly<Record<string, string | undefined>>): Resolve {
  const variables = PASSED_ON.filter((name) => env[name] !== undefined).flatMap((name) => ['--env', name])
  return async ({ base, platform, systemPackages, files, layers }) => {
    const place = platform === undefined ? [] : ['--platform', platform]
    const command = ['run', '--rm', '--interactive', '--user', '0:0', ...place, ...variables, '--entrypoint', 'python', base, '-c', resolveText]
    const result = await docker.run(command, { input: JSON.stringify({ system: systemPackages, files, layers: layers.map(({ requirements, own = null, file = null }) => ({ requirements, own, file })) }) })
    if (result.exitCode !== 0) throw noVersions('pip', result.stderr)
    return readPipReports(result.stdout)
  }
}
