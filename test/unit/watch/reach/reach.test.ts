import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createCodeMemory, type KnownCode } from '../../../../src/watch/reach/code-memory.ts'
import { findReach } from '../../../../src/watch/reach/reach.ts'

type Files = Readonly<Record<string, string>>

const know = (files: readonly string[], read: (path: string) => string | undefined): KnownCode => createCodeMemory()({ files, read, hashOf: () => undefined })

function reach(words: readonly string[], files: Files, importFolders: readonly string[] = ['.']): readonly string[] | 'everything' {
  const reached = findReach({ words, importFolders }, know(Object.keys(files), (path) => files[path]))
  return reached === 'everything' ? reached : [...reached].sort()
}

/** Files without a text of interest. */
const empty = (...paths: readonly string[]): Files => Object.fromEntries(paths.map((path) => [path, '']))

interface Row {
  readonly words: readonly string[]
  readonly reached: readonly string[] | 'everything'
  readonly folders?: readonly string[]
}

const TREE = empty('train.py', 'serve.py', 'run.sh', 'Makefile', 'README.md', 'configs/a.yaml', 'configs/b.yaml', 'pkg/__init__.py', 'pkg/__main__.py', 'pkg/train.py', 'pkg/api.py', 'scripts/train.py', 'scripts/prepare.py', 'scripts/list.txt', 'pkg/a.json', 'tests/conftest.py', 'tests/test_a.py', 'tests/data/a.json')

const COMMANDS: Readonly<Record<string, Row>> = {
  'a script': { words: ['python', 'train.py', '--epochs', '3'], reached: ['train.py'] },
  'a script in a folder': { words: ['python', './scripts/train.py'], reached: ['scripts/train.py'] },
  'a script below /app': { words: ['python', '/app/train.py'], reached: ['train.py'] },
  'a script below the working folder': { words: ['python', '/app/train.py'], folders: ['pkg'], reached: ['pkg/train.py'] },
  'a script seen from the working folder': { words: ['python', '../serve.py'], folders: ['pkg'], reached: ['serve.py'] },
  'code from outside': { words: ['python', '/opt/code/scripts/prepare.py'], reached: ['scripts/prepare.py'] },
  'a shell script': { words: ['./run.sh'], reached: ['run.sh'] },
  'a line for a shell': { words: ['LR=1 python "train.py"|tee log; ./run.sh>out'], reached: ['run.sh', 'train.py'] },
  'another folder': { words: ['cd scripts && python prepare.py'], reached: ['scripts/prepare.py'] },
  'the same name in another folder': { words: ['cd scripts && python train.py'], reached: ['scripts/train.py', 'train.py'] },
  'an option': { words: ['python', 'serve.py', '--config=configs/a.yaml'], reached: ['configs/a.yaml', 'serve.py'] },
  'a value of the environment': { words: ['python', 'serve.py', 'configs/b.yaml'], reached: ['configs/b.yaml', 'serve.py'] },
  'a placeholder in a path': { words: ['python serve.py configs/${ENV}.yaml'], reached: ['configs/a.yaml', 'configs/b.yaml', 'serve.py'] },
  'a module': { words: ['python', '-m', 'pkg.train'], reached: ['pkg/__init__.py', 'pkg/train.py'] },
  'a module among flags': { words: ['python', '-um', 'train'], reached: ['train.py'] },
  'a package': { words: ['python', '-m', 'pkg'], reached: ['pkg/__init__.py', 'pkg/__main__.py'] },
  'an application': { words: ['uvicorn', 'serve:app', '--port', '8080'], reached: ['serve.py'] },
  'a factory in a package': { words: ['gunicorn', 'pkg.api:create_app()'], reached: ['pkg/__init__.py', 'pkg/api.py'] },
  'an application in another folder': { words: ['uvicorn', '--app-dir', 'pkg', 'api:app'], reached: ['pkg/api.py'] },
  'an application of flask': { words: ['flask', '--app', 'serve', 'run'], reached: ['serve.py'] },
  'a module by PYTHONPATH': { words: ['PYTHONPATH=scripts:pkg python -m prepare'], reached: ['scripts/prepare.py'] },
  'a folder of tests': { words: ['pytest', 'tests'], reached: ['tests/conftest.py', 'tests/data/a.json', 'tests/test_a.py'] },
  'a test and what pytest reads': { words: ['pytest', 'tests/test_a.py'], reached: ['tests/conftest.py', 'tests/test_a.py'] },
  'a target of make': { words: ['make', 'train'], reached: ['Makefile'] },
  'Python in the command': { words: ['python', '-c', 'import pkg.train; pkg.train.main()'], reached: ['pkg/__init__.py', 'pkg/train.py'] },
  'Python in a line for a shell': { words: ['python -c "from pkg import train" && true'], reached: ['pkg/__init__.py', 'pkg/train.py'] },
  'Python in a here-document': { words: ['python - <<END\nimport serve\nEND\n'], reached: ['serve.py'] },
  'a program that is not of the code': { words: ['mlflow', 'server', '--port', '8080'], reached: 'everything' },
  'a module that is not of the code': { words: ['python', '-m', 'http.server'], reached: 'everything' },
  'a name that only lies elsewhere': { words: ['server', '--out', 'prepare.py'], reached: 'everything' },
  'a path of the machine': { words: ['/train.py'], reached: 'everything' },
  'a path outside of the code': { words: ['python', '../train.py'], reached: 'everything' },
  'no words': { words: [], reached: 'everything' },
}

