/** What the config says of its GPUs, read with what is known of each: the kind of build, its bounds, and what contradicts itself. */
import { parseByteSize } from '../config/byte-size.ts'
import type { GpuChoice } from '../config/config.ts'
import type { Located } from '../config/located.ts'
import * as gpus from '../diagnostics/catalogue/gpus.ts'
import { changeTo } from '../diagnostics/diagnostic.ts'
import type { Sink } from '../diagnostics/sink.ts'
import { suggest } from '../diagnostics/suggest.ts'
import { findDriverOf } from '../facts/cuda.ts'
import { findGpu, listGpuNames, type Gpu } from '../facts/gpus.ts'
import { isDriverNewEnough } from './driver.ts'

/** The GPUs that a build has to run on. */
export interface GpuTarget {
  readonly kind: 'cuda' | 'rocm'
  readonly choice: GpuChoice
  readonly devices: readonly TargetDevice[]
}

/** A generation of GPUs that the config names. */
export interface TargetDevice {
  /** A compute capability `X.Y`, or a name of AMD's such as `gfx942`. */
  readonly capability: string
  /** As a person would say it: `RTX 5090 (12.0)`. */
  readonly title: string
  readonly place: Located<string>
}

interface Named {
  readonly facts: Gpu
  readonly place: Located<string>
}

/** Undefined where no GPU is asked for, and where one is that no container can use, which is reported. */
export function readGpuTarget(choice: GpuChoice | undefined, sink: Sink): GpuTarget | undefined {
  if (choice === undefined) return undefined
  const named = choice.arch.flatMap((place) => findNamed(place, sink) ?? [])
  const apple = named.find(({ facts }) => facts.vendor === 'apple')
  if (apple !== undefined) {
    sink.report(gpus.appleGpu({ gpu: apple.place.value }, { at: apple.place.span, ...changeTo('false', choice.span, 'use no GPU') }))
    return undefined
  }
  const vendor = vendorOf(choice.vendor?.value, named.map(({ facts }) => facts))
  for (const each of named) if (each.facts.vendor !== vendor) reportVendor(each, vendor, choice, sink)
  if (vendor === 'amd') reportNvidiaKeys(choice, sink)
  for (const each of named) checkMemory(each, choice, sink)
  const devices = named.filter(({ facts }) => facts.vendor === vendor).map(deviceOf)
  // A driver that cannot be is as good as none: what is said of it is said once.
  const isKnown = devices.map((device) => checkDriver(device, choice, sink)).every((isFine) => isFine)
  return { kind: vendor === 'amd' ? 'rocm' : 'cuda', choice: isKnown ? choice : { ...choice, driver: undefined }, devices }
}

/** Whether the GPUs are AMD's, by the vendor or by the name of one. */
export function usesAmd({ vendor, arch }: GpuChoice): boolean {
  return vendorOf(vendor?.value, arch.flatMap(({ value }) => findGpu(value) ?? [])) === 'amd'
}

function vendorOf(written: string | undefined, named: readonly Gpu[]): string {
  return written ?? named[0]?.vendor ?? 'nvidia'
}

function findNamed(place: Located<string>, sink: Sink): Named | undefined {
  const facts = findGpu(place.value)
  if (facts !== undefined) return { facts, place }
  const suggestion = suggest(place.value, listGpuNames())
  sink.report(gpus.unknownGpu({ gpu: place.value, suggestion }, { at: place.span, ...changeTo(suggestion, place.span) }))
  return undefined
}

function deviceOf({ facts, place }: Named): TargetDevice {
  const capability = facts.capability ?? ''
  return { capability, title: facts.name === undefined ? `compute capability ${capability}` : `${facts.name} (${capability})`, place }
}

function reportVendor({ facts, place }: Named, vendor: string, choice: GpuChoice, sink: Sink): void {
  const other = choice.vendor ?? choice.arch[0] ?? place
  const words = { gpu: place.value, vendor: VENDORS[facts.vendor], other: VENDORS[vendor] ?? vendor }
  const fix = choice.vendor === undefined ? {} : changeTo(facts.vendor, choice.vendor.span)
  sink.report(gpus.vendorMismatch(words, { at: place.span, related: [{ span: other.span, message: `${words.other} here` }], ...fix }))
}

const VENDORS: Readonly<Record<string, string>> = { nvidia: 'NVIDIA', amd: 'AMD', apple: 'Apple' }

/** `cuda`, `driver` and `capabilities` mean nothing to AMD's GPUs. */
function reportNvidiaKeys(choice: GpuChoice, sink: Sink): void {
  const vendor = choice.vendor ?? choice.arch[0]
  for (const [key, value] of [['cuda', choice.cuda], ['driver', choice.driver], ['capabilities', choice.capabilities[0]]] as const) {
    if (value === undefined) continue
    sink.report(gpus.nvidiaKey({ key }, { at: value.span, related: vendor === undefined ? [] : [{ span: vendor.span, message: 'AMD here' }] }))
  }
}

/** Whether the driver of the config knows the GPU; one that does not is reported. */
function checkDriver({ capability, title, place }: TargetDevice, { driver }: GpuChoice, sink: Sink): boolean {
  const needed = findDriverOf(capability)
  if (driver === undefined || needed === undefined || isDriverNewEnough(driver.value, needed)) return true
  const related = [{ span: place.span, message: `a GPU that came with driver ${needed}` }]
  sink.report(gpus.driverOfGpu({ driver: driver.value, gpu: title, needed }, { at: driver.span, related, ...changeTo(`"${needed}"`, driver.span) }))
  return false
}

/** Vendors count memory in units of 1024³ bytes, as Compose does. */
function checkMemory({ facts, place }: Named, { memory }: GpuChoice, sink: Sink): void {
  const asked = memory && parseByteSize(memory.value)
  const most = Math.max(...facts.memory)
  if (memory === undefined || asked === undefined || facts.memory.length === 0 || asked.bytes <= most * 1024 ** 3) return
  const related = [{ span: place.span, message: `${facts.name ?? place.value} has ${most} GB` }]
  sink.report(gpus.tooLittleMemory({ gpu: facts.name ?? place.value, asked: memory.value, has: `${most}GB` }, { at: memory.span, related, ...changeTo(`${most}GB`, memory.span) }))
}
