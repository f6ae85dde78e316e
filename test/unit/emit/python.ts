/** The Python of this machine, and scripts run by it one after the other without its start, which would take longer than most of them do. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { execaSync } from 'execa'

/** The interpreter itself, as a shim before it would cost each run more than Python does; undefined where there is none. */
export const PYTHON = execaSync('python3', ['-c', 'import sys; print(sys.executable)'], { reject: false }).stdout?.trim() || undefined

export interface PythonOptions {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  /** Whether it gets the variables of this process too, as it does unless that is false. */
  readonly extendEnv?: boolean
  /** A user id to run as, which only root may choose. */
  readonly uid?: number | undefined
}

export interface PythonOutcome {
  /** Undefined where a signal ended it. */
  readonly exitCode: number | undefined
  readonly stdout: string
  readonly stderr: string
}

type Forks = (words: readonly string[], options: PythonOptions) => Promise<PythonOutcome>

let forks: Forks | undefined

/** What `python3 -I -S SCRIPT ARGUMENT...` does: the interpreter is a fork of one that has loaded the script's imports. */
export async function runPython(words: readonly string[], options: PythonOptions = {}): Promise<PythonOutcome> {
  forks ??= startForks()
  return forks(words, options)
}

function startForks(): Forks {
  const folder = mkdtempSync(join(tmpdir(), 'mlstack-python-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  const child = spawn(PYTHON ?? '', ['-I', '-S', join(import.meta.dirname, 'python-forks.py')], { stdio: ['pipe', 'pipe', 'inherit'] })
  const running = new Map<number, (status: number) => void>()
  createInterface({ input: child.stdout }).on('line', (line) => {
    const [id = 0, status = 0] = line.split(' ').map(Number)
    running.get(id)?.(status)
  })
  // It ends when this process does, which it keeps alive only while something runs.
  for (const each of [child, child.stdin as Socket, child.stdout as Socket]) each.unref()
  let count = 0
  return async (words, { cwd = process.cwd(), env = {}, extendEnv = true, uid }) => {
    const id = count++
    const outputs = ['out', 'err'].map((name) => join(folder, `${id}.${name}`))
    for (const path of outputs) writeFileSync(path, '')
    if (running.size === 0) (child.stdout as Socket).ref()
    const status = await new Promise<number>((resolve) => {
      running.set(id, resolve)
      child.stdin.write(`${JSON.stringify({ id, words, cwd, env: { ...(extendEnv ? process.env : {}), ...env }, uid: uid ?? null, outputs })}\n`)
    })
    running.delete(id)
    if (running.size === 0) (child.stdout as Socket).unref()
    const [stdout = '', stderr = ''] = outputs.map((path) => readFileSync(path, 'utf8').replace(/\n$/, ''))
    for (const path of outputs) rmSync(path)
    return { exitCode: status < 0 ? undefined : status, stdout, stderr }
  }
}
