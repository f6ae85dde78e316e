/** Saves the code of a running server, and counts until it answers by it: under `mlstack watch` and under Compose's own watch, in turn. */
import { setTimeout as sleep } from 'node:timers/promises'
import { withStack, type Stack } from '../e2e/engine.ts'
import { withWatch } from '../e2e/watch-session.ts'
import { summarize, type Times } from './measure.ts'
import { timeUntil } from './watch-saves.ts'

const PROJECT = 'test/e2e/edits'
const COMPOSE_FILES = ['-f', 'compose.yaml', '-f', '.mlstack/compose.dev.yaml']

/** Between two requests to the server. */
const INTERVAL = 5

/** Between two saves. By then the image has followed, and nothing runs that would slow the next one down. */
const PAUSE = 2500

/** One after the other in each round; a first round is not counted. */
export async function measureCodeSaves(saves: number): Promise<readonly Times[]> {
  const rounds: (readonly number[])[] = []
  await withBoth(async (stacks) => {
    for (let mark = 1; mark <= saves + 1; mark++) {
      const round: number[] = []
      for (const stack of stacks) {
        await sleep(PAUSE)
        round.push(await timeUntil(() => setMark(stack, mark), () => answersBy(stack, mark), INTERVAL))
      }
      rounds.push(round)
    }
  })
  return ['mlstack watch', 'docker compose watch'].map((name, index) => summarize(name, rounds.slice(1).map((round) => round[index] ?? NaN)))
}

async function withBoth(use: (stacks: readonly [Stack, Stack]) => Promise<void>): Promise<void> {
  await withStack(PROJECT, (ours) =>
    withStack(PROJECT, async (theirs) => {
      await theirs.mlstack('compile')
      await theirs.compose(...COMPOSE_FILES, 'up', '--detach', '--build')
      await withWatch(ours.folder, ours.env, [], async (session) => {
        await session.settle()
        await theirs.whileComposing([...COMPOSE_FILES, 'watch', '--no-up'], async () => {
          for (const stack of [ours, theirs]) await stack.waitForHealth()
          await use([ours, theirs])
        })
      })
    }),
  )
}

function setMark(stack: Stack, mark: number): void {
  stack.write('serve.py', stack.read('serve.py').replace(/MARK = \d+/, `MARK = ${mark}`))
}

/** A server that starts anew answers nothing for a moment. */
async function answersBy({ url }: Stack, mark: number): Promise<boolean> {
  const text = await fetch(url, { signal: AbortSignal.timeout(1000) }).then((response) => response.text()).catch(() => '')
  return text.includes(`"serve": ${mark},`)
}
