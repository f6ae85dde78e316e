/** `mlstack watch --no-up` in this process: options, keys, and the screens that it opens. */
import { appendFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { withFolder } from '../../../src/build/sample-folder.ts'
import { SAMPLE_PROJECT } from '../../../src/build/sample-project.ts'
import type { Io } from '../../../src/cli/io.ts'
import { main } from '../../../src/cli/main.ts'
import { createTestTerminal, noPieces } from './run.ts'

interface Watching {
  readonly folder: string
  text(): string
  press(keys: string): void
  stop(): void
  /** Waits until all that was written so far includes the text. */
  until(text: string): Promise<void>
  readonly status: Promise<number>
}

async function watching(argv: readonly string[], use: (watching: Watching) => Promise<void>, { isTTY = false, env = {} }: { readonly isTTY?: boolean; readonly env?: Io['env'] } = {}): Promise<string> {
  let text = ''
  const write = (more: string) => (text += more)
  await withFolder(SAMPLE_PROJECT, async (folder) => {
    const { terminal, press, stop } = createTestTerminal()
    const io: Io = { stdin: () => new Uint8Array(), stdinPieces: noPieces, stdout: { write, isTTY }, stderr: { write }, cwd: folder, env, version: '1.2.3', schemaPath: '', terminal }
    const status = main(['watch', ...argv], io)
    const until = async (wanted: string) => {
      for (let tries = 0; !text.includes(wanted); tries++) {
        if (tries === 250) throw new Error(`waited for ${wanted} in:\n${text}`)
        await sleep(20)
      }
    }
    try {
      await use({ folder, text: () => text, press, stop, until, status })
    } finally {
      stop()
      await status
    }
  })
  return text
}

test('plain lines: what is written, what a save leads to, and the end', async () => {
  const text = await watching(['--no-up'], async ({ folder, until }) => {
    await until('watching')
    appendFileSync(join(folder, 'mlstack.yaml'), 'environment: { A: b }\n')
    await until('mlstack.yaml -> compile')
  })
  assert.match(text, /^created .*\n(.*\n)*digits: watching \d+ files of mlstack.yaml\nupdated compose.yaml\nupdated .mlstack\/manifest.json\nmlstack.yaml -> compile  [\d.]+ m?s\nstopped watching\n$/)
})

test('a wrong config is told once, and again when it is wrong in another way', async () => {
  const text = await watching(['--no-up'], async ({ folder, until }) => {
    const config = join(folder, 'mlstack.yaml')
    await until('watching')
    writeFileSync(config, 'framework: pytorch\n')
    await until('compile failed')
    appendFileSync(config, '# no better\n')
    await sleep(200)
    writeFileSync(config, 'framework: nothing\ntrain: train.py\n')
    await until('MLS2001')
    writeFileSync(config, SAMPLE_PROJECT['mlstack.yaml'] ?? '')
    await until('no problems left')
  })
  assert.is(text.split('error[MLS1109]').length, 2, text)
})

test('a session can begin with a wrong config', async () => {
  const text = await watching(['--no-up', '--format', 'json'], async ({ folder, until }) => {
    await until('"event":"watching"')
    writeFileSync(join(folder, 'mlstack.yaml'), 'framework: pytorch\ntrain: nowhere.py\n')
    await until('MLS4001')
    writeFileSync(join(folder, 'nowhere.py'), '')
    await until('"did":["compile"],"outcome":"done"')
  })
  for (const line of text.trim().split('\n')) assert.is((JSON.parse(line) as { version: number }).version, 1)
})

test('the keys', async () => {
  await watching(['--no-up'], async ({ press, until, status }) => {
    await until('watching')
    press('rtl')
    press('q')
    assert.is(await status, 0)
  })
})

test('a terminal has the block of the services, and leaves lines alone', async () => {
  const text = await watching(['--no-up'], ({ until }) => until('mlstack · digits'), { isTTY: true, env: { NO_COLOR: '1', TERM: 'xterm', LANG: 'C.UTF-8' } })
  assert.match(text, 'mlstack · digits · watching')
  assert.ok(text.endsWith('stopped watching\n'), text)
})

const wrong: readonly (readonly [readonly string[], string])[] = [
  [['--no-up', '--down'], '--no-up and --down do not go together'],
  [['-'], 'standard input cannot be watched'],
  [['nowhere.yaml'], 'there is no file nowhere.yaml'],
  [['--format', 'sarif'], '--format cannot be "sarif"'],
  [['--pol'], 'did you mean --poll?'],
  [['a', 'b'], '"b" is one word too many for mlstack watch'],
]
for (const [argv, words] of wrong) {
  test(`refused: ${argv.join(' ')}`, async () => {
    assert.match(await watching(argv, async ({ status }) => assert.is(await status, 2)), words)
  })
}

test.run()
