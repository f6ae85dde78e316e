/** A Dockerfile of the user's: its stages and their chains, what it copies and to where, in every way it can be written. */
import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { chainOf, copiedFiles, findStage, lastOf, parseDockerfile, targetsOf } from '../../../src/project/dockerfile.ts'

const parse = (text: string, given: Record<string, string> = {}) => parseDockerfile(text, new Map(Object.entries(given)))

const FILE = parse(`# syntax=docker/dockerfile:1
ARG BASE=python:3.11 \\
    # not yet the next
OTHER
FROM --platform=linux/amd64 \${BASE}-slim as Builder
WORKDIR /src
COPY --link ["a b", "./"]
RUN <<END cat && <<-'TAB' cat
FROM nothing
END
	COPY no /where
	TAB
RUN make \\

    # a comment between
    && make install
FROM builder AS runtime
USER app
WORKDIR project
COPY --from=other /built /built
ADD https://example.com/x /x
copy . .
ADD data.tar /data/in
FROM runtime
USER root
`)

test('stages have names, bases with arguments filled in, and instructions without what is in here-documents', () => {
  assert.equal(FILE.stages.map(({ name, base }) => [name, base]), [['builder', 'python:3.11-slim'], ['runtime', 'builder'], [undefined, 'runtime']])
  assert.equal(FILE.stages[0]?.instructions.map(({ name }) => name), ['WORKDIR', 'COPY', 'RUN', 'RUN'])
  assert.match(FILE.stages[0]?.instructions[3]?.words ?? '', /^make\s+&& make install$/)
  assert.is(parse('ARG BASE\nFROM $BASE', { BASE: 'x:1' }).stages[0]?.base, 'x:1')
  assert.is(parse('FROM ${BASE:-y:2}').stages[0]?.base, 'y:2')
  assert.is(parse('FROM $BASE').stages[0]?.base, '$BASE')
  assert.equal(parse('# FROM x').stages, [])
  assert.is(parse('# escape=`\nFROM x\nRUN a `\n b').stages[0]?.instructions[0]?.words.replace(/\s+/g, ' '), 'a b')
})

test('a stage is found by its name, whatever its case, or its number; else it is the last', () => {
  assert.is(findStage(FILE, 'RUNTIME'), FILE.stages[1])
  assert.is(findStage(FILE, '0'), FILE.stages[0])
  assert.is(findStage(FILE, undefined), FILE.stages[2])
  assert.is(findStage(FILE, 'run'), undefined)
  assert.is(findStage(FILE, '3'), undefined)
})

test('a chain has what the stages before it set', () => {
  const chain = chainOf(FILE.stages[1]!, FILE)
  assert.equal(chain, FILE.stages.slice(0, 2))
  assert.is(lastOf(chain, 'USER'), 'app')
  assert.is(lastOf(chainOf(FILE.stages[2]!, FILE), 'USER'), 'root')
  assert.is(lastOf(chain, 'CMD'), undefined)
})

test('what is copied from the context, and to where', () => {
  assert.equal(copiedFiles(parse('FROM x\nCOPY a b /c/\nADD ["d e", "/f"]\nCOPY --from=y g /h\nADD https://i /j\nCOPY <<EOF /k\nl\nEOF')), ['a', 'b', 'd e'])
  assert.equal(targetsOf(chainOf(FILE.stages[1]!, FILE)), ['/src', '/data/in'])
  assert.equal(targetsOf(parse('FROM x\nCOPY b $C\nCOPY --from=y g /h\nCOPY . /\nCOPY *.py /').stages), [])
  assert.equal(targetsOf(parse('FROM x\nCOPY src/train.py lib .').stages), ['/train.py'], 'not /lib, which is of the image')
})

test('property: no text breaks it', () => {
  const piece = fc.constantFrom('FROM x', 'FROM', 'COPY', 'COPY [', 'RUN <<A', 'A', '\\', '#', 'ARG A=$A', '--from=', 'AS b', '\n', ' ', '`')
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.array(piece).map((pieces) => pieces.join(''))), (text) => {
      const file = parse(text)
      for (const stage of file.stages) targetsOf(chainOf(stage, file))
      copiedFiles(file)
    }),
  )
})

test.run()
