/** What every screen of a watch session has in common, and what it is given of the process it runs in. */
import type { WatchEvent } from '../event.ts'

/** Shows a session to whoever looks at it. Nothing is shown after `close`. */
export interface Screen {
  show(event: WatchEvent): void
  close(): void
}

/** Where the text goes; the same as the command line's. */
export interface Output {
  write(text: string): unknown
  readonly isTTY?: boolean | undefined
}

/** Milliseconds since the epoch. */
export type Now = () => number

/** Calls back once after some milliseconds, unless the function that it returns is called before. */
export type Schedule = (callback: () => void, milliseconds: number) => () => void
