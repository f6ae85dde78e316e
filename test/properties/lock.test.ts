/** What holds for any lock: it reads back as it was written, and nobody's text makes reading throw. */
import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { Sink } from '../../src/diagnostics/sink.ts'
import { formatLock } from '../../src/lock/lock-file.ts'
import { parseLock } from '../../src/lock/parse-lock.ts'
import { runs } from './runs.ts'

/** Compared with what is read, which has prototypes. */
const record = <T>(fields: { [Key in keyof T]: fc.Arbitrary<T[Key]> }) => fc.record(fields, { noNullPrototype: true })
const digits = (length: number) => fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length })
const word = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/)
const hashes = fc.array(digits(64), { minLength: 1, maxLength: 3 })
const marker = fc.constantFrom('', "platform_machine == 'x86_64'", "platform_machine == 'x86_64' or platform_machine == 'aarch64'")
const version = fc.constantFrom('1.0', '2.13.0+cpu', '1!2.0rc1', '3.10', '2024.1')
/** Whatever may stand on a line of a requirements file. */
const line = fc.oneof(fc.constantFrom('pandas>=2.2', '-c numpy<2', 'x[a,b]~=1.0 ; python_version < "3.12"', "a==1 ; os_name == 'x'", '--pre', 'true', '1.10', 'null', '<<', '# x'), fc.string({ minLength: 1 }).filter((text) => !/[\0-\x1f\x7f-\x9f]|\p{Cs}/u.test(text)))

const held = record({ name: word, version, url: fc.constant(undefined), marker, hashes })
const committed = record({ name: word, version: fc.constant(''), url: digits(40).map((commit) => `git+https://git.example.org/x.git@${commit}#subdirectory=a`), marker, hashes: fc.constant([]) })
const layer = record({ title: line, index: fc.option(line, { nil: undefined }), asked: fc.array(line, { maxLength: 4 }), packages: fc.array(fc.oneof(held, committed), { maxLength: 4 }) })
const image = record({ name: word, base: line, digest: digits(64).map((hash) => `sha256:${hash}`), python: fc.constantFrom('3.10.0', '3.13.1'), platforms: fc.array(fc.constantFrom('linux/amd64', 'linux/arm64'), { maxLength: 2 }), layers: fc.array(layer, { maxLength: 3 }) })
const lock = record({ images: fc.uniqueArray(image, { selector: ({ name }) => name, maxLength: 3 }) })

test('a lock reads back as it was written, and is written the same again', () => {
  fc.assert(
    fc.property(lock, (written) => {
      const sink = new Sink()
      const text = formatLock(written)
      const read = parseLock(text, 'mlstack.lock', sink)
      assert.equal(sink.sorted().map(({ message }) => message), [])
      assert.equal(read?.images, written.images)
      assert.is(formatLock({ images: read?.images ?? [] }), text)
    }),
    runs(300),
  )
})

test('any text is read or refused, by one diagnostic within it', () => {
  const start = fc.constantFrom('', 'version: 1\nimages:\n', 'version: 1\nimages:\n  train:\n    layers: ')
  fc.assert(
    fc.property(start, fc.string(), (before, rest) => {
      const sink = new Sink()
      const read = parseLock(`${before}${rest}`, 'mlstack.lock', sink)
      const diagnostics = sink.sorted()
      assert.is(diagnostics.length, read === undefined ? 1 : 0)
      for (const { code, primary } of diagnostics) assert.ok(code === 'MLS4021' && primary.span.end <= before.length + rest.length)
    }),
    runs(300),
  )
})

test.run()
