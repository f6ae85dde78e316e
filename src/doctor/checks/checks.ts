/** All checks, in the order in which people meet what they look at. */
import type { Check } from '../check.ts'
import { DATASETS } from './datasets.ts'
import { DISK } from './disk.ts'
import { BUILDX, COMPOSE, DOCKER, ENGINE } from './engine.ts'
import { FETCHES } from './fetches.ts'
import { MEMORY } from './memory.ts'
import { NVIDIA_CGROUPS, NVIDIA_TOOLKIT } from './nvidia-runtime.ts'
import { NVIDIA } from './nvidia.ts'
import { CONTEXT, ROOTLESS } from './place.ts'
import { PORTS } from './ports.ts'
import { PROXY } from './proxy.ts'
import { ROCM } from './rocm.ts'
import { SECRETS } from './secrets.ts'
import { AVX, WSL } from './system.ts'
import { OWNERSHIP, USER } from './users.ts'

export const CHECKS: readonly Check[] = [
  DOCKER, ENGINE, COMPOSE, BUILDX, CONTEXT, ROOTLESS, DISK, MEMORY, USER, PORTS, PROXY,
  NVIDIA, NVIDIA_TOOLKIT, NVIDIA_CGROUPS, ROCM, WSL, AVX, OWNERSHIP, DATASETS, FETCHES, SECRETS,
]
