/** Reads from the name of a wheel which Pythons and machines it is for. */
import { satisfies } from '@renovatebot/pep440'

export interface Wheel {
  readonly version: string
  /** Pythons `X.Y`, of those that are asked for, that it installs on with Linux on x86-64. */
  readonly x64: readonly string[]
  readonly arm64: readonly string[]
  /** Whether it is for any Python 3 and so does not say which ones it was tried with. */
  readonly isGeneric: boolean
}

/** Debian 12, the base of our images, has this minor of glibc 2. */
const GLIBC = 36

/** Undefined for a file that is no wheel. */
export function readWheelName(file: string, requiresPython: string | undefined, pythons: readonly string[]): Wheel | undefined {
  const [, version, interpreters, abis, platforms] = /^[^-]+-([^-]+)(?:-\d[^-]*)?-([^-]+)-([^-]+)-([^-]+)\.whl$/.exec(file) ?? []
  if (version === undefined || interpreters === undefined || abis === undefined || platforms === undefined) return undefined
  const allowed = pythons.filter((python) => requiresPython === undefined || satisfies(`${python}.99`, requiresPython))
  const fitting = allowed.filter((python) => interpreters.split('.').some((interpreter) => abis.split('.').some((abi) => serves(interpreter, abi, python))))
  const on = (machine: string) => (platforms.split('.').some((platform) => runsOn(platform, machine)) ? fitting : [])
  return { version, x64: on('x86_64'), arm64: on('aarch64'), isGeneric: interpreters.split('.').includes('py3') }
}

function serves(interpreter: string, abi: string, python: string): boolean {
  const minor = Number(python.split('.')[1])
  const [, implementation, least] = /^(cp|py)3(\d*)$/.exec(interpreter) ?? []
  if (implementation === undefined) return false
  if (implementation === 'py') return abi === 'none' && Number(least) <= minor
  return abi === 'abi3' ? Number(least) <= minor : Number(least) === minor && [`cp3${String(minor)}`, `cp3${String(minor)}m`, 'none'].includes(abi)
}

function runsOn(platform: string, machine: string): boolean {
  if (platform === 'any') return true
  const glibc = /^manylinux_2_(\d+)_/.exec(platform)?.[1]
  return /^(?:many)?linux/.test(platform) && platform.endsWith(`_${machine}`) && (glibc === undefined || Number(glibc) <= GLIBC)
}
