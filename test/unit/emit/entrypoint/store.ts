/** A model store in a temporary folder, and the container helper run on it by a real Python. */
import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { execa, execaSync } from 'execa'
import { PYTHON, runPython } from '../python.ts'

export { PYTHON }

const HELPER = join(import.meta.dirname, '../../../../src/emit/helper')
export const ENTRYPOINT = join(HELPER, 'entrypoint.py')
export const FINGERPRINT = join(HELPER, 'fingerprint.py')
export const NODES = join(HELPER, 'nodes.py')

/**
 * How to run as a user whom file modes bind: as this one, or where this is root as nobody, with a Python that everyone may
 * run. Undefined where there is none.
 */
export const ORDINARY: RunOptions | undefined = findOrdinaryUser()

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
  /** A user id to run as, which only root may choose. */
  readonly uid?: number
  readonly python?: string
}

export interface Outcome {
  readonly status: number | undefined
  /** What the helper and its command printed on standard error, and on standard output. */
  readonly said: string
  readonly printed: string
}

export interface Store {
  readonly folder: string
  readonly path: (name: string) => string
  /** Starts the helper in a process of its own, to watch it and to send it signals; everything before `--` but the store is given, and a string after it is a shell script. */
  readonly start: (options: readonly string[], command: string | readonly string[], run?: RunOptions) => ReturnType<typeof start>
  /** Runs it to its end. */
  readonly run: (options: readonly string[], command: string | readonly string[], run?: RunOptions) => Promise<Outcome>
  /** Trains a model that is nothing but its name, as the first of two jobs. */
  readonly train: (name: string) => Promise<Outcome>
  /** Writes the text as the metrics file, as the last of two jobs. */
  readonly evaluate: (metrics: string, ...options: string[]) => Promise<Outcome>
  readonly read: (name: string) => string
  readonly link: (name: string) => string | undefined
  readonly exists: (name: string) => boolean
}

/** Gives a new store to the body, and removes it afterwards. The helper is beside it, where any user may read it. */
export async function withStore(body: (store: Store) => Promise<void>): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'mlstack-entrypoint-'))
  try {
    chmodSync(root, 0o777)
    for (const name of ['entrypoint.py', 'fingerprint.py', 'nodes.py', 'versions.py']) cpSync(join(HELPER, name), join(root, name))
    for (const name of ['app', 'tmp']) mkdirSync(join(root, name))
    chmodSync(join(root, 'tmp'), 0o777)
    await body(storeIn(root))
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

function storeIn(root: string): Store {
  const folder = join(root, 'model')
  const path = (name: string) => join(folder, name)
  const run: Store['run'] = async (options, command, settings = {}) => {
    const { exitCode, stderr, stdout } = await runPython(wordsOf(root, options, command), { ...settings, ...surroundingsOf(root, settings) })
    return { status: exitCode, said: stderr.replaceAll(root, ''), printed: stdout }
  }
  return {
    folder,
    path,
    start: (options, command, settings) => start(root, options, command, settings),
    run,
    train: (name) => run(['train', '--fresh'], `echo ${name} > "$MODEL_DIR/name"`),
    evaluate: (metrics, ...options) =>
      run(['evaluate', '--after', 'train', '--promote', ...options], 'printf %s "$WRITE" > "$METRICS_FILE"', { env: { WRITE: metrics } }),
    read: (name) => readFileSync(path(name), 'utf8').trim(),
    link: (name) => (isLink(path(name)) ? readlinkSync(path(name)) : undefined),
    exists: (name) => existsSync(path(name)),
  }
}

/** `-I` as in containers; `-S` leaves out the packages installed on this machine: the helper needs none, and Python starts faster. */
function start(root: string, options: readonly string[], command: string | readonly string[], settings: RunOptions = {}) {
  const { uid, python } = settings
  const user = uid === undefined ? {} : { uid, gid: uid }
  return execa(python ?? PYTHON ?? 'python3', ['-I', '-S', ...wordsOf(root, options, command)], { ...surroundingsOf(root, settings), reject: false, stdin: 'ignore', forceKillAfterDelay: false, ...user })
}

function wordsOf(root: string, [role = '', ...others]: readonly string[], command: string | readonly string[]): readonly string[] {
  const words = typeof command === 'string' ? ['sh', '-c', command] : command
  return [join(root, 'entrypoint.py'), role, '--store', join(root, 'model'), '--code', join(root, 'app'), ...others, '--', ...words]
}

function surroundingsOf(root: string, { env = {}, cwd = join(root, 'app') }: RunOptions) {
  const store = join(root, 'model')
  return { cwd, env: { TMPDIR: join(root, 'tmp'), MODEL_DIR: join(store, 'candidate'), METRICS_FILE: join(store, 'metrics/metrics.json'), ...env } }
}

function findOrdinaryUser(): RunOptions | undefined {
  if (process.getuid?.() !== 0) return {}
  const uid = 65534
  const canRun = (python: string) => execaSync(python, ['-c', ''], { reject: false, uid, gid: uid, cwd: '/' }).exitCode === 0
  const python = [PYTHON ?? 'python3', '/usr/bin/python3', '/usr/local/bin/python3'].find(canRun)
  return python === undefined ? undefined : { uid, python }
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false
}

/** Writes a file and the folders above it. */
export function put(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
}
