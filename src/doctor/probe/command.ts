/** Runs a program of the machine that only tells something, with patience that ends. */
import { execa } from 'execa'

export type CommandAnswer = { readonly kind: 'missing' } | { readonly kind: 'failed'; readonly reason: string } | { readonly kind: 'text'; readonly text: string }

/** Never throws: a program that is not there is an answer. `patience` is in milliseconds. */
export async function runProgram(program: string, args: readonly string[], patience: number): Promise<CommandAnswer> {
  const { exitCode, stdout, stderr, code, timedOut } = await execa(program, args, { stdin: 'ignore', reject: false, timeout: patience, forceKillAfterDelay: 1000 })
  if (code === 'ENOENT' || code === 'EACCES') return { kind: 'missing' }
  if (timedOut) return { kind: 'failed', reason: `no answer within ${patience / 1000} s` }
  // nvidia-smi tells its errors on standard output.
  return exitCode === 0 ? { kind: 'text', text: stdout } : { kind: 'failed', reason: (stderr.trim() || stdout.trim()).split('\n')[0] ?? '' }
}
