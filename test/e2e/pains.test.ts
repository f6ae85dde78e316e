/** What the page on pains says that a job prints, it prints on an engine. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { PAINS, shown } from '../docs/pains-page.ts'
import { testOnEngine, withStack } from './engine.ts'

for (const { pain, text } of shown.filter(({ what }) => what === 'prints')) {
  testOnEngine(`${pain} is no pain when the job runs`, () =>
    withStack(`${PAINS}/${pain}`, async (stack) => {
      await stack.mlstack('compile')
      const build = await stack.compose('build', '--quiet', 'train')
      assert.is(build.exitCode, 0, build.output)
      const { exitCode, output } = await stack.compose('run', '--rm', '--no-TTY', 'train')
      assert.is(exitCode, 0, output)
      assert.match(output, text.trim())
    }),
  )
}

test.run()