for (const [name, { words, folders, reached }] of Object.entries(COMMANDS)) {
  test(`a command names ${name}`, () => assert.equal(reach(words, TREE, folders), reached))
}

/** What `main.py` reaches beside itself. */
const FOLLOWED: Readonly<Record<string, { readonly main: string; readonly files: Files; readonly reached: readonly string[] }>> = {
  'imports through other files': { main: 'import a', files: { 'a.py': 'from b import f', 'b.py': '', 'c.py': '' }, reached: ['a.py', 'b.py'] },
  'every package on the way': { main: 'import a.b.c', files: empty('a/__init__.py', 'a/b/__init__.py', 'a/b/c.py', 'a/d.py'), reached: ['a/__init__.py', 'a/b/__init__.py', 'a/b/c.py'] },
  'a name that is a module': { main: 'from a import b, f', files: empty('a/__init__.py', 'a/b.py', 'a/c.py'), reached: ['a/__init__.py', 'a/b.py'] },
  'a package without __init__': { main: 'from a.b import c', files: empty('a/b/c.py', 'a/b/d.py'), reached: ['a/b/c.py'] },
  'all that a package exports': { main: 'from a import *', files: { 'a/__init__.py': '__all__ = ["b"]', 'a/b.py': '', 'a/c.py': '' }, reached: ['a/__init__.py', 'a/b.py'] },
  'a package before a module of its name': { main: 'import a', files: empty('a/__init__.py', 'a.py'), reached: ['a/__init__.py'] },
  'relative imports': { main: 'import p.q.m', files: { 'p/__init__.py': '', 'p/q/__init__.py': '', 'p/q/m.py': 'from . import n\nfrom ..r import s', 'p/q/n.py': '', 'p/r/s.py': '', 'n.py': '' }, reached: ['p/__init__.py', 'p/q/__init__.py', 'p/q/m.py', 'p/q/n.py', 'p/r/s.py'] },
  'relative imports beyond the code, to nothing': { main: 'from ....a import b', files: empty('a.py'), reached: [] },
  'cycles': { main: 'import a', files: { 'a.py': 'import b', 'b.py': 'import a, main' }, reached: ['a.py', 'b.py'] },
  'a file by its name': { main: 'open("model.json")', files: empty('conf/model.json', 'conf/old-model.json'), reached: ['conf/model.json'] },
  'a file by the end of its path': { main: "open(here / 'templates/index.html')", files: empty('web/templates/index.html', 'index.html'), reached: ['web/templates/index.html'] },
  'a name with a blank': { main: 'open("my model.json")', files: empty('my model.json', 'model.json'), reached: ['my model.json'] },
  'what a mentioned file mentions': { main: 'open("a.yaml")', files: { 'a.yaml': 'base: b.yaml  # not c\n# c.yaml', 'b.yaml': '', 'c.yaml': '' }, reached: ['a.yaml', 'b.yaml'] },
  'a folder, but none of its Python': { main: 'Path("templates") / name', files: empty('templates/a.html', 'templates/b/c.css', 'templates/d.py'), reached: ['templates/a.html', 'templates/b/c.css'] },
  'a folder with a slash': { main: '"configs/" + name', files: empty('configs/a.json', 'b.json'), reached: ['configs/a.json'] },
  'a pattern in a folder': { main: 'glob("configs/*.json")', files: empty('configs/a.json', 'configs/a.txt', 'b.json'), reached: ['configs/a.json'] },
  'a bare pattern': { main: 'glob("*.json")', files: empty('configs/a.json', 'b.json', 'c.txt'), reached: ['b.json', 'configs/a.json'] },
  'an f-string': { main: 'open(f"configs/{env["name"]:>3}.json")', files: empty('configs/a.json', 'b.json'), reached: ['configs/a.json'] },
  'a format': { main: '"configs/%s.json" % name; "{}.html".format(name)', files: empty('configs/a.json', 'b.json', 'c.html'), reached: ['c.html', 'configs/a.json'] },
  'no prose': { main: '"""Reads model.json."""\nprint("a.json is gone")', files: empty('model.json', 'a.json'), reached: [] },
  'a command': { main: 'run("python step.py --x", shell=True)', files: { 'step.py': 'import a', 'a.py': '', 'x.py': '' }, reached: ['a.py', 'step.py'] },
  'a command in a list': { main: 'run(["python", "-m", "step"])', files: empty('step.py', 'x.py'), reached: ['step.py'] },
  'an application as text': { main: 'uvicorn.run("api:app", reload=True)', files: empty('api.py', 'x.py'), reached: ['api.py'] },
  'a class in settings': { main: 'load("a.yaml")', files: { 'a.yaml': '_target_: nets.resnet.Net\nother: model.Net\nfile: data.json', 'nets/resnet.py': '', 'model.py': '', 'data.py': '' }, reached: ['a.yaml', 'model.py', 'nets/resnet.py'] },
  'a shell script': { main: 'run("./go.sh")', files: { 'go.sh': '# old.py\ncd "$(dirname "$0")"\npython -m step && python tools/x.py', 'step.py': '', 'tools/x.py': 'import y', 'tools/y.py': '', 'old.py': '' }, reached: ['go.sh', 'step.py', 'tools/x.py', 'tools/y.py'] },
  'no path in data': { main: 'open("a.csv")', files: { 'a.csv': 'b.json', 'b.json': '' }, reached: ['a.csv'] },
  'a notebook': { main: 'run("papermill a.ipynb")', files: { 'a.ipynb': JSON.stringify({ cells: [{ cell_type: 'code', source: ['%run b.py\n', 'import c'] }, { cell_type: 'markdown', source: 'import d' }] }), ...empty('b.py', 'c.py', 'd.py') }, reached: ['a.ipynb', 'b.py', 'c.py'] },
  'a broken notebook': { main: 'open("a.ipynb")', files: { 'a.ipynb': '{' }, reached: ['a.ipynb'] },
  'plugins of a folder': { main: 'import importlib\nimportlib.import_module("plugins." + name)', files: { 'plugins/__init__.py': '', 'plugins/a.py': 'import b', 'b.py': '', 'c.py': '' }, reached: ['b.py', 'plugins/__init__.py', 'plugins/a.py'] },
  'plugins by an f-string': { main: '__import__(f"app.plugins.{name}")', files: empty('app/plugins/a.py', 'c.py'), reached: ['app/plugins/a.py'] },
  'plugins by name': { main: 'for name in ["a", "b"]: import_module(name)', files: empty('a.py', 'lib/b.py', 'c.py'), reached: ['a.py', 'lib/b.py'] },
  'any plugin where none is mentioned': { main: 'runpy.run_path(sys.argv[1])', files: empty('a.py', 'b/c.py', 'd.json'), reached: ['a.py', 'b/c.py'] },
  'executed text': { main: 'exec("import a"); import_module("b")', files: empty('a.py', 'b.py', 'c.py'), reached: ['a.py', 'b.py'] },
}

