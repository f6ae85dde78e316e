/** Python packages that keys of the config bring along, such as the client of a tracking server: all roles of the project get them, so that what one writes another can read. */
import type { Config } from '../config/config.ts'
import { parseRequirement } from '../project/requirements.ts'
import type { Decision } from './decision.ts'
import { packagesNamedIn } from './packages.ts'
import { packagesOfServer, type ResolvedServer } from './server.ts'
import { bringTrackingClient } from './tracking.ts'
import type { UserRequirements } from './user-requirements.ts'

export interface BroughtPackage extends Pick<Decision, 'because' | 'spans' | 'fact'> {
  /** A PEP 508 requirement with an exact version, unless something else that is installed decides it. */
  readonly requirement: string
  /** The key that brings it. */
  readonly broughtBy: string
  /** A package that has all of it: where that is installed, this one is not. */
  readonly containedIn?: string | undefined
}

/** What tells which packages are brought. */
export interface BringInput {
  readonly config: Config
  readonly requirements: UserRequirements
  /** `X.Y`. */
  readonly python: string
  /** The ready-made server of `serve`. */
  readonly server: ResolvedServer | undefined
}

/** One function for each key that brings packages. */
const BRINGERS: readonly ((input: BringInput) => readonly BroughtPackage[])[] = [bringTrackingClient, packagesOfServer]

/** Without those that the user names: their version is no decision of ours. */
export function broughtPackages(input: BringInput): readonly BroughtPackage[] {
  const named = packagesNamedIn(input.requirements)
  const brought = BRINGERS.flatMap((bring) => bring(input)).filter(({ requirement }) => !named.has(nameOf(requirement)))
  const others = new Set([...named, ...brought.map(({ requirement }) => nameOf(requirement))])
  return brought.filter(({ containedIn }) => containedIn === undefined || !others.has(containedIn))
}

function nameOf(requirement: string): string {
  return parseRequirement(requirement)?.name ?? ''
}
