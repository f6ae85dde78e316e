/** Keys of Compose's services that came after the oldest Compose that mlstack is run with. */
import compose from './data/compose.json' with { type: 'json' }

export interface ComposeFeature {
  /** Steps from the service; `*` stands for any name or item. */
  readonly path: readonly string[]
  /** The values that came later; without them the key itself did. */
  readonly values?: readonly string[]
  /** The first release that has it. */
  readonly since: string
  /** What the oldest one does: it drops the key without a word, or refuses the file. */
  readonly older: 'ignores' | 'refuses'
  /** What does the same there. */
  readonly instead?: string
}

export const COMPOSE_FEATURES = compose.features as readonly ComposeFeature[]
