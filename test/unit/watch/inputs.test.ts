/** Which files matter, and what each of them is: for a usual project, for one with files elsewhere, and for a config that is wrong. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createMemoryProject } from '../../../src/project/memory-project.ts'
import { findInputs, type Inputs } from '../../../src/watch/inputs.ts'
import { recordProject } from '../../../src/watch/recorded-project.ts'
import { CONFIG, FILES, plan } from './stacks.ts'

const FOLDERS = { configPath: '/project/mlstack.yaml', outputFolder: '/project' }

function inputsOf(config = CONFIG, files: Readonly<Record<string, string>> = FILES): Inputs {
  return findInputs(plan(config, files), FOLDERS)
}

function describe(path: string, inputs: Inputs): string {
  const absolute = path.startsWith('/') ? path : `/project/${path}`
  const found = inputs.inputsAt(absolute)
  const words = [
    inputs.isIgnored(absolute, false) ? 'ignored' : 'watched',
    ...(inputs.isCompiled(absolute, true) ? ['compiled'] : inputs.isCompiled(absolute, false) ? ['compiled if it comes or goes'] : []),
    ...found.flatMap((input) => [input.kind, ...('path' in input ? [input.path] : []), ...('images' in input ? input.images : []), ...('services' in input ? input.services : []), ...('service' in input ? [input.service] : [])]),
  ]
  return words.join(' ')
}

const usual: readonly (readonly [string, string])[] = [
  ['mlstack.yaml', 'watched compiled'],
  ['.dockerignore', 'watched compiled code .dockerignore'],
  ['requirements.txt', 'watched compiled dependency train'],
  ['mlstack.lock', 'watched compiled code mlstack.lock'],
  ['train.py', 'watched compiled if it comes or goes code train.py'],
  ['model.py', 'watched code model.py'],
  ['pkg/deep/x.py', 'watched code pkg/deep/x.py'],
  ['.env', 'watched environment'],
  ['compose.yaml', 'watched compiled'],
  ['.mlstack/train.Dockerfile', 'watched compiled'],
  ['.mlstack/other', 'ignored'],
  ['data/digits.csv', 'ignored compiled if it comes or goes'],
  ['__pycache__/model.pyc', 'ignored'],
  ['.git/HEAD', 'ignored'],
  ['model.py~', 'ignored'],
  ['.model.py.swp', 'ignored'],
  ['weights.pt', 'ignored'],
  ['/elsewhere/x.py', 'ignored'],
]
for (const [path, expected] of usual) test(path, () => assert.is(describe(path, inputsOf()), expected))

test('a project file and its lock are compiled, and what an image installs of them is in its plan', () => {
  const pyproject = (name: string, rest = '') => ({ 'pyproject.toml': `[project]\nname = "x"\ndependencies = ["${name}"]\n${rest}` })
  const files = { ...FILES, ...pyproject('pandas') }
  const inputs = inputsOf(CONFIG, files)
  assert.is(describe('pyproject.toml', inputs), 'watched compiled code pyproject.toml')
  assert.is(describe('uv.lock', inputs), 'watched compiled if it comes or goes code uv.lock')
  const planOf = (other: Readonly<Record<string, string>>) => JSON.stringify(plan(CONFIG, { ...files, ...other }).stack?.images)
  assert.is(planOf(pyproject('pandas', '[tool.ruff]\n')), planOf({}))
  assert.is.not(planOf(pyproject('polars')), planOf({}))
})

test('a Dockerfile of the user\'s, what it copies, and certificates call for a build', () => {
  const files = { 'train.py': '', 'ca.pem': '-----BEGIN CERTIFICATE-----', 'docker/Dockerfile': 'FROM python:3.11\nCOPY src/*.py lib /app/\nCOPY docs /docs\n', 'lib/a.py': '', '.dockerignore': 'docs/private\n' }
  const own = inputsOf('name: x\nframework: python\nbuild: {dockerfile: docker/Dockerfile}\ntrain: train.py\n', files)
  assert.is(describe('docker/Dockerfile', own), 'watched compiled dependency train')
  assert.is(describe('src/new.py', own), 'watched dependency train')
  assert.is(describe('lib/deep/a.py', own), 'watched dependency train')
  assert.is(describe('docs/private/x', own), 'ignored')
  assert.is(describe('other/x.py', own), 'ignored')
  const certified = inputsOf('name: x\nframework: python\nbuild: {ca: ca.pem}\ntrain: train.py\n', files)
  assert.is(describe('ca.pem', certified), 'watched compiled dependency train')
})

test('folders that hold nothing that matters are not looked into', () => {
  const { isIgnored } = inputsOf()
  for (const folder of ['.git', 'node_modules', '.venv', '__pycache__', 'deep/__pycache__']) assert.ok(isIgnored(`/project/${folder}`, true), folder)
  for (const folder of ['pkg', '.mlstack']) assert.not(isIgnored(`/project/${folder}`, true), folder)
})

test('one root for all that lies in the code', () => {
  assert.equal(inputsOf().roots, ['/project'])
  const outside = inputsOf(CONFIG + 'code: [., ../libs/features]\nsecrets: { KEY: { file: ../key.txt, for: [serve] } }\n', { ...FILES, '../libs/features/a.py': '', '../key.txt': 'x' })
  assert.equal(outside.roots, ['/key.txt', '/libs/features', '/project'])
  assert.is(describe('/libs/features/a.py', outside), 'watched code libs/features/a.py')
  assert.is(describe('/project/model.py', outside), 'watched code project/model.py')
  assert.is(outside.codePath('libs/features/a.py'), '/libs/features/a.py')
  assert.is(describe('/key.txt', outside), 'watched compiled if it comes or goes secret serve')
})

test('an env_file is what Compose fills in from', () => {
  const inputs = inputsOf(CONFIG.replace('serve: { command', 'serve: { env_file: [one.env, { path: two.env, required: false }, "${HOME}/three"], command'), { ...FILES, 'one.env': '', 'two.env': '' })
  for (const path of ['one.env', 'two.env']) assert.is(describe(path, inputs).replace(/ compiled.*go(es)?/, ''), 'watched environment', path)
})

test('what the keys of pipelines name: parameters, certificates, included files; and no output', () => {
  const config = `${CONFIG}params: params.yaml\noutputs: [runs]\nbuild: { ca: ca.crt }\ninclude: [side.yaml]\n`
  const inputs = inputsOf(config, { ...FILES, 'params.yaml': 'lr: 1\n', 'ca.crt': '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n', 'side.yaml': 'services: {}\n' })
  assert.is(describe('params.yaml', inputs), 'watched compiled')
  assert.match(describe('ca.crt', inputs), /dependency train/)
  assert.match(describe('side.yaml', inputs), /compiled included/)
  assert.is(describe('runs/log.txt', inputs), 'ignored')
})

test('what a service of the user is built from', () => {
  const services = 'services: { ui: { build: ./ui }, api: { build: { context: ../api } }, far: { build: "https://github.com/a/b.git" }, set: { build: "${WHERE}" } }\n'
  const inputs = inputsOf(CONFIG + services, { ...FILES, 'ui/Dockerfile': '', 'ui/.dockerignore': 'dist\n' })
  assert.equal(inputs.roots, ['/api', '/project'])
  assert.is(describe('ui/index.html', inputs), 'watched code ui/index.html foreign-code ui')
  assert.is(describe('ui/dist/index.html', inputs), 'watched code ui/dist/index.html')
  assert.is(describe('ui/.dockerignore', inputs), 'watched compiled code ui/.dockerignore foreign-code ui')
  assert.is(describe('/api/main.go', inputs), 'watched foreign-code api')
  assert.ok(inputs.isIgnored('/api/node_modules', true))
})

test('while the config is wrong, what it looked for in vain is waited for', () => {
  const project = recordProject(createMemoryProject({ 'mlstack.yaml': '' }))
  project.kindOf('train.py')
  project.read('requirements.txt')
  const inputs = findInputs({ project, stack: undefined, outputs: [] }, FOLDERS)
  assert.equal(inputs.roots, ['/project/mlstack.yaml', '/project/requirements.txt', '/project/train.py'])
  assert.is(describe('train.py', inputs), 'watched compiled if it comes or goes')
  assert.is(describe('other.py', inputs), 'ignored')
})

test('the same files have the same identity', () => {
  assert.is(inputsOf().identity, inputsOf(`# a comment\n${CONFIG}`).identity)
  assert.is(inputsOf().identity, findInputs({ ...plan(), project: recordProject(createMemoryProject(FILES)) }, FOLDERS).identity, 'whatever a compile that failed has looked at')
  assert.is.not(inputsOf().identity, inputsOf(`${CONFIG}build: { ignore: [notes] }\n`).identity)
})

test.run()
