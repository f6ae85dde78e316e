/** The pieces of work under way as a person sees them: what asked for each, what it did, and since when. */
import type { WatchEvent } from '../event.ts'

export type Outcome = Extract<WatchEvent, { readonly kind: 'action' }>['outcome']

/** There is the main piece, which may run jobs for hours, and one for what is done beside it meanwhile. */
export interface Tasks {
  /** A later change joins the piece under way. */
  add(causes: readonly string[], isBeside: boolean): void
  did(...deeds: readonly string[]): void
  /** Of the main piece, whatever is done beside it. */
  didJob(...deeds: readonly string[]): void
  /** Told where nothing else is done. */
  built(services: readonly string[]): void
  /** Whether what is done last has done anything. */
  hasDeeds(): boolean
  /** Ends what is done beside the main piece, or else that one. */
  end(outcome: Outcome, reason?: string): void
  endBeside(outcome: Outcome): void
  endMain(outcome: Outcome, reason?: string): void
  /** Ends the main piece for a newer change; its causes are still to be answered. */
  abort(): void
}

interface Task {
  readonly causes: readonly string[]
  readonly did: readonly string[]
  readonly built: readonly string[]
  /** Milliseconds since the epoch. */
  readonly started: number
}

type Place = 'main' | 'beside'

export function createTasks(show: (event: WatchEvent) => void, now: () => number): Tasks {
  const tasks = new Map<Place, Task>()
  const current = (): Place => (tasks.has('beside') ? 'beside' : 'main')

  function change(place: Place, changed: (task: Task) => Partial<Task>): void {
    const task = tasks.get(place)
    if (task !== undefined) tasks.set(place, { ...task, ...changed(task) })
  }

  function end(place: Place, outcome: Outcome, reason?: string): void {
    const task = tasks.get(place)
    tasks.delete(place)
    if (task === undefined) return
    const { causes, did, built, started } = task
    show({ kind: 'action', causes, did: did.length === 0 ? built : did, outcome, milliseconds: now() - started, ...(reason === undefined ? {} : { reason }) })
  }

  function add(causes: readonly string[], place: Place): void {
    if (!tasks.has(place)) tasks.set(place, { causes: [], did: [], built: [], started: now() })
    change(place, (task) => ({ causes: unite(task.causes, causes) }))
  }

  const addDeeds = (place: Place, deeds: readonly string[]) => change(place, ({ did }) => ({ did: unite(did, deeds) }))
  return {
    add: (causes, isBeside) => add(causes, isBeside ? 'beside' : 'main'),
    did: (...deeds) => addDeeds(current(), deeds),
    didJob: (...deeds) => addDeeds('main', deeds),
    built: (services) => change(current(), () => ({ built: services.map((service) => `build ${service}`) })),
    hasDeeds: () => tasks.get(current())?.did.length !== 0,
    end: (outcome, reason) => end(current(), outcome, reason),
    endBeside: (outcome) => end('beside', outcome),
    endMain: (outcome, reason) => end('main', outcome, reason),
    abort: () => {
      const causes = tasks.get('main')?.causes ?? []
      end('main', 'aborted')
      add(causes, 'main')
    },
  }
}

function unite(one: readonly string[], other: readonly string[]): readonly string[] {
  return [...new Set([...one, ...other])]
}
