/** A project in a folder of its own, driven through the real mlstack and the real Docker. */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { execa, execaSync } from 'execa'
import { testWithTool } from '../machine.ts'

const ROOT = resolve(import.meta.dirname, '../..')
export const MLSTACK = join(ROOT, 'dist/mlstack.cjs')

/** Milliseconds that a server may take to start. */
const PATIENCE = 60_000

/** Registers a test that needs Docker with Compose: without them it is skipped out loud, which is a failure in CI. */
export function testOnEngine(name: string, body: () => Promise<void>): void {
  testWithTool(hasEngine() ? undefined : 'Docker with Compose v2 does not answer', name, body)
}

export function hasEngine(): boolean {
  const isThere = (args: readonly string[]) => !execaSync('docker', args, { reject: false }).failed
  return isThere(['info']) && isThere(['compose', 'version'])
}

export interface Stack {
  readonly folder: string
  readonly project: string
  /** What the shell of this stack has besides. */
  readonly env: Readonly<Record<string, string>>
  /** Where `serve` is published. */
  readonly url: string
  /** The same stack, driven from a shell that has these variables too. */
  with(env: Readonly<Record<string, string>>): Stack
  read(path: string): string
  write(path: string, text: string): void
  replace(path: string, from: string, to: string): void
  mlstack(...args: readonly string[]): Promise<string>
  /** Runs `docker compose`; both streams come back, whatever the exit status. */
  compose(...args: readonly string[]): Promise<{ readonly exitCode: number | undefined; readonly output: string }>
  /** Runs `docker compose` as long as something else goes on. */
  whileComposing(args: readonly string[], use: () => Promise<void>): Promise<void>
  /** Waits for `serve` to be healthy. */
  waitForHealth(): Promise<void>
  /** Waits until something holds; an error, as of a server that is not up yet, counts as no. */
  waitFor(holds: () => Promise<boolean>): Promise<void>
}

/** Copies a folder of the repository, hands it over, and takes the stack down with its volumes at the end. `project`: where in it the config lies. */
export async function withStack(source: string, use: (stack: Stack) => Promise<void>, project = ''): Promise<void> {
  const copy = mkdtempSync(join(tmpdir(), 'mlstack-e2e-'))
  cpSync(join(ROOT, source), copy, { recursive: true })
  const folder = join(copy, project)
  const stack = createStack(folder, await findFreePort())
  // What is tested at the same time elsewhere must not build images of the same name. An example keeps its own: its outputs have it.
  const isExample = existsSync(join(folder, 'compose.yaml'))
  if (!isExample) nameProject(stack)
  try {
    await use(stack)
  } finally {
    await stack.compose('down', '--volumes', '--remove-orphans', '--timeout', '5', ...(isExample ? [] : ['--rmi', 'all']))
    rmSync(copy, { recursive: true, force: true })
  }
}

/** Gives the config the name of the stack's own project. */
export function nameProject(stack: Stack): void {
  stack.write('mlstack.yaml', stack.read('mlstack.yaml').replace(/^name: .*$/m, `name: ${stack.project}`))
}

function createStack(folder: string, port: number, more: Readonly<Record<string, string>> = {}): Stack {
  // A project of its own: what a person has of the same name, volumes above all, is left alone.
  const project = `mlstack-e2e-${port}`
  const options = { cwd: folder, env: { SERVE_PORT: String(port), COMPOSE_PROJECT_NAME: project, ...more } }
  const compose: Stack['compose'] = async (...args) => {
    const { exitCode, all } = await execa('docker', ['compose', ...args], { ...options, all: true, reject: false })
    return { exitCode, output: all }
  }
  const stack: Stack = {
    folder,
    project,
    env: options.env,
    url: `http://127.0.0.1:${port}`,
    with: (env) => createStack(folder, port, { ...more, ...env }),
    read: (path) => readFileSync(join(folder, path), 'utf8'),
    write: (path, text) => writeFileSync(join(folder, path), text),
    replace: (path, from, to) => {
      const before = stack.read(path)
      if (!before.includes(from)) throw new Error(`${path} does not contain ${from}`)
      stack.write(path, before.replace(from, to))
    },
    mlstack: async (...args) => (await execa(process.execPath, [MLSTACK, ...args], options)).stdout,
    compose,
    whileComposing: async (args, use) => {
      const running = execa('docker', ['compose', ...args], { ...options, reject: false, killSignal: 'SIGINT', forceKillAfterDelay: 30_000 })
      try {
        await use()
      } finally {
        running.kill()
        await running
      }
    },
    waitForHealth: () => waitForHealth(stack),
    waitFor: (holds) => waitFor(holds, compose),
  }
  return stack
}

function waitForHealth({ compose, waitFor }: Stack): Promise<void> {
  return waitFor(async () => (await compose('ps', '--format', '{{.Health}}', 'serve')).output.trim() === 'healthy')
}

async function waitFor(holds: () => Promise<boolean>, compose: Stack['compose']): Promise<void> {
  const deadline = Date.now() + PATIENCE
  while (Date.now() < deadline) {
    if (await holds().catch(() => false)) return
    await sleep(500)
  }
  const { output } = await compose('logs', '--no-color', 'serve')
  throw new Error(`waited ${PATIENCE / 1000} s for serve, which said:\n${output}`)
}

export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((done) => server.once('listening', done))
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}

/** All that the engine tells of the containers of a stack. */
export async function inspectContainers({ compose }: Stack): Promise<string> {
  const ids = (await compose('ps', '-aq')).output.trim().split('\n')
  return (await execa('docker', ['inspect', ...ids])).stdout
}

/** This machine, as containers see it; undefined where that cannot be known. */
export function findGateway(): string | undefined {
  return execaSync('docker', ['network', 'inspect', 'bridge', '--format', '{{(index .IPAM.Config 0).Gateway}}'], { reject: false }).stdout?.trim() || undefined
}