for (const [name, { main, files, reached }] of Object.entries(FOLLOWED)) {
  test(`reading follows ${name}`, () => assert.equal(reach(['python', 'main.py'], { 'main.py': main, ...files }), [...reached, 'main.py'].sort()))
}

test('a script imports from its own folder first, a module does not', () => {
  const files = { 'scripts/run.py': 'import lib', 'scripts/lib.py': 'import other', 'lib.py': '', 'scripts/other.py': '', 'other.py': '' }
  assert.equal(reach(['python', 'scripts/run.py'], files), ['scripts/lib.py', 'scripts/other.py', 'scripts/run.py'])
  assert.equal(reach(['python', '-m', 'scripts.run'], files), ['lib.py', 'scripts/run.py'])
})

test('Python imports from every folder that it is given, the first one first', () => {
  const files = { 'train.py': 'import a, b', 'src/a.py': '', 'src/b.py': '', 'lib/b.py': '' }
  assert.equal(reach(['python', 'train.py'], files, ['.', 'lib', 'src']), ['lib/b.py', 'src/a.py', 'train.py'])
})

test('a file that cannot be read is reached, and says nothing', () => {
  assert.equal([...findReach({ words: ['a.py'], importFolders: ['.'] }, know(['a.py', 'b.py'], () => undefined))], ['a.py'])
})

test('a chain of thousands of imports ends', () => {
  const files = Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`m${at}.py`, `import m${(at + 1) % 5000}`]))
  assert.is(reach(['python', 'm0.py'], files).length, 5000)
})

test('of a large tree, only what is reached is read', () => {
  const others = Array.from({ length: 10_000 }, (_, at) => `pkg${at % 100}/sub${at % 7}/m${at}.py`)
  const chain: Files = Object.fromEntries(Array.from({ length: 10 }, (_, at) => [`c${at}.py`, `import c${at + 1}\nopen("data/x.json")`]))
  const read: string[] = []
  const code = know([...Object.keys(chain), ...others], (path) => (read.push(path), chain[path]))
  findReach({ words: ['python', 'c0.py'], importFolders: ['.'] }, code)
  assert.equal(read, Object.keys(chain))
})

test.run()
