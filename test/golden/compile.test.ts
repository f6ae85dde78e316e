/** Whole projects, and every file that they compile to; what comes out must also satisfy Compose's schema and a Dockerfile linter. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { renderText } from '../../src/diagnostics/text.ts'
import { DEVELOPMENT_FILE, FETCH_FILE, HELPER_FILES, INDEXES_FILE } from '../../src/plan/own-files.ts'
import { compileCase, expectFiles, findCases } from './cases.ts'
import { findComposeProblems, findDockerfileProblems, findOverlayProblems } from './lint.ts'

for (const each of findCases('compile')) {
  test(`${each.name} compiles to the expected files`, () => {
    const { diagnostics, files } = compileCase(each)
    // The helpers are the same everywhere: it is enough that they are there with the images that need them.
    const own = files.filter(({ path }) => ![...HELPER_FILES, FETCH_FILE, INDEXES_FILE].includes(path))
    const helpers = files.filter((file) => !own.includes(file)).map(({ path }) => path)
    const has = (pattern: RegExp) => own.some(({ path }) => pattern.test(path))
    // A Dockerfile of the user's is none of ours: the helpers are mounted there.
    const hasImage = has(/\.Dockerfile$/) || own.some(({ path, text }) => path.endsWith('.yaml') && text.includes(`./${HELPER_FILES[0]}`))
    const hasIndexes = own.some(({ path, text }) => path.endsWith('.Dockerfile') && text.includes(`${INDEXES_FILE},`))
    assert.equal(helpers.sort(), [...(hasImage ? HELPER_FILES : []), ...(has(/\/fetch\.Dockerfile$/) ? [FETCH_FILE] : []), ...(hasIndexes ? [INDEXES_FILE] : [])].sort())
    const actual = { ...Object.fromEntries(own.map(({ path, text }) => [path, text])), 'diagnostics.txt': renderText(diagnostics, { color: false }) }
    const expected = expectFiles(each, actual)
    assert.equal(Object.keys(actual).sort(), Object.keys(expected).sort())
    for (const [path, text] of Object.entries(actual)) assert.is(text, expected[path], path)
  })

  test(`${each.name} compiles to files without findings`, () => {
    const { files, stack } = compileCase(each)
    const compose = files.find(({ path }) => path === stack?.composeFile)?.text ?? ''
    for (const { path, text } of files) {
      if (path === stack?.composeFile) assert.equal(findComposeProblems(text), [], path)
      if (path === DEVELOPMENT_FILE) assert.equal(findOverlayProblems(compose, text), [], path)
      if (path.endsWith('.Dockerfile')) assert.equal(findDockerfileProblems(text), [], path)
    }
  })
}

test.run()
