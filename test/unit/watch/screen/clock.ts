/** A clock that a test turns by hand. */
import type { Now, Schedule } from '../../../../src/watch/screen/screen.ts'

export interface Clock {
  readonly now: Now
  readonly schedule: Schedule
  /** Lets time pass, and calls what falls due in its order. */
  pass(milliseconds: number): void
  /** How many callbacks wait. */
  waiting(): number
}

export function createClock(start: number): Clock {
  let time = start
  const alarms = new Set<{ readonly at: number; readonly callback: () => void }>()
  const nextUntil = (end: number) => [...alarms].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0]
  return {
    now: () => time,
    schedule: (callback, milliseconds) => {
      const alarm = { at: time + milliseconds, callback }
      alarms.add(alarm)
      return () => void alarms.delete(alarm)
    },
    pass: (milliseconds) => {
      const end = time + milliseconds
      for (let next = nextUntil(end); next !== undefined; next = nextUntil(end)) {
        alarms.delete(next)
        time = next.at
        next.callback()
      }
      time = end
    },
    waiting: () => alarms.size,
  }
}
