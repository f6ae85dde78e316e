/** What a lock makes of the outputs: which files there are, what installs them, and what stays as it was. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { compile } from '../../../src/compile.ts'
import { formatLock, type Lock } from '../../../src/lock/lock-file.ts'
import type { ResolvedPackage } from '../../../src/lock/resolution.ts'
import { createMemoryProject } from '../../../src/project/memory-project.ts'
import { comparePlans } from '../../../src/watch/work/plan-difference.ts'
import { DIGEST, hashOf, lockOf, plan, resolved } from './setup.ts'

const CONFIG = 'name: x\nframework: scikit-learn==1.9.1\ntrain: train.py\n'

interface Locked {
  readonly config?: string
  readonly files?: Readonly<Record<string, string>>
  readonly layers: readonly (readonly ResolvedPackage[])[]
  readonly outputFolder?: string
  readonly edit?: (lock: Lock) => Lock
}

/** Locks as if a resolver had said that each layer adds these packages, and compiles. */
function compileLocked({ config = CONFIG, files = {}, layers, outputFolder = '.', edit = (lock) => lock }: Locked) {
  const text = formatLock(edit(lockOf(plan(config, files), layers)))
  const project = createMemoryProject({ 'train.py': '', ...files, 'mlstack.lock': text })
  const { stack, files: outputs, diagnostics } = compile({ name: 'mlstack.yaml', bytes: Buffer.from(config) }, project, { outputFolder })
  const textOf = (path: string) => outputs.find((file) => file.path === path)?.text ?? ''
  return { stack, diagnostics, paths: outputs.map(({ path }) => path).filter((path) => path.endsWith('.txt')), textOf, dockerfile: textOf('.mlstack/train.Dockerfile') }
}

const commandsOf = (dockerfile: string) => [...dockerfile.matchAll(/^ *(?:RUN )?(?:&& )?(pip .*?)(?: \\)?$/gm)].map(([, command]) => command)

test('each layer installs its own packages, by hash and nothing beside them', () => {
  const { paths, dockerfile, textOf, diagnostics } = compileLocked({ files: { 'requirements.txt': 'idna\n' }, layers: [[resolved('numpy', '2.4.6'), resolved('scikit-learn', '1.9.1')], [resolved('idna', '3.10')]] })
  assert.equal(diagnostics, [])
  assert.equal(paths, ['.mlstack/train.framework.lock.txt', '.mlstack/train.requirements.lock.txt'])
  assert.match(textOf('.mlstack/train.framework.lock.txt'), new RegExp(`\nnumpy==2\\.4\\.6 \\\\\n    --hash=sha256:${hashOf('a')}\nscikit-learn==1\\.9\\.1 \\\\\n    --hash=sha256:${hashOf('a')}\n$`))
  assert.equal(commandsOf(dockerfile), ['pip install --no-deps --require-hashes -r /requirements/train.framework.lock.txt', 'pip install --no-deps --require-hashes -r /requirements/train.requirements.lock.txt'])
  const ignored = textOf('.mlstack/train.Dockerfile.dockerignore').split('\n')
  assert.ok(ignored.indexOf('mlstack.lock') < ignored.indexOf('!.mlstack/train.framework.lock.txt'))
})

test('a layer that adds nothing is left out', () => {
  const { dockerfile, paths } = compileLocked({ files: { 'requirements.txt': 'numpy\n' }, layers: [[resolved('numpy', '2.4.6'), resolved('scikit-learn', '1.9.1')], []] })
  assert.equal(paths, ['.mlstack/train.framework.lock.txt'])
  assert.is(commandsOf(dockerfile).length, 1)
})

test('a requirements file with hashes stays the lock that it is', () => {
  const requirements = `idna==3.10 --hash=sha256:${hashOf('b')}\n`
  const { dockerfile } = compileLocked({ files: { 'requirements.txt': requirements }, layers: [[resolved('scikit-learn', '1.9.1')], [resolved('idna', '3.10')]] })
  assert.equal(commandsOf(dockerfile)[1], 'pip install -r /requirements/requirements.txt')
})

