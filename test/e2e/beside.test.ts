/** A project with a library beside it: its command runs, a build is sent no more than what is named, and an edit of code installs nothing. */
import { appendFileSync, cpSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { testOnEngine, withStack, type Stack } from './engine.ts'

const LARGE = 20_000_000

/** The library lies in the folder of temporary files, which is then the build context, with all that others have left there. */
async function withLibrary(use: (stack: Stack, library: string) => Promise<void>): Promise<void> {
  await withStack('test/e2e/beside', async (stack) => {
    const library = `${stack.folder}-library`
    try {
      cpSync(join(import.meta.dirname, 'library'), library, { recursive: true })
      stack.replace('requirements.txt', 'LIBRARY', `../${basename(library)}`)
      writeFileSync(`${library}.bin`, Buffer.alloc(LARGE))
      await use(stack, library)
    } finally {
      for (const path of [library, `${library}.bin`]) rmSync(path, { recursive: true, force: true })
    }
  })
}

/** What BuildKit says, with what each of its steps came to. */
async function build(stack: Stack): Promise<{ readonly sentBytes: number; readonly executed: readonly string[] }> {
  await stack.mlstack('compile')
  const { exitCode, output } = await stack.compose('build', '--progress', 'plain', 'train')
  assert.is(exitCode, 0, output)
  const [, amount = '', unit = ''] = /transferring context: ([\d.]+)(k?M?)B/.exec(output) ?? []
  const steps = [...output.matchAll(/^#(\d+) \[[^\]]*\] ((?:RUN|COPY) .*)$/gm)]
  const isCached = (number: string) => new RegExp(`^#${number} CACHED$`, 'm').test(output)
  return { sentBytes: Number(amount) * (unit === 'M' ? 1e6 : unit === 'k' ? 1e3 : 1), executed: steps.filter(([, number = '']) => !isCached(number)).map(([, , instruction = '']) => instruction) }
}

testOnEngine('a library beside the project is imported as if installed, and an edit of it installs nothing', () =>
  withLibrary(async (stack, library) => {
    const first = await build(stack)
    assert.ok(first.sentBytes > 0 && first.sentBytes < 200_000, `${first.sentBytes} bytes were sent`)
    const run = await stack.compose('run', '--rm', 'train')
    assert.is(run.exitCode, 0, run.output)
    assert.equal(JSON.parse(/^found (.*)$/m.exec(run.output)?.[1] ?? ''), {
      words: ['--loud'],
      folder: '/srv/beside',
      file: `/opt/code/${basename(library)}/src/acme_features/cli.py`,
      versions: { 'acme-features': '1.2.0', beside: '3.4' },
      models: [true],
      imports: ['beside', 'x'],
    })

    appendFileSync(join(library, 'src/acme_features/cli.py'), '\n# edited\n')
    const edited = await build(stack)
    assert.equal(edited.executed.filter((instruction) => !instruction.startsWith('COPY --link --chown=')), [])
    assert.ok(edited.executed.length > 0)
  }),
)

test.run()
