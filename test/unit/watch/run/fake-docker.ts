/** Docker as the loop sees it, in memory: containers come up when they are asked for, and jobs and builds end when a test says so. */
import type { Docker, DockerResult, RunOptions } from '../../../../src/engine/docker.ts'
import { DockerError } from '../../../../src/engine/docker.ts'

interface FakeContainer {
  readonly id: string
  readonly service: string
  image: string
  state: 'running' | 'exited'
  exitCode: number
}

export interface FakeDocker extends Docker {
  /** All commands that change something, in short: `build train`, `up serve`, `up! train` (forced), `kill serve`, `cp serve`. */
  readonly done: readonly string[]
  /** Ends a running job. */
  endJob(service: string, status: number): void
  /** From now on builds wait for `endBuild`. */
  holdBuilds(): void
  endBuild(status: number, output?: string): void
  /** From now on Docker does not answer, or answers again. */
  setAway(isAway: boolean): void
  /** Makes the next `up` fail with these words. */
  failUp(words: string): void
  /** What Compose calls the project from now on. */
  rename(name: string): void
  /** From now on jobs find nothing changed, and promote nothing. */
  skipJobs(): void
  /** A container that has ended by itself. */
  crash(service: string): void
}

export function createFakeDocker(jobs: readonly string[]): FakeDocker {
  const containers = new Map<string, FakeContainer>()
  const waiting = new Map<string, (status: number) => void>()
  const done: string[] = []
  const listeners = new Set<(line: string) => void>()
  let project = 'digits'
  let version = 0
  let count = 0
  let isAway = false
  let isHeld = false
  let areSkipped = false
  let upFailure: string | undefined
  let endBuild: (result: DockerResult) => void = () => {}

  const ok = (stdout = ''): DockerResult => ({ exitCode: 0, stdout, stderr: '', isAborted: false })
  const failed = (stderr: string): DockerResult => ({ exitCode: 1, stdout: '', stderr, isAborted: false })
  const byId = (id = '') => [...containers.values()].find((container) => container.id === id)
  const tell = (service: string, action: string) => listeners.forEach((listener) => listener(JSON.stringify({ Action: action, Actor: { ID: '', Attributes: { 'com.docker.compose.service': service } } })))

  function build(services: readonly string[], { signal, onLine }: RunOptions): DockerResult | Promise<DockerResult> {
    done.push(`build ${services.join(' ')}`)
    version += 1
    if (!isHeld) return ok()
    return new Promise((resolve) => {
      endBuild = (result) => {
        result.stderr.split('\n').forEach((line) => onLine?.(line))
        resolve(result)
      }
      signal?.addEventListener('abort', () => resolve({ exitCode: undefined, stdout: '', stderr: '', isAborted: true }))
    })
  }

  function up(words: readonly string[]): DockerResult {
    const services = words.filter((word) => !word.startsWith('--'))
    done.push(`up${words.includes('--force-recreate') ? '!' : ''} ${services.join(' ')}`)
    if (upFailure !== undefined) {
      const words = upFailure
      upFailure = undefined
      return failed(words)
    }
    for (const service of services) {
      containers.set(service, { id: `${service}-${++count}`, service, image: `v${version}`, state: 'running', exitCode: 0 })
      tell(service, 'start')
    }
    return ok()
  }

  /** What the helper says on standard error. */
  function logOf({ service, exitCode }: Partial<FakeContainer> = {}): string {
    if (exitCode !== 0) return `mlstack: ${service}: the command failed (status ${exitCode})\nmlstack: ${service}: no model is served yet`
    return service !== jobs.at(-1) || areSkipped ? '' : `mlstack: ${service}: accuracy 1 meets >= 0.9\nmlstack: ${service}: release 0001 is now in service`
  }

  function inspect(ids: readonly string[]): DockerResult {
    const found = ids.flatMap((id) => byId(id) ?? [])
    return ok(
      JSON.stringify(
        found.map(({ id, service, image, state, exitCode }) => ({
          Id: id,
          Image: image,
          State: { Status: state, ExitCode: exitCode },
          Config: { User: '1:1', Labels: { 'com.docker.compose.service': service, 'com.docker.compose.config-hash': 'h' } },
        })),
      ),
    )
  }

  function wait(id: string, signal: AbortSignal | undefined): Promise<DockerResult> {
    const service = byId(id)?.service ?? ''
    return new Promise((resolve) => {
      waiting.set(service, (status) => resolve(ok(String(status))))
      signal?.addEventListener('abort', () => resolve({ exitCode: undefined, stdout: '', stderr: '', isAborted: true }))
    })
  }

  function runCompose(args: readonly string[], options: RunOptions): DockerResult | Promise<DockerResult> {
    const words = args.slice(args.lastIndexOf('-f') + 2)
    if (words[0] === 'build') return build(words.slice(1), options)
    if (words[0] === 'up') return up(words.slice(1))
    if (words.includes('--hash')) return ok([...jobs, 'serve'].map((name) => `${name} h`).join('\n'))
    if (words[0] === 'config') return ok(JSON.stringify({ name: project, services: {} }))
    done.push(words.join(' '))
    return ok()
  }

  function end(ids: readonly string[], word: string): DockerResult {
    for (const id of ids) {
      const container = byId(id)
      if (container === undefined) continue
      done.push(`${word} ${container.service}`)
      if (word === 'stop') container.state = 'exited'
      if (word === 'rm') containers.delete(container.service)
    }
    return ok()
  }

  async function run(args: readonly string[], options: RunOptions = {}): Promise<DockerResult> {
    await Promise.resolve()
    if (isAway) throw new DockerError({ message: 'Docker does not answer', help: 'start it' })
    const [word = '', ...rest] = args
    if (word === 'version') return ok('26.1')
    if (word === 'compose') return runCompose(rest, options)
    if (word === 'ps') return ok([...containers.values()].map(({ id }) => id).join('\n'))
    if (word === 'inspect') return inspect(rest)
    if (word === 'image') return rest[0] === 'inspect' ? ok(`v${version}`) : failed('in use')
    if (word === 'wait') return wait(rest[0] ?? '', options.signal)
    if (word === 'logs') return { ...ok(`mlstack: ${byId(rest.at(-1))?.service}: begins`), stderr: logOf(byId(rest.at(-1))) }
    if (word === 'stop') return end(rest, 'stop')
    if (word === 'rm') return end(rest.slice(1), 'rm')
    done.push(`${word} ${byId(rest.at(word === 'cp' ? 1 : -1)?.replace(/:.*/, ''))?.service ?? byId(rest[0])?.service}`)
    return ok()
  }

  return {
    done,
    run,
    follow: (args, onLine) => {
      if (args[0] === 'events') listeners.add(onLine)
      let stop = () => {}
      const ended = new Promise<void>((resolve) => (stop = resolve))
      return { ended, end: stop }
    },
    close: async () => {},
    endJob: (service, status) => {
      const container = containers.get(service)
      if (container === undefined) throw new Error(`${service} does not run`)
      container.state = 'exited'
      container.exitCode = status
      tell(service, 'die')
      waiting.get(service)?.(status)
    },
    holdBuilds: () => void (isHeld = true),
    endBuild: (status, output = '') => endBuild({ exitCode: status, stdout: '', stderr: output, isAborted: false }),
    setAway: (next) => void (isAway = next),
    failUp: (words) => void (upFailure = words),
    rename: (name) => void (project = name),
    skipJobs: () => void (areSkipped = true),
    crash: (service) => {
      const container = containers.get(service)
      if (container !== undefined) container.state = 'exited'
    },
  }
}
