/** Asks everything that the checks want to know, at the same time. */
import { createDocker } from '../../engine/docker.ts'
import { probeEngine } from '../../engine/probe.ts'
import type { Needs } from '../../plan/needs.ts'
import { isRemote, isVirtual, type Machine } from '../machine.ts'
import { probeBinds, probeOutputs } from './files.ts'
import { probeHosts } from './hosts.ts'
import { probeDisk, probeHost } from './host.ts'
import { probeNvidia, probeToolkit } from './nvidia.ts'
import { probePorts } from './ports.ts'
import { probeRocm } from './rocm.ts'

export interface ProbeSettings {
  /** The folder of compose.yaml, or the working folder, absolute. */
  readonly folder: string
  readonly env: Machine['variables']
  /** The shell's variables over those of `.env`. */
  readonly variables: Machine['variables']
  readonly needs: Needs | undefined
  /** The name of the stack's Compose file. */
  readonly composeFile: string | undefined
}

/** Milliseconds that a question may take. */
const PATIENCE = 10_000

export async function probeMachine({ folder, env, variables, needs, composeFile }: ProbeSettings): Promise<Machine> {
  const host = probeHost(folder)
  const engine = createDocker({ cwd: folder, env })
  const [docker, nvidia, portsInUse, hosts] = await Promise.all([probeEngine(engine, PATIENCE), probeNvidia(PATIENCE), probePorts(needs?.hostPorts ?? [], host.platform), probeHosts(needs?.hosts ?? [])])
  await engine.close()
  const machine = { host, docker, disk: undefined, nvidia, toolkit: probeToolkit(), rocm: probeRocm(), portsInUse, binds: probeBinds(needs?.binds ?? [], folder), hosts, outputs: probeOutputs(folder, composeFile), variables }
  return docker.info === undefined || isVirtual(machine) || isRemote(machine) ? machine : { ...machine, disk: probeDisk(docker.info.rootFolder) }
}
