/** Which commands start anew by themselves when their code changes. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { reloadsItself } from '../../../../src/watch/run/reloading.ts'
import { plan } from '../stacks.ts'

const table: readonly (readonly [string, boolean])[] = [
  ['serve.py', false],
  ['uvicorn serve:app --host 0.0.0.0 --port 8080', false],
  ['uvicorn serve:app --reload --host 0.0.0.0 --port 8080', true],
  ['python -m uvicorn serve:app --reload --host 0.0.0.0 --port 8080', true],
  ['/usr/local/bin/gunicorn --reload app:app', true],
  ['flask --app serve run --host 0.0.0.0 --port 8080', false],
  ['flask --app serve run --debug --host 0.0.0.0 --port 8080', true],
  ['fastapi dev serve.py --host 0.0.0.0 --port 8080', true],
  ['fastapi run serve.py', false],
  ['streamlit run serve.py', true],
  ['cd app && uvicorn serve:app --reload --host 0.0.0.0 --port 8080', true],
  ['python serve.py --reload', false],
]
for (const [command, expected] of table) {
  test(command, () => {
    const { stack } = plan(`name: one\nframework: python\nserve: "${command}"\n`, { 'serve.py': '' })
    assert.is(stack.services.map(reloadsItself)[0], expected)
  })
}

test.run()
