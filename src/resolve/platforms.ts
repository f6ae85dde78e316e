/** Which processors the images are built for. */
import type { Build } from '../config/config.ts'
import * as gpus from '../diagnostics/catalogue/gpus.ts'
import type { Span } from '../diagnostics/diagnostic.ts'
import type { Sink } from '../diagnostics/sink.ts'
import type { Release } from '../facts/frameworks.ts'

export interface Platforms {
  readonly hasX64: boolean
  readonly hasArm64: boolean
  /** The value of `build.platforms`; undefined where the config leaves it to the machine that builds. */
  readonly span: Span | undefined
}

const PLATFORM = /^linux\/(amd64|arm64)(?:\/v\d)?$/

/** Without `build.platforms` an image is for the machine that builds it: what is known of x86-64 decides, and markers in requirements do the rest. */
export function readPlatforms({ platforms }: Build, sink: Sink): Platforms {
  const known = (platforms?.value ?? []).flatMap(({ value, span }) => {
    const [, processor] = PLATFORM.exec(value) ?? []
    if (processor === undefined) sink.report(gpus.unknownPlatform({ platform: value }, { at: span }))
    return processor ?? []
  })
  if (known.length === 0) return { hasX64: true, hasArm64: false, span: undefined }
  return { hasX64: known.includes('amd64'), hasArm64: known.includes('arm64'), span: platforms?.span }
}

/** The Pythons of a release with wheels for all of the platforms. */
export function pythonsOf({ python, arm64 }: Release, { hasX64, hasArm64 }: Platforms): readonly string[] {
  if (!hasArm64) return python
  return hasX64 ? python.filter((version) => arm64.includes(version)) : arm64
}