test('what is compiled is compiled from what is locked, and what comes from git from its commit', () => {
  const url = `git+https://git.example.org/tool@${'c'.repeat(40)}`
  const tool: ResolvedPackage = { name: 'tool', version: '1.0', url, hashes: [] }
  const files = { 'requirements.txt': 'annoy\nidna\ngit+https://git.example.org/tool@v1\n' }
  const { dockerfile, paths, textOf } = compileLocked({ config: CONFIG.replace('scikit-learn==1.9.1', 'python'), files, layers: [[resolved('annoy', '1.17.3'), resolved('idna', '3.10'), tool]] })
  assert.equal(paths, ['.mlstack/train.builder.lock.txt', '.mlstack/train.requirements.lock.txt'])
  assert.match(textOf('.mlstack/train.builder.lock.txt'), /\nannoy==1\.17\.3 /)
  assert.equal(commandsOf(dockerfile), [
    'pip wheel --no-deps --wheel-dir /wheels --require-hashes -r /requirements/train.builder.lock.txt',
    `pip wheel --no-deps --wheel-dir /wheels "tool @ ${url}"`,
    'pip install --no-deps --require-hashes -r /requirements/train.requirements.lock.txt',
    'pip install --no-deps /wheels/*.whl',
  ])
})

test('images for machines with GPUs are locked as well', () => {
  const config = 'name: x\nframework: pytorch==2.13.0\ngpu: auto\ntrain: train.py\n'
  const { stack, paths, textOf } = compileLocked({ config, layers: [[resolved('torch', '2.13.0')]] })
  assert.equal(paths, ['.mlstack/train.framework.lock.txt', '.mlstack/train.gpu.framework.lock.txt'])
  assert.equal([...(stack?.images ?? []), ...(stack?.overlay?.images ?? [])].map(({ baseImage }) => baseImage.endsWith(`@${DIGEST}`)), [true, true])
  assert.match(textOf('.mlstack/train.gpu.Dockerfile'), /pip install --no-deps --extra-index-url "\$PYTORCH_INDEX_URL" --require-hashes -r/)
})

test('outputs elsewhere have their files there', () => {
  const { paths, dockerfile } = compileLocked({ layers: [[resolved('scikit-learn', '1.9.1')]], outputFolder: 'build' })
  assert.equal(paths, ['.mlstack/train.framework.lock.txt'])
  assert.match(dockerfile, /source=build\/\.mlstack\/train\.framework\.lock\.txt,target=\/requirements\/train\.framework\.lock\.txt/)
})

test('a base image that has its digest keeps it', () => {
  const { stack } = compileLocked({ config: `${CONFIG}build: { from: "python@sha256:${'f'.repeat(64)}" }\n`, layers: [[resolved('scikit-learn', '1.9.1')]] })
  assert.is(stack?.images[0]?.baseImage, `python@sha256:${'f'.repeat(64)}`)
})

test('where the lock is out of date the outputs are those without it, but for the lock that stays out of the image', () => {
  const { dockerfile, paths, diagnostics, textOf } = compileLocked({ layers: [[resolved('scikit-learn', '1.9.1')]], edit: ({ images }) => ({ images: images.map((image) => ({ ...image, base: 'python:3.10-slim-bookworm' })) }) })
  assert.equal(diagnostics.map(({ code, severity }) => `${severity} ${code}`), ['warning MLS4020'])
  assert.equal([paths, commandsOf(dockerfile)], [[], ['pip install "scikit-learn==1.9.1"']])
  assert.match(textOf('.mlstack/train.Dockerfile.dockerignore'), /^mlstack\.lock$/m)
})

test('another lock is another image', () => {
  const layers = [[resolved('scikit-learn', '1.9.1')]]
  const before = compileLocked({ layers }).stack
  const after = compileLocked({ layers: [[{ ...resolved('scikit-learn', '1.9.1'), hashes: [hashOf('b')] }]] }).stack
  if (before === undefined || after === undefined) throw new Error('no stack')
  assert.equal(comparePlans(before, after).changedImages, ['train'])
  assert.equal(comparePlans(before, compileLocked({ layers }).stack ?? after).changedImages, [])
})

test.run()
