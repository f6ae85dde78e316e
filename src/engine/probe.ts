/** Asks Docker about itself and its engine, all at once and with patience that ends. */
import type { DockerFault } from './docker-faults.ts'
import { DockerError, type Docker } from './docker.ts'
import { parseEndpoint, parseInfo, parsePublishing, parseReclaimable, parseVersion, type EngineAnswers } from './engine-answers.ts'

/** What a command printed, or why Docker did not run it. */
type Answer = { readonly text: string } | { readonly fault: DockerFault }

/** Never throws: what is missing is an answer. `patience` is in milliseconds, for each question. */
export async function probeEngine(docker: Pick<Docker, 'run'>, patience: number): Promise<EngineAnswers> {
  const ask = (...args: readonly string[]) => askDocker(docker, args, patience)
  const [version, info, context, compose, buildx, disk, containers] = await Promise.all([
    ask('version', '--format', '{{.Server.Version}}'),
    ask('info', '--format', '{{json .}}'),
    ask('context', 'inspect', '--format', '{{json .}}'),
    ask('compose', 'version', '--short'),
    ask('buildx', 'version'),
    ask('system', 'df', '--format', '{{json .}}'),
    ask('ps', '--no-trunc', '--format', '{{json .}}'),
  ])
  const parsed = parseInfo(textOf(info))
  const fault = [version, info].find((answer) => 'fault' in answer)
  return {
    fault: fault !== undefined && 'fault' in fault ? fault.fault : parsed === undefined ? SILENT : undefined,
    info: parsed,
    endpoint: parseEndpoint(textOf(context)),
    composeVersion: parseVersion(textOf(compose)),
    buildxVersion: parseVersion(textOf(buildx)),
    reclaimable: parseReclaimable(textOf(disk)),
    containers: parsePublishing(textOf(containers)),
  }
}

const SILENT: DockerFault = { message: 'Docker tells nothing of its engine', help: 'see what it says: docker info' }

async function askDocker(docker: Pick<Docker, 'run'>, args: readonly string[], patience: number): Promise<Answer> {
  try {
    const { exitCode, stdout, stderr, isAborted } = await docker.run(args, { signal: AbortSignal.timeout(patience) })
    if (isAborted) return { fault: { message: `docker ${args[0]} does not answer within ${patience / 1000} s`, help: 'restart Docker Desktop, or the service: sudo systemctl restart docker' } }
    if (exitCode === 0) return { text: stdout }
    return { fault: { message: lastLineOf(stderr), help: `see what it says: docker ${args[0]}` } }
  } catch (error) {
    if (error instanceof DockerError) return { fault: error.fault }
    throw error
  }
}

function textOf(answer: Answer): string {
  return 'text' in answer ? answer.text : ''
}

function lastLineOf(text: string): string {
  return text.trim().split('\n').at(-1)?.trim() ?? ''
}
