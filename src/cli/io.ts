/** What a command may touch of the process it runs in, so that tests can run it in their own. */

export interface Output {
  write(text: string): unknown
  readonly isTTY?: boolean | undefined
}

export interface Io {
  /** All of standard input, or its first `READ_LIMIT` bytes. */
  readonly stdin: () => Uint8Array | Promise<Uint8Array>
  /** All of standard input as it comes, however much it is. */
  readonly stdinPieces: () => AsyncIterable<Uint8Array>
  readonly stdout: Output
  readonly stderr: Output
  /** The working folder, absolute. */
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** The version of mlstack, such as `0.1.0`. */
  readonly version: string
  /** Where `mlstack.schema.json` lies, absolute. */
  readonly schemaPath: string
  readonly terminal: Terminal
}

/** The person at the other end, for a command that stays: keys, the size of the screen, and the wish to stop. */
export interface Terminal {
  /** The size of standard output's terminal; 80 by 24 where it is none. */
  readonly columns: () => number
  readonly rows: () => number
  readonly onResize: (listener: () => void) => void
  /** Gives each key as it is pressed, where standard input is a terminal. */
  readonly onKeys: (listener: (bytes: Uint8Array) => void) => void
  /** Ctrl-C where no key is read, and the signals by which a system ends programs. */
  readonly onStop: (listener: () => void) => void
  /** Gives the terminal back as it was. */
  readonly close: () => void
}

/** Bytes of a config that are read at most: over what the compiler accepts, so that it tells of its limit, and a device that never ends does too. */
export const READ_LIMIT = 2 * 1024 * 1024
