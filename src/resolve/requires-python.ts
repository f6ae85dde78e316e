/** What a project's `requires-python` allows, and whether the Python of the images is among it. */
import type { Located } from '../config/located.ts'
import * as files from '../diagnostics/catalogue/files.ts'
import { changeTo } from '../diagnostics/diagnostic.ts'
import type { Sink } from '../diagnostics/sink.ts'
import { DEFAULT_PYTHON, PYTHONS } from '../facts/images.ts'
import { compareVersions, isInRange, isSpecifier } from './specifier.ts'

const KNOWN = PYTHONS.map(({ version }) => version)

/** No minor of Python has a thousand patches. */
const LAST_PATCH = 999

/** Whether a Python, `X.Y` or `X.Y.Z`, is allowed: of a minor, whether any patch is. A range that nobody can read allows all. */
export function allowsPython(range: string | undefined, python: string): boolean {
  if (range === undefined || range.trim() === '' || !isSpecifier(range)) return true
  const patches = python.split('.').length > 2 ? [python] : [`${python}.0`, `${python}.${LAST_PATCH}`]
  return patches.some((version) => isInRange(version, range))
}

/** The Python that the images are likely to have, before the frameworks have had their say. */
export function likelyPython(range: Located<string> | undefined): string {
  return allowsPython(range?.value, DEFAULT_PYTHON) ? DEFAULT_PYTHON : (KNOWN.findLast((version) => allowsPython(range?.value, version)) ?? DEFAULT_PYTHON)
}

/** Reports a Python that the project excludes: at `python` where the config gives it, else at the project's range. */
export function checkRequiredPython(range: Located<string> | undefined, asked: Located<string> | undefined, chosen: string, sink: Sink): void {
  if (range === undefined || allowsPython(range.value, chosen)) return
  const words = { range: `requires-python = "${range.value}"` }
  if (asked === undefined) return sink.report(files.excludedPython({ ...words, python: undefined, supported: undefined }, { at: range.span }))
  const supported = nearestAllowed(range.value, chosen)
  const fix = supported === undefined ? {} : changeTo(`"${supported}"`, asked.span, `use Python ${supported}`)
  sink.report(files.excludedPython({ ...words, python: chosen, supported }, { at: asked.span, related: [{ span: range.span, message: 'the project runs on these alone' }], ...fix }))
}

/** The Python itself, else the newest older one that is allowed, else the oldest newer one. */
function nearestAllowed(range: string | undefined, python: string): string | undefined {
  const allowed = KNOWN.filter((version) => allowsPython(range, version))
  return allowed.findLast((version) => compareVersions(version, python) <= 0) ?? allowed[0]
}
