/** Whether the engine can give NVIDIA GPUs to containers, and whether they stay there. */
import { ENGINE_WITH_GPUS_BY_CDI } from '../../facts/engine.ts'
import type { Needs } from '../../plan/needs.ts'
import { failed, NO_ENGINE, ok, skipped, warning, type Check, type Finding } from '../check.ts'
import { isRemote, isVirtual, type Machine } from '../machine.ts'
import { isAtLeast, joinFew } from '../words.ts'

const CONFIGURE = 'sudo nvidia-ctk runtime configure --runtime=docker && sudo systemctl restart docker'
const INSTALL = `sudo apt-get install nvidia-container-toolkit, from NVIDIA's repository: https://docs.nvidia.com/datacenter/cloud-native/container-toolkit/latest/install-guide.html\n${CONFIGURE}`

export const NVIDIA_TOOLKIT: Check = {
  id: 'nvidia-toolkit',
  title: 'NVIDIA Container Toolkit',
  why: 'without it Docker answers "could not select device driver" and starts no container that asks for a GPU',
  look: (machine, needs) => lookWithGpu(machine, needs, lookForToolkit),
}

export const NVIDIA_CGROUPS: Check = {
  id: 'nvidia-cgroups',
  title: 'GPU and systemd',
  why: 'with the systemd cgroup driver, a reload of systemd takes the GPU from running containers: "Failed to initialize NVML: Unknown Error"',
  look: (machine, needs) => lookWithGpu(machine, needs, lookForCgroups),
}

/** Undefined where there is no engine, and no reason to look. */
function lookWithGpu(machine: Machine, needs: Needs | undefined, look: (machine: Machine) => Finding): Finding {
  if (machine.docker.info === undefined) return NO_ENGINE
  if (needs !== undefined && needs.gpu?.vendor !== 'nvidia') return skipped('the stack asks for no NVIDIA GPU')
  if ((needs === undefined || needs.gpu?.isOptional === true) && machine.nvidia.kind === 'missing') return skipped('there is no NVIDIA GPU')
  if (isVirtual(machine) && !isRemote(machine)) return skipped('Docker Desktop brings what it needs for a GPU, where it can use one')
  return look(machine)
}

function lookForToolkit(machine: Machine): Finding {
  const { docker, toolkit } = machine
  if (hasRuntime(machine)) return ok('the engine has the runtime nvidia')
  if (isRemote(machine)) return failed('the engine on the other machine has no runtime nvidia', INSTALL)
  if (toolkit.hasHook) return ok('nvidia-container-runtime-hook is installed')
  const devices = cdiDevices(machine)
  if (devices.length === 0) return failed('the engine has no runtime nvidia, and there is no CDI specification', INSTALL)
  const saw = `no runtime nvidia, but CDI: ${joinFew(devices)}`
  if (isAtLeast(docker.info?.version ?? '', ENGINE_WITH_GPUS_BY_CDI)) return ok(saw)
  return failed(`${saw}; Engine ${docker.info?.version ?? ''} serves driver: nvidia by CDI only from ${ENGINE_WITH_GPUS_BY_CDI} on`, CONFIGURE)
}

function lookForCgroups(machine: Machine): Finding {
  const { docker, toolkit } = machine
  const driver = docker.info?.cgroupDriver ?? ''
  if (driver !== 'systemd') return ok(`the cgroup driver is ${driver}`)
  if (!hasRuntime(machine) && !toolkit.hasHook) return ok('the cgroup driver is systemd, and GPUs come by CDI')
  return warning('the cgroup driver is systemd, and GPUs come by the runtime hook', 'sudo nvidia-ctk system create-dev-char-symlinks --create-all, at each boot; or put "exec-opts": ["native.cgroupdriver=cgroupfs"] into /etc/docker/daemon.json')
}

function hasRuntime({ docker }: Machine): boolean {
  return docker.info?.runtimes.includes('nvidia') === true
}

function cdiDevices({ docker, toolkit }: Machine): readonly string[] {
  const devices = docker.info?.cdiDevices.filter((device) => device.startsWith('nvidia.com/gpu')) ?? []
  return devices.length > 0 ? devices : toolkit.cdiFiles
}
