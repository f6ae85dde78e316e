/** The header: its words, what it survives, and what it is not mistaken for. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { hashBody, readHeader, withHeader } from '../../../src/emit/header.ts'

const make = (body: string, from = 'mlstack.yaml') => withHeader(body, { from, comment: '#' })

test('two comment lines, then the body', () => {
  assert.is(
    make('services: {}\n'),
    '# Made by mlstack from mlstack.yaml. Do not edit: change that file and run `mlstack compile`.\n' +
      '# body sha256:fa6ccea1ca4e3a03\nservices: {}\n',
  )
})

test('what is written is read again', () => {
  for (const body of ['', 'a', 'a\n', '\n\n', '# body sha256:0000000000000000\n', 'é😀\n']) {
    assert.equal(readHeader(make(body)), { hash: hashBody(body), body })
  }
})

test('CR LF is no edit', () => {
  const header = readHeader(make('a\nb\n').replaceAll('\n', '\r\n'))
  assert.equal(header, { hash: hashBody('a\nb\n'), body: 'a\nb\n' })
  assert.is(hashBody('a\r\nb\r\n'), hashBody('a\nb\n'))
})

test('a name cannot end the comment, nor hide in it', () => {
  for (const name of ['a\nRUN id', 'a\rb', 'a\u2028b', 'a\u0000b', 'a\u202eb', 'a\ud800b']) {
    const text = make('FROM x\n', name)
    assert.is(text.split('\n').length, 4)
    assert.is(text.split('\n')[0]?.replace(name.charAt(1), '').includes(name.charAt(1)), name.charAt(1) === 'R')
    assert.is(readHeader(text)?.body, 'FROM x\n')
    assert.is(Buffer.from(text).toString('utf8'), text)
  }
})

test('no name makes the first line a parser directive of Docker', () => {
  for (const name of ['syntax=x', '= escape=`', 'check=skip=all']) {
    assert.not.match(make('', name).split('\n')[0] ?? '', /^#\s*[A-Za-z][A-Za-z0-9]*\s*=/)
  }
})

test('other texts have no header', () => {
  const text = make('a\n')
  for (const other of ['', 'a\n', `\n${text}`, `\ufeff${text}`, text.slice(1), text.split('\n').slice(1).join('\n'), text.replace('sha256', 'sha1')]) {
    assert.is(readHeader(other), undefined)
  }
})

test.run()
