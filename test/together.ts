/** Runs tests that mostly wait for other processes at the same time, since one after the other they would leave processors idle. */
import { availableParallelism } from 'node:os'

type Body = () => Promise<void>

/** Gives what takes the bodies of a file's tests: the first that is run starts them all, as many at once as there are processors. */
export function together(): (body: Body) => Body {
  const waiting: Body[] = []
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await next()
  }
  let workers: readonly Promise<void>[] | undefined
  return (body) => {
    const outcome = new Promise<void>((resolve, reject) => waiting.push(() => body().then(resolve, reject)))
    // A failure may come before its test is awaited, which tells of it.
    outcome.catch(() => undefined)
    return () => {
      workers ??= Array.from({ length: availableParallelism() }, work)
      return outcome
    }
  }
}
