/** Projects whose packages are named in pyproject.toml or uv.lock: they build, import, and have what was named. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { testOnEngine, withStack, type Stack } from './engine.ts'

/** What training finds installed, by the names of distributions. */
async function trainIn(stack: Stack): Promise<Readonly<Record<string, string>>> {
  await stack.mlstack('compile')
  const { exitCode, output } = await stack.compose('up', '--build', '--quiet-pull', '--no-color', '--exit-code-from', 'train', 'train')
  assert.is(exitCode, 0, output)
  return JSON.parse(/packages (\{.*\})/.exec(output)?.[1] ?? '{}')
}

testOnEngine('the dependencies of a pyproject.toml are installed', () =>
  withStack('test/e2e/python-projects/pyproject', async (stack) => {
    const { pandas = '', pytest, 'scikit-learn': learn = '' } = await trainIn(stack)
    assert.match(pandas, /^2\./)
    assert.match(learn, /^1\.7\./)
    assert.is(pytest, undefined)
  }),
)

testOnEngine('what a uv.lock holds is installed, in its versions and nothing else', () =>
  withStack('test/e2e/python-projects/uv-lock', async (stack) => {
    const { pip: _, setuptools: __, wheel: ___, ...found } = await trainIn(stack)
    const requirements = stack.read('.mlstack/train.requirements.txt')
    const held = [...requirements.matchAll(/^([\w.-]+)==([^\s;]+)/gm)].map(([, name = '', version = '']) => [name, version])
    // scikit-learn has a layer of its own, and the project itself counts as installed.
    assert.equal(found, { ...Object.fromEntries(held), 'scikit-learn': '1.7.2', locked: '0.1.0' })
    assert.match(requirements, '--hash=sha256:')
  }),
)

test.run()
