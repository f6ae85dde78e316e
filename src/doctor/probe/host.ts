/** Reads what the system tells of itself: numbers of users, the kernel, the processor, the engine's disk, and the variables. */
import { readFileSync, statfsSync } from 'node:fs'
import { arch, platform } from 'node:os'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import type { Host, Machine } from '../machine.ts'

export function probeHost(folder: string): Host {
  return {
    platform: platform(),
    architecture: arch(),
    uid: process.getuid?.(),
    gid: process.getgid?.(),
    kernel: readText('/proc/version'),
    processorFlags: (/^flags\s*:\s*(.*)$/m.exec(readText('/proc/cpuinfo'))?.[1] ?? '').split(' ').filter((flag) => flag !== ''),
    folder,
  }
}

/** Undefined where the folder is not of this machine. */
export function probeDisk(folder: string): Machine['disk'] {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return { folder, freeBytes: bavail * bsize }
  } catch {
    return undefined
  }
}

/** As Compose counts them: the shell's win over those of `.env` beside compose.yaml. */
export function readVariables(folder: string, env: Machine['variables']): Machine['variables'] {
  return { ...parseEnv(readText(join(folder, '.env'))), ...env }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
