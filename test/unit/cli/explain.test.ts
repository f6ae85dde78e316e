/** `mlstack explain`: codes, keys, services and the whole stack, as text and as JSON, and what is said to other words. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { SAMPLE_PROJECT } from '../../../src/build/sample-project.ts'
import { CATALOGUE } from '../../../src/diagnostics/catalogue/index.ts'
import type { CodeView } from '../../../src/explain/code.ts'
import type { ImagesView } from '../../../src/explain/image.ts'
import type { KeyView } from '../../../src/explain/key.ts'
import type { OneServiceView, StackView } from '../../../src/explain/stack.ts'
import { explainIn, type Files } from './run-explain.ts'
import { createTestTerminal } from './run.ts'

const NOTHING: Files = {}

async function json<View>(files: Files, ...argv: readonly string[]): Promise<View> {
  const { status, stdout, stderr } = await explainIn(files, [...argv, '--format', 'json'])
  assert.equal([status, stderr], [0, ''], argv.join(' '))
  return JSON.parse(stdout) as View
}

const config = (text: string): Files => ({ ...SAMPLE_PROJECT, 'mlstack.yaml': text })

test('a code in any spelling: what it means, and an example as it is printed', async () => {
  for (const word of ['MLS2003', 'mls2003', 'MLS02003', '2003', 'mls-2003']) {
    const { status, stdout } = await explainIn(NOTHING, [word])
    assert.is(status, 0)
    assert.match(stdout, /^MLS2003: framework without wheels for this Python\n\nAn error\. /)
    assert.match(stdout, '    error[MLS2003]: TensorFlow 2.15 has no wheels for Python 3.12\n')
  }
})

test('every code is explained, with the example of the page on diagnostics where it has one', async () => {
  let examples = 0
  for (const [code, { severity, title, explanation }] of CATALOGUE) {
    const view = await json<CodeView>(NOTHING, code)
    assert.equal({ ...view, example: undefined }, { version: 1, code, severity, title, explanation, example: undefined })
    if (view.example === undefined) continue
    examples++
    assert.match(view.example.text, `${severity}[${code}]: `)
  }
  assert.ok(examples > 30, `${examples} examples`)
})

test('a code that there is not: the nearest one is named', async () => {
  const helpFor = async (word: string) => (await explainIn(NOTHING, [word])).stderr
  assert.match(await helpFor('MLS3200'), 'error: there is no diagnostic MLS3200\n  = help: did you mean MLS2003 (')
  assert.match(await helpFor('MLS203'), 'did you mean MLS2003 (')
  assert.match(await helpFor('MLS1099'), /did you mean MLS110\d \(/)
  assert.is((await explainIn(NOTHING, ['MLS9999'])).status, 2)
})

test('a key: what it is for, what it takes, its default and its examples, with no config at all', async () => {
  const { stdout } = await explainIn(NOTHING, ['serve.port'])
  assert.match(stdout, /^serve\.port\n\nThe port that the service listens on/)
  assert.match(stdout, '  takes     a whole number from 1 to 65535\n  default   8080\n  examples  `port: 8080`\n')
  assert.not.match(stdout, /^ {2}here/m)
})

test('a key with a config: what stands there, with its line, and what was decided of it', async () => {
  const { given, decisions } = await json<KeyView>(SAMPLE_PROJECT, 'serve.port')
  assert.equal(given, [{ text: '8080', file: 'mlstack.yaml', line: 11, column: 35 }])
  assert.equal(decisions?.map(({ subject, value }) => [subject, value]), [['port', '8080']])
  assert.match((await explainIn(SAMPLE_PROJECT, ['serve.port'])).stdout, '  here      `8080` (mlstack.yaml:11)\n')
  assert.match((await explainIn(SAMPLE_PROJECT, ['gpu'])).stdout, '  here      not set\n')
  assert.match((await explainIn(SAMPLE_PROJECT, ['python'])).stdout, '  here      not set\n\ndecided\n\n  python  3.11  the default\n')
})

test('a short form is what stands at the keys of the long one', async () => {
  const { given } = await json<KeyView>(SAMPLE_PROJECT, 'train.command')
  assert.equal(given, [{ text: 'train.py', file: 'mlstack.yaml', line: 7, column: 8, short_of: 'train' }])
  assert.match((await explainIn(SAMPLE_PROJECT, ['datasets.*.source'])).stdout, '  here      the short form `datasets.digits: ./data/digits.csv` (mlstack.yaml:6)\n')
})

test('names of the user: any of them, or one', async () => {
  const files = config('name: a\nframework: scikit-learn\ndatasets:\n  one: { source: ./data, mount: /data/x }\n  two: { source: ./data/digits.csv }\ntrain: train.py\n')
  for (const word of ['datasets.*.mount', 'datasets.NAME.mount', 'datasets.one.mount']) assert.equal((await json<KeyView>(files, word)).given?.map(({ line }) => line), [4], word)
  assert.equal((await json<KeyView>(files, 'datasets.two.mount')).given, [])
  assert.equal((await json<KeyView>(files, 'datasets.*.source')).given?.map(({ text }) => text), ['./data', './data/digits.csv'])
})

test('keys of Compose on a role, keys that stand elsewhere too, and a last step alone', async () => {
  assert.match((await json<KeyView>(NOTHING, 'train.depends_on')).description, /^What must have started/)
  assert.match((await json<KeyView>(NOTHING, 'train.resources.memory')).description, /^The most memory/)
  assert.is((await json<KeyView>(NOTHING, 'train.environment')).same_as, 'environment')
  assert.is((await json<KeyView>(NOTHING, 'mount')).key, 'datasets.NAME.mount')
  const { status, stderr } = await explainIn(NOTHING, ['command'])
  assert.is(status, 2)
  assert.match(stderr, 'say which: train.command, evaluate.command, ')
  assert.match((await explainIn(NOTHING, ['shm_size'])).stderr, 'say which: train.shm_size, resources.shm_size\n')
})

test('a secret that stands in the config is not shown', async () => {
  const token = `hf_${'aB3'.repeat(10)}`
  const files = config(`name: a\nframework: scikit-learn\nenvironment: { HF_TOKEN: ${token}, A: b }\ntrain: train.py\n`)
  for (const word of ['environment', 'environment.HF_TOKEN']) {
    const { stdout } = await explainIn(files, [word])
    assert.not.match(stdout, token.slice(0, 12))
    assert.match(stdout, '••••••••')
  }
})

test('a service: how it runs, and what its image is made of', async () => {
  const view = await json<OneServiceView>(SAMPLE_PROJECT, 'evaluate')
  assert.is(view.image, 'train')
  const rows = view.decisions.map(({ subject, value }) => [subject, value])
  assert.equal(rows, [
    ['command', 'python evaluate.py'],
    ['starts after', 'train'],
    ['runs again', 'when something has changed'],
    ['gate', 'accuracy >= 0.95'],
    ['model', 'promotes the candidate'],
    ['dataset', '/data/digits.csv, read-only'],
    ['checkpoints', '/model/checkpoints/evaluate'],
    ['file system', 'writable'],
  ])
  assert.equal(view.decisions[3]?.places, [{ file: 'mlstack.yaml', line: 10, column: 25 }])
  assert.ok(view.image_decisions?.some(({ subject }) => subject === 'python'))
})

test('a service of the user passes through, and says so', async () => {
  const files = config('name: a\nframework: scikit-learn\ntrain: train.py\nservices:\n  redis: { image: "redis:7.4" }\n')
  const { stdout } = await explainIn(files, ['redis'])
  assert.match(stdout, /^service redis\n/)
  assert.match(stdout, '(mlstack.yaml:5)')
})

test('the whole stack: each image once, each service, each decision with its place', async () => {
  const { images, services } = await json<StackView>(SAMPLE_PROJECT)
  assert.equal(images.map(({ image, services: users }) => [image, users]), [['train', ['train', 'evaluate', 'serve']]])
  assert.equal(services.map(({ service }) => service), ['train', 'evaluate', 'serve'])
  const framework = images[0]?.decisions.find(({ subject }) => subject === 'framework')
  assert.equal(framework?.places, [{ file: 'mlstack.yaml', line: 3, column: 12 }])
})

test('the images: what each layer downloads and weighs, and how long that takes', async () => {
  const view = await json<ImagesView>(SAMPLE_PROJECT, 'image')
  assert.equal(view.images.map(({ image, layers }) => [image, ...layers.map(({ layer }) => layer)]), [['train', 'base image', 'PyTorch 2.13.0']])
  assert.ok(view.installed > view.download && view.download > 1e8)
  assert.is(view.seconds['100'], Math.round((view.download * 8) / 1e8))
  const { stdout } = await explainIn(SAMPLE_PROJECT, ['image'])
  assert.match(stdout, /^ {2}layer +download +size {2}why$/m)
  assert.match(stdout, /^ {2}PyTorch 2\.13\.0 +\d+ MB +\d+ MB {2}CPU wheels/m)
  assert.match(stdout, /^The first build downloads about \d+ MB: \d+ s at 100 Mbit\/s, \d+ min at 10 Mbit\/s\./m)
  assert.is((await explainIn(NOTHING, ['image'])).status, 2)
  const unknown = await explainIn(config('name: a\nframework: scikit-learn\npython: {packages: [unheard-of]}\ntrain: train.py\n'), ['image'])
  assert.match(unknown.stdout.replace(/\s+/g, ' '), /unheard-of; not known, taken for \d+ MB: unheard-of /)
})

test('lines fit, columns stand below each other, and colour is only where it is wanted', async () => {
  for (const columns of [40, 80, 100, 200]) {
    for (const argv of [[], ['serve'], ['gpu'], ['framework'], ['image']]) {
      const { terminal } = createTestTerminal()
      const { stdout } = await explainIn(SAMPLE_PROJECT, argv, { terminal: { ...terminal, columns: () => columns } })
      const width = Math.min(100, Math.max(72, columns))
      for (const line of stdout.split('\n')) assert.ok(line.length <= width || !line.trim().includes(' '), `${columns}: ${line}`)
      assert.not.match(stdout, / $/m)
    }
  }
  assert.not.match((await explainIn(SAMPLE_PROJECT, [])).stdout, '\u001b')
  assert.match((await explainIn(SAMPLE_PROJECT, ['--color', 'always'])).stdout, '\u001b[1mpython')
  assert.not.match((await explainIn(SAMPLE_PROJECT, [], { env: { NO_COLOR: '1', FORCE_COLOR: '1' } })).stdout, '\u001b')
})

test('FILE alone, FILE after a word, and a config that is wrong', async () => {
  const files = { 'other.yaml': 'name: a\nframework: scikit-learn\ntrain: train.py\n', 'train.py': '' }
  assert.match((await explainIn(files, ['other.yaml'])).stdout, /^image train\n/)
  assert.match((await explainIn(files, ['train', 'other.yaml'])).stdout, /^job train, in the image train\n/)
  assert.is((await explainIn(files, [])).status, 2)
  const wrong = await explainIn(config('name: a\nframework: scikit-lern\ntrain: train.py\n'), [])
  assert.equal([wrong.status, wrong.stdout], [1, ''])
  assert.match(wrong.stderr, 'did you mean `scikit-learn`?')
  const key = await explainIn(config('name: a\nframework: scikit-lern\ntrain: train.py\n'), ['framework'])
  assert.match(key.stdout, '`scikit-lern` (mlstack.yaml:2)')
  assert.match(key.stderr, 'the config has errors, which mlstack validate shows')
})

test('a word that means nothing: what was meant, or what there is', async () => {
  const helpFor = async (word: string) => (await explainIn(SAMPLE_PROJECT, [word])).stderr
  assert.match(await helpFor('gpu.cude'), 'did you mean gpu.cuda?')
  assert.match(await helpFor('evaluat'), 'did you mean evaluate?')
  assert.match(await helpFor('wibble'), 'a key such as gpu or datasets.*.mount, a service of the config, a code such as MLS2003')
})

test.run()
