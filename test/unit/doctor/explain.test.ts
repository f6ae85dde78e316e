/** Logs are explained: each known symptom by its own log, near misses by nothing, and logs of any size and kind. */
import { readFileSync, readdirSync } from 'node:fs'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { readLines } from '../../../src/doctor/explain/lines.ts'
import { createRecogniser } from '../../../src/doctor/explain/recogniser.ts'
import { SYMPTOMS } from '../../../src/facts/symptoms.ts'
import { costOf } from '../../machine.ts'
import { NEAR_MISSES } from './near-misses.ts'

const LOGS = new URL('logs/', import.meta.url)

function idsIn(text: string): readonly string[] {
  const recogniser = createRecogniser(SYMPTOMS)
  for (const line of text.split('\n')) recogniser.read(line)
  return recogniser.recognised().map(({ symptom }) => symptom.id)
}

async function linesOf(...pieces: readonly (string | Uint8Array)[]): Promise<readonly string[]> {
  async function* give() {
    for (const piece of pieces) yield typeof piece === 'string' ? Buffer.from(piece) : piece
  }
  const lines: string[] = []
  for await (const line of readLines(give())) lines.push(line)
  return lines
}

for (const { id } of SYMPTOMS) {
  test(`the log of ${id} is recognised as that and nothing else`, () => {
    assert.equal(idsIn(readFileSync(new URL(`${id}.txt`, LOGS), 'utf8')), [id])
  })
}

test('every log belongs to a symptom', () => {
  assert.equal(readdirSync(LOGS).sort(), SYMPTOMS.map(({ id }) => `${id}.txt`).sort())
})

test('near misses are nothing, or what they really are', () => {
  for (const [line, id] of NEAR_MISSES) assert.equal(idsIn(line), id === undefined ? [] : [id], line)
})

test('ids are unique, what is hidden exists, and a row hides nothing that it can show itself', () => {
  const ids = SYMPTOMS.map(({ id }) => id)
  assert.is(new Set(ids).size, ids.length)
  for (const { id, hides, source } of SYMPTOMS) {
    assert.ok(hides.every((other) => other !== id && ids.includes(other)), id)
    assert.ok(source.length > 0 && source.every((each) => /^(?:[\w.-]+\/[\w.-]+#\d+|https:\/\/\S+)$/.test(each)), id)
  }
})

test('the keys that cures name are keys of the language', () => {
  const schema = readFileSync(new URL('../../../mlstack.schema.json', import.meta.url), 'utf8')
  const named = SYMPTOMS.flatMap(({ cure }) => [...cure.matchAll(/`(\w+)(?:[:.`]|: \{(\w+):)/g)].flatMap(([, key, inner]) => [key ?? '', ...(inner === undefined ? [] : [inner])]))
  assert.ok(named.length > 40)
  assert.equal([...new Set(named)].filter((key) => !schema.includes(`"${key}": {`)), [])
})

test('no pattern repeats without an end, so that no line takes long', () => {
  for (const { id, patterns } of SYMPTOMS) for (const pattern of patterns) assert.not.match(pattern.replace(/\\./g, ''), /[*+]|\{\d+,\}/, id)
  const hostile = ['NCCL WARN '.repeat(800), 'manifest for a '.repeat(500), 'DataLoader worker (pid 1,'.repeat(300), "detected changes in '".repeat(380), 'a'.repeat(8192)]
  assert.ok(costOf(() => hostile.forEach(idsIn)) < 1000)
})

test('the first line and the count are kept, and colours are no part of a line', async () => {
  const recogniser = createRecogniser(SYMPTOMS)
  for (const line of await linesOf('one\n', '\u001b[36mtrain-1  |\u001b[0m \u001b[31mno space left on de', 'vice\u001b[0m\r\n\nNo space left on device')) recogniser.read(line)
  assert.equal(recogniser.lines(), 4)
  assert.equal(recogniser.recognised().map(({ line, text, count }) => [line, text, count]), [[2, 'train-1  | no space left on device', 2]])
})

test('progress bars, UTF-16 and characters that are cut in two', async () => {
  assert.equal(await linesOf('10 %\r20 %\r', '\nend'), ['10 %', '20 %', 'end'])
  const utf16 = Buffer.from('\ufeffAußer\r\nBetrieb', 'utf16le')
  assert.equal(await linesOf(utf16.subarray(0, 7), utf16.subarray(7)), ['Außer', 'Betrieb'])
  const utf8 = Buffer.from('é')
  assert.equal(await linesOf(utf8.subarray(0, 1), utf8.subarray(1)), ['é'])
  assert.equal(await linesOf(), [])
})

test('a line without an end is cut, and the next one is whole', async () => {
  const pieces = Array.from({ length: 100 }, () => 'x'.repeat(10_000))
  const lines = await linesOf(...pieces, '\nKilled\n')
  assert.equal(lines.map(({ length }) => length), [8192, 6])
})

test.run()
