/** The notebook in the plan: its token in each form, what is mounted and hidden, and that all other services are as they were. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { compile } from '../../../src/compile.ts'
import { textForCompose } from '../../../src/config/template.ts'
import { createMemoryProject } from '../../../src/project/memory-project.ts'
import type { Service, Stack } from '../../../src/plan/stack.ts'

const FILES = { 'train.py': '', 'keys/a': 'a', 'keys/b': 'b', '../libs/shared/x.py': '', '../libs/key': 'c', 'notebooks.txt': '' }

function plan(text: string, outputFolder = '.'): Stack {
  const { stack, diagnostics } = compile({ name: 'mlstack.yaml', bytes: new TextEncoder().encode(`name: case\nframework: python\n${text}\n`) }, createMemoryProject(FILES, '/home/me/project'), { outputFolder })
  assert.ok(stack, diagnostics.map(({ message }) => message).join('\n'))
  return stack
}

function notebookOf(stack: Stack): Service {
  const service = stack.services.find(({ name }) => name === 'notebook')
  assert.ok(service)
  return service
}

/** How it is opened: the exports of the helper, and the variables of its token. */
function tokenOf(text: string): readonly string[] {
  const stack = plan(text)
  const { gate, environment } = notebookOf(stack)
  const variables = environment.filter(({ name }) => name.startsWith('JUPYTER_')).map(({ name, value }) => `${name}=${value === undefined ? '' : textForCompose(value)}`)
  return [...gate.exports.map((name) => `export ${name}`), ...variables, ...stack.tokenFiles.map((path) => `make ${path}`)]
}

const FROM_SECRET = (name: string) => ['export JUPYTER_TOKEN', `JUPYTER_TOKEN_FILE=/run/secrets/${name}`]

const tokens: readonly (readonly [name: string, config: string, expected: readonly string[]])[] = [
  ['none', 'notebook: true', ['export JUPYTER_TOKEN', 'JUPYTER_TOKEN_FILE=/run/mlstack/notebook.token', 'make .mlstack/notebook.token']],
  ['a variable of the shell', 'notebook: { token: $LAB }', FROM_SECRET('LAB')],
  ['one that must be set', 'notebook: { token: "${LAB:?set it}" }', FROM_SECRET('LAB')],
  ['one of Jupyter\'s own name', 'notebook: { token: $JUPYTER_TOKEN }', FROM_SECRET('JUPYTER_TOKEN')],
  ['one with a default', 'notebook: { token: "${LAB:-open}" }', ['JUPYTER_TOKEN=${LAB:-open}']],
  ['a secret of the file', 'secrets: { LAB: { file: ./keys/a } }\nnotebook: { token: LAB }', FROM_SECRET('LAB')],
  ['a secret of its own', 'notebook: { token: LAB, secrets: { LAB: { file: ./keys/a, as: file } } }', FROM_SECRET('LAB')],
  ['a literal', 'notebook: { token: 1234 }', ['JUPYTER_TOKEN=1234']],
  ['Jupyter\'s variable', 'notebook: { environment: { JUPYTER_TOKEN: $LAB } }', ['JUPYTER_TOKEN=$LAB']],
  ['Jupyter\'s variable as a secret', 'notebook: { secrets: [JUPYTER_TOKEN] }', FROM_SECRET('JUPYTER_TOKEN')],
]
for (const [name, config, expected] of tokens) test(`the token: ${name}`, () => assert.equal(tokenOf(config), expected))

test('the project is mounted where its code is, and secrets that are not the notebook\'s are hidden in it', () => {
  const { mounts } = notebookOf(plan('code: [., ../libs]\nsecrets: { A: { file: ./keys/a }, B: { file: keys/b, for: [notebook] }, C: { file: ../libs/key } }\ntrain: train.py\nnotebook: true'))
  const shown = mounts.map((mount) => `${mount.kind} ${mount.kind === 'bind' ? `${textForCompose(mount.source)} ` : ''}${mount.target}${mount.isReadOnly ? ' ro' : ''}`)
  assert.equal(shown.filter((mount) => /^(?:bind|hidden)/.test(mount)), ['bind . /app', 'bind ../libs /opt/code/libs', 'hidden /app/keys/a ro', 'hidden /opt/code/libs/key ro', 'bind ./.mlstack /run/mlstack ro'])
})

test('from another folder of outputs, the paths lead to the project', () => {
  const stack = plan('notebook: true', 'out/deep')
  const sources = notebookOf(stack).mounts.flatMap((mount) => (mount.kind === 'bind' ? [textForCompose(mount.source)] : []))
  assert.equal(sources, ['../..', './.mlstack'])
  assert.equal(stack.editedFolders, ['../..'])
})

test('an output that is where the project has it is not mounted once more', () => {
  const { mounts } = notebookOf(plan('outputs: { runs: ./runs/, plots: { path: ./figures, target: plots } }\nnotebook: true'))
  assert.equal(mounts.map(({ target }) => target).filter((target) => target.startsWith('/app/')), ['/app/plots'])
})

test('what is mounted within the project has a folder there', () => {
  assert.equal(plan('outputs: { runs: ./runs, plots: { path: ./figures, target: plots }, scratch: "volume:scratch" }\nnotebook: true').folders, ['./runs', './figures', './plots', './scratch'])
  assert.equal(plan('outputs: { plots: { path: ./figures, target: plots } }\ntrain: train.py').folders, ['./figures'])
})

test('it waits for no job and follows no model', () => {
  const { after, gate, profiles, fileSystem, health } = notebookOf(plan('train: train.py\nserve: [python, -V]\nnotebook: true'))
  assert.equal([after, gate.part, gate.reloads, profiles, fileSystem.isReadOnly, health?.path], [[], 'none', false, ['dev'], false, '/api'])
})

test('of another program nothing is known but its port', () => {
  assert.is(notebookOf(plan('notebook: { command: marimo edit }')).health?.path, undefined)
  assert.is(notebookOf(plan('notebook: { command: jupyter notebook }')).health?.path, '/api')
})

test('other services and images are as they are without it', () => {
  const [without, withIt] = ['', 'notebook: true'].map((more) => plan(`train: train.py\nserve: [python, -V]\n${more}`))
  assert.equal(withIt?.services.filter(({ name }) => name !== 'notebook'), without?.services)
  assert.equal(withIt?.images.filter(({ name }) => name !== 'notebook'), without?.images)
  assert.equal(without?.tokenFiles, [])
})

const labs: readonly (readonly [name: string, config: string, expected: readonly string[] | undefined])[] = [
  ['the newest for the default Python', 'notebook: true', ['jupyterlab==4.6.6']],
  ['an older one for an older Python', 'python: "3.9"\nnotebook: true', ['jupyterlab==4.5.11']],
  ['the oldest', 'python: "3.7"\nnotebook: true', ['jupyterlab==3.6.8']],
  ['one of its own packages', 'notebook: { packages: ["JupyterLab<4.4", seaborn] }', ['JupyterLab<4.4', 'seaborn']],
  ['one of all roles', 'python: { packages: ["jupyterlab==4.3.0"] }\nnotebook: true', undefined],
]
for (const [name, config, expected] of labs) {
  test(`JupyterLab: ${name}`, () => {
    const layers = plan(config).images.find(({ name: image }) => image === 'notebook')?.packages ?? []
    assert.equal(layers.find((layer) => layer.kind === 'packages' && layer.isAddition)?.requirements, expected)
  })
}

test.run()
