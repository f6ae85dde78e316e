/** Every framework that a package index without GPUs can serve installs and imports in its image, which holds no library of CUDA. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { testOnEngine, withStack } from './engine.ts'

interface Row {
  /** As in the config. */
  readonly framework: string
  /** Python modules with the version that each must have; an empty one is any. */
  readonly modules: Readonly<Record<string, string>>
}

const ROWS: readonly Row[] = [
  { framework: 'scikit-learn==1.6.1', modules: { sklearn: '1.6.1' } },
  { framework: 'tensorflow==2.21.0', modules: { tensorflow: '2.21.0' } },
  { framework: 'pytorch==2.13.0', modules: { torch: '2.13.0+cpu' } },
  { framework: 'jax==0.10.2', modules: { jax: '0.10.2', jaxlib: '' } },
  { framework: 'lightgbm==4.7.0', modules: { lightgbm: '4.7.0' } },
  { framework: 'xgboost==3.1.1', modules: { xgboost: '3.1.1' } },
  { framework: 'onnx==1.30.0', modules: { onnxruntime: '1.30.0' } },
  { framework: '[transformers==5.17.0, pytorch==2.13.0]', modules: { transformers: '5.17.0', torch: '2.13.0+cpu' } },
]

for (const { framework, modules } of ROWS) {
  testOnEngine(`${framework} installs and imports without any library of CUDA`, () =>
    withStack('test/e2e/frameworks', async (stack) => {
      stack.replace('mlstack.yaml', 'framework: python', `framework: ${framework}`)
      stack.replace('mlstack.yaml', 'train: look.py', `train: { command: look.py, environment: { MODULES: "${Object.keys(modules).join(' ')}" } }`)
      await stack.mlstack('compile')
      const build = await stack.compose('build', '--quiet')
      assert.is(build.exitCode, 0, build.output)
      const { exitCode, output } = await stack.compose('run', '--rm', '--no-TTY', 'train')
      assert.is(exitCode, 0, output)
      const line = output.split('\n').find((each) => each.startsWith('{"versions"')) ?? '{}'
      const { versions, cuda } = JSON.parse(line) as { readonly versions: Readonly<Record<string, string>>; readonly cuda: readonly string[] }
      for (const [name, version] of Object.entries(modules)) assert.match(versions[name] ?? '', version)
      assert.equal(cuda, [])
    }),
  )
}

test.run()
