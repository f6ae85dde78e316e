/** `mlstack graph`: the picture on standard output, and everything else on standard error. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { SAMPLE_PROJECT } from '../../../src/build/sample-project.ts'
import { withFolder } from '../../../src/build/sample-folder.ts'
import { main } from '../../../src/cli/main.ts'
import { outcomeOf, type Outcome } from './run.ts'

function graphIn(files: Readonly<Record<string, string>>, ...argv: readonly string[]): Promise<Outcome> {
  return withFolder(files, (folder) => outcomeOf(folder, {}, (io) => main(['graph', ...argv], io)))
}

test('an SVG, or a flowchart where that is asked for', async () => {
  const svg = await graphIn(SAMPLE_PROJECT)
  assert.equal([svg.status, svg.stderr], [0, ''])
  assert.match(svg.stdout, /^<svg [^]*<\/svg>\n$/)
  assert.equal(await graphIn(SAMPLE_PROJECT, 'mlstack.yaml', '--format', 'svg'), svg)
  const mermaid = await graphIn(SAMPLE_PROJECT, '--format=mermaid')
  assert.match(mermaid.stdout, /^%% digits: .*\nflowchart TB\n/)
})

test('a variant is drawn, and one that is not there is refused', async () => {
  const files = { 'mlstack.yaml': 'name: v\nframework: scikit-learn\ntrain: train.py\nvariants: { small: { jobs: { extra: train.py } } }\n', 'train.py': '' }
  assert.not.match((await graphIn(files, '--format=mermaid')).stdout, 'extra')
  assert.match((await graphIn(files, '--format=mermaid', '--variant', 'small')).stdout, 'extra')
  const unknown = await graphIn(files, '--variant', 'smal')
  assert.equal([unknown.status, unknown.stdout], [2, ''])
  assert.match(unknown.stderr, 'small')
})

test('nothing is drawn of a config that is wrong', async () => {
  const { status, stdout, stderr } = await graphIn({ 'mlstack.yaml': 'framework: scikit-lern\ntrain: train.py\n', 'train.py': '' })
  assert.equal([status, stdout], [1, ''])
  assert.match(stderr, 'did you mean')
})

test('warnings go to standard error, and not with --quiet', async () => {
  const files = { 'mlstack.yaml': 'name: w\nframework: scikit-learn==1.99.0\ntrain: train.py\n', 'train.py': '' }
  const { status, stdout, stderr } = await graphIn(files)
  assert.is(status, 0)
  assert.match(stdout, '</svg>')
  assert.match(stderr, 'warning')
  assert.is((await graphIn(files, '-q')).stderr, '')
})

test('other formats are refused', async () => {
  const { status, stderr } = await graphIn(SAMPLE_PROJECT, '--format', 'png')
  assert.is(status, 2)
  assert.match(stderr, 'choose from svg, mermaid')
})

test.run()
