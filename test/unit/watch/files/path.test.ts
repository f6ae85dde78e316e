import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { isWithin, pathsUpwards, toWatchPath } from '../../../../src/watch/files/path.ts'

test('a folder holds itself and what is below it, and no neighbour with a longer name', () => {
  assert.equal(['/a', '/a/b', '/a/b/c', '/'].filter((path) => isWithin(path, '/a')), ['/a', '/a/b', '/a/b/c'])
  assert.is(isWithin('/ab', '/a'), false)
  assert.is(isWithin('/a', '/'), true)
})

test('the way up ends at the outermost folder', () => {
  assert.equal(pathsUpwards('/a/b'), ['/a/b', '/a', '/'])
  assert.equal(pathsUpwards('/'), ['/'])
})

test('a path has one spelling', () => {
  assert.equal(new Set(['/a/b', '/a/b/', '/a/./b', '/a//c/../b'].map(toWatchPath)).size, 1)
})

test.run()
