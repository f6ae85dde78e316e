/** Which commands start anew by themselves when their code changes. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { reloadsItself } from '../../../../src/watch/run/reloading.ts'
import { plan } from '../stacks.ts'

const table: readonly (readonly [string, boolean])[] = [
  ['serve.py', false],
  ['uvicorn serve:app', false],
  ['uvicorn serve:app --reload', true],
  ['python -m uvicorn serve:app --reload', true],
  ['/usr/local/bin/gunicorn --reload app:app', true],
  ['flask --app serve run', false],
  ['flask --app serve run --debug', true],
  ['fastapi dev serve.py', true],
  ['fastapi run serve.py', false],
  ['streamlit run serve.py', true],
  ['cd app && uvicorn serve:app --reload', true],
  ['python serve.py --reload', false],
]
for (const [command, expected] of table) {
  test(command, () => {
    const { stack } = plan(`name: one\nframework: python\nserve: "${command}"\n`, { 'serve.py': '' })
    assert.is(stack.services.map(reloadsItself)[0], expected)
  })
}

test.run()
