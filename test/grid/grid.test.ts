/** No third outcome: every framework, version, Python and machine compiles to wheels that exist, or is refused once with a fix that makes it so. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { FRAMEWORKS } from '../../src/facts/frameworks.ts'
import { parseRequirement } from '../../src/project/requirements.ts'
import { wheelsOf } from '../unit/facts/wheels.ts'
import { cellsOf, tryCell, type Outcome } from './grid.ts'

/** In CI each cell is tried; elsewhere one of seven, another one for each version, since a person waits for it. */
const STRIDE = process.env['CI'] ? 1 : 7

for (const facts of FRAMEWORKS) {
  test(`${facts.title}: each version on each Python and machine compiles, or is refused with a fix that compiles`, () => {
    const wrong: string[] = []
    const counts = { compiles: 0, refused: 0, neither: 0 }
    for (const cell of [...cellsOf(facts)].filter((_, index) => index % STRIDE === 0)) {
      const outcome = tryCell(cell)
      counts[outcome.kind] += 1
      const problems = outcome.kind === 'neither' ? [outcome.problem] : findMissingWheels(outcome)
      wrong.push(...problems.map((problem) => `${facts.name} ${cell.version}, Python ${cell.python}, ${cell.machine.name}: ${problem}`))
    }
    assert.equal(wrong.slice(0, 10), [])
    // A grid in which nothing is refused, or nothing compiles, would show nothing.
    assert.ok(counts.compiles > 0 && counts.refused > 0, JSON.stringify(counts))
  })
}

/** The wheels that a Dockerfile names and that the package index, looked at by another way than the tables were, does not have for its Python and processor. */
function findMissingWheels({ dockerfile, ...outcome }: Exclude<Outcome, { kind: 'neither' }>): readonly string[] {
  const python = /^FROM python:(\d+\.\d+)-/m.exec(dockerfile)?.[1] ?? ''
  const isArm = /linux\/arm64/.test(outcome.kind === 'compiles' ? outcome.config : outcome.fixed)
  const pins = pinsOf(dockerfile, isArm)
  if (pins.length === 0) return ['the Dockerfile names no exact version']
  return pins.filter(({ name, version }) => !wheelsOf(name, version)?.[isArm ? 'arm64' : 'x64'].includes(python)).map(({ name, version }) => `${name} ${version} has no wheel for Python ${python}`)
}

interface Pin {
  readonly name: string
  readonly version: string
}

/** The exact versions that are installed on this processor; the label of a build is its index's affair. */
function pinsOf(dockerfile: string, isArm: boolean): readonly Pin[] {
  return [...dockerfile.matchAll(/"([^"]+==[^"]+)"/g)].flatMap(([, text = '']) => {
    const requirement = parseRequirement(text)
    const [, version] = /^==([^+,]+)/.exec(requirement?.specifier ?? '') ?? []
    const isHere = requirement !== undefined && (requirement.marker === '' || requirement.marker.includes('!=') === isArm)
    return requirement !== undefined && version !== undefined && isHere ? [{ name: requirement.name, version }] : []
  })
}

test.run()
