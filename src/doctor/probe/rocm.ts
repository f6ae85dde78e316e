/** Looks for the devices of AMD's GPUs, and for the numbers of the groups that may open them. */
import { existsSync, readFileSync } from 'node:fs'
import type { RocmAnswer } from '../machine.ts'

export function probeRocm(): RocmAnswer {
  const groups = readGroups()
  return { hasKfd: existsSync('/dev/kfd'), hasDri: existsSync('/dev/dri'), videoGroup: groups.get('video'), renderGroup: groups.get('render') }
}

function readGroups(): ReadonlyMap<string, number> {
  try {
    const rows = readFileSync('/etc/group', 'utf8').split('\n').map((line) => line.split(':'))
    return new Map(rows.map(([name = '', , id = '']) => [name, Number(id)]))
  } catch {
    return new Map()
  }
}
