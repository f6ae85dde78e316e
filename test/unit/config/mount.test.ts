/** Mounts: Compose's short and long form, and what references leave open. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { parseMount } from '../../../src/config/mount.ts'
import { treeOf } from './yaml.ts'

/** A mount as `TYPE SOURCE TARGET ACCESS`, with `-` for no known source. */
const outline = (value: string) => {
  const mount = parseMount(treeOf(value))
  return mount && [mount.type, mount.source ?? '-', mount.target, mount.isReadOnly ? 'ro' : 'rw'].join(' ')
}

test('the short form', () => {
  const cases: [string, string][] = [
    ['./a:/b:ro', 'bind ./a /b ro'],
    ['../a:/b', 'bind ../a /b rw'],
    ['.:/app/', 'bind . /app rw'],
    ['~/a:/b:z,ro', 'bind ~/a /b ro'],
    ['/var/run/docker.sock:/s', 'bind /var/run/docker.sock /s rw'],
    ['vol:/x', 'volume vol /x rw'],
    ['vol:/x:rw', 'volume vol /x rw'],
    ['/anon', 'volume - /anon rw'],
    ['"vol:/"', 'volume vol / rw'],
    ['"${D:-./data}:/data:${MODE:-ro}"', 'bind ./data /data ro'],
    ['"${V:-vol}:/x"', 'volume vol /x rw'],
    ['"${X}:/x"', 'other - /x rw'],
    ['"${HOME}/a:/x"', 'bind - /x rw'],
    ['"${M:-./a:/b}"', 'bind ./a /b rw'],
  ]
  for (const [value, expected] of cases) assert.is(outline(value), expected, value)
})

test('the long form means the same', () => {
  const cases: [string, string][] = [
    ['./a:/b:ro', '{type: bind, source: ./a, target: /b, read_only: true}'],
    ['vol:/x', '{type: volume, source: vol, target: /x/, volume: {nocopy: true}}'],
    ['/anon', '{type: volume, target: /anon}'],
    ['"${D:-./data}:/data"', '{type: bind, source: "${D:-./data}", target: /data, read_only: false}'],
  ]
  for (const [short, long] of cases) assert.is(outline(long), outline(short), long)
  assert.is(outline('{type: tmpfs, target: /t}'), 'tmpfs - /t rw')
  assert.is(outline('{type: image, source: x, target: /t}'), 'other x /t rw')
})

test('what is no mount is left alone', () => {
  for (const value of ['""', ':/x', '"a:"', 'a:/b:ro:z', '"${A"', '[a]', '{type: bind}', '']) assert.is(outline(value), undefined, value)
})

test.run()
