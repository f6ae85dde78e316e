/** Asks nvidia-smi for the GPUs, and looks for what gives them to containers. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { NvidiaAnswer, NvidiaGpu, ToolkitAnswer } from '../machine.ts'
import { runProgram } from './command.ts'

/** The second is where WSL has it, which is not in every PATH. */
const PROGRAMS = ['nvidia-smi', '/usr/lib/wsl/lib/nvidia-smi'] as const
const FIELDS = 'name,driver_version,memory.total'
const FOLDERS_OF_PROGRAMS = ['/usr/bin', '/usr/local/bin', '/usr/sbin', '/usr/local/nvidia/toolkit'] as const
const FOLDERS_OF_CDI = ['/etc/cdi', '/var/run/cdi'] as const
const MEBIBYTE = 1024 ** 2

export async function probeNvidia(patience: number): Promise<NvidiaAnswer> {
  const answers = await Promise.all(PROGRAMS.map((program) => askProgram(program, patience)))
  return answers.find(({ kind }) => kind === 'gpus') ?? answers.find(({ kind }) => kind === 'failed') ?? { kind: 'missing' }
}

async function askProgram(program: string, patience: number): Promise<NvidiaAnswer> {
  const query = (fields: string) => runProgram(program, [`--query-gpu=${fields}`, '--format=csv,noheader,nounits'], patience)
  const answer = await query(`${FIELDS},compute_cap`)
  if (answer.kind === 'missing') return answer
  if (answer.kind === 'text') return parseGpus(answer.text)
  // Drivers before 510 do not know the field.
  const older = await query(FIELDS)
  return older.kind === 'text' ? parseGpus(older.text) : answer
}

function parseGpus(text: string): NvidiaAnswer {
  const gpus = text.split('\n').flatMap((line): NvidiaGpu[] => {
    const [name = '', driver = '', memory = '', computeCapability] = line.split(',').map((field) => field.trim())
    return driver === '' ? [] : [{ name, driver, computeCapability, memory: Number.parseInt(memory, 10) * MEBIBYTE }]
  })
  return gpus.length === 0 ? { kind: 'failed', reason: text.trim().split('\n')[0] || 'it names no GPU' } : { kind: 'gpus', gpus }
}

export function probeToolkit(): ToolkitAnswer {
  return {
    hasHook: FOLDERS_OF_PROGRAMS.some((folder) => existsSync(join(folder, 'nvidia-container-runtime-hook'))),
    cdiFiles: FOLDERS_OF_CDI.flatMap((folder) => filesIn(folder).filter(tellsOfGpus)),
  }
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).map((name) => join(folder, name))
  } catch {
    return []
  }
}

function tellsOfGpus(path: string): boolean {
  try {
    return /\.(?:ya?ml|json)$/.test(path) && readFileSync(path, 'utf8').includes('nvidia.com/gpu')
  } catch {
    return false
  }
}
