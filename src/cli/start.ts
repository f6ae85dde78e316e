/** Starts mlstack in its own process; no other file touches `process`. */
import { existsSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import packageJson from '../../package.json' with { type: 'json' }
import { codeOf, HostError, onHost } from '../write/host-error.ts'
import { reportFailure } from './exit.ts'
import { READ_LIMIT, type Io, type Output, type Terminal } from './io.ts'
import { main } from './main.ts'

const SCHEMA_NAME = 'mlstack.schema.json'

const { version } = packageJson
const stdout = openOnUse(1, () => process.stdout)
const stderr = openOnUse(2, () => process.stderr)

function currentFolder(): string {
  return onHost('find', 'the working folder', () => process.cwd())
}

async function readStandardInput(): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let total = 0
  for await (const piece of process.stdin as AsyncIterable<Buffer>) {
    pieces.push(piece)
    total += piece.length
    if (total >= READ_LIMIT) break
  }
  return Buffer.concat(pieces)
}

/** The schema lies beside the program or in a folder above it, whether the program is bundled or run from its sources. */
function findSchema(): string {
  for (let folder = import.meta.dirname; dirname(folder) !== folder; folder = dirname(folder)) {
    if (existsSync(join(folder, SCHEMA_NAME))) return join(folder, SCHEMA_NAME)
  }
  return join(import.meta.dirname, SCHEMA_NAME)
}

/** A stream takes milliseconds to open, so text goes straight to the descriptor; where that fails, the stream takes the rest and tells why. */
function openOnUse(descriptor: number, open: () => NodeJS.WriteStream): Output {
  let opened: NodeJS.WriteStream | undefined
  const stream = () => {
    if (opened === undefined) watchOutput((opened = open()))
    return opened
  }
  return {
    write: (text) => {
      const rest = opened === undefined ? writeDirectly(descriptor, Buffer.from(text)) : Buffer.from(text)
      if (rest.length > 0) stream().write(rest)
    },
    get isTTY() {
      return stream().isTTY
    },
  }
}

/** Gives back what could not be written: a pipe may be full for now, or closed. */
function writeDirectly(descriptor: number, bytes: Buffer): Buffer {
  let written = 0
  try {
    while (written < bytes.length) written += writeSync(descriptor, bytes, written)
  } catch {
    return bytes.subarray(written)
  }
  return bytes.subarray(written)
}

/** A reader that has gone, as in `mlstack schema | head`, is no failure. */
function watchOutput(stream: NodeJS.WriteStream): void {
  stream.on('error', (error) => {
    if (codeOf(error) !== 'EPIPE') process.exitCode = reportFailure(new HostError('write to', 'the output', error), { stderr, version })
  })
}

const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Touches nothing of the process until something is asked for. */
function openTerminal(): Terminal {
  const closing: (() => void)[] = []
  return {
    columns: () => process.stdout.columns || 80,
    rows: () => process.stdout.rows || 24,
    onResize: (listener) => {
      process.stdout.on('resize', listener)
      closing.push(() => process.stdout.off('resize', listener))
    },
    onKeys: (listener) => {
      if (!process.stdin.isTTY) return
      process.stdin.setRawMode(true).on('data', listener)
      closing.push(() => process.stdin.off('data', listener).setRawMode(false).unref())
    },
    onStop: (listener) => {
      for (const signal of STOP_SIGNALS) process.on(signal, listener)
      closing.push(() => STOP_SIGNALS.forEach((signal) => process.off(signal, listener)))
    },
    close: () => closing.splice(0).forEach((close) => close()),
  }
}

async function start(): Promise<void> {
  try {
    const io: Io = {
      stdin: readStandardInput,
      stdinPieces: () => process.stdin,
      stdout,
      stderr,
      cwd: currentFolder(),
      env: process.env,
      version,
      get schemaPath() {
        return findSchema()
      },
      terminal: openTerminal(),
    }
    const status = await main(process.argv.slice(2), io)
    process.exitCode ??= status
  } catch (error) {
    process.exitCode = reportFailure(error, { stderr, version })
  }
}

void start()
