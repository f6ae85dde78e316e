/** Published ports: Compose's short and long form, ranges and references. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { parsePublishedPorts } from '../../../src/config/published-port.ts'
import { treeOf } from './yaml.ts'

/** Each port as `IP HOST CONTAINER PROTOCOL`, with `-` for what is not known. */
const outline = (items: string) =>
  parsePublishedPorts(treeOf(`[${items}]`)).map(({ hostIp, host, container, protocol }) => [hostIp ?? '-', host ?? '-', container ?? '-', protocol].join(' '))

test('the short form', () => {
  const cases: [string, string[]][] = [
    ['8080', ['- - 8080 tcp']],
    ['"8080"', ['- - 8080 tcp']],
    ['"8080:80"', ['- 8080 80 tcp']],
    ['"127.0.0.1:8080:80/udp"', ['127.0.0.1 8080 80 udp']],
    ['"127.0.0.1::80"', ['127.0.0.1 - 80 tcp']],
    ['"[::1]:8080:80"', ['::1 8080 80 tcp']],
    ['"0:80"', ['- - 80 tcp']],
    ['"3000-3002"', ['- - 3000 tcp', '- - 3001 tcp', '- - 3002 tcp']],
    ['"9000-9001:8000-8001"', ['- 9000 8000 tcp', '- 9001 8001 tcp']],
    ['"9000-9100:80"', ['- - 80 tcp']],
    ['"${P:-8080}:80"', ['- 8080 80 tcp']],
    ['"${IP:-127.0.0.1}:${P-8080}:${Q:-80}"', ['127.0.0.1 8080 80 tcp']],
    ['"${ADDRESS:-127.0.0.1:8080}:80"', ['127.0.0.1 8080 80 tcp']],
    ['"$P:80"', ['- - 80 tcp']],
    ['"$IP:8080:80"', ['- - 80 tcp']],
    ['"8080:80", "8081:80"', ['- 8080 80 tcp', '- 8081 80 tcp']],
  ]
  for (const [items, expected] of cases) assert.equal(outline(items), expected, items)
})

test('the long form means the same', () => {
  const cases: [string, string][] = [
    ['"8080:80"', '{target: 80, published: 8080}'],
    ['"8080:80"', '{target: "80", published: "8080", protocol: tcp, mode: host}'],
    ['"127.0.0.1:8080:80/udp"', '{target: 80, published: "8080", host_ip: 127.0.0.1, protocol: udp}'],
    ['80', '{target: 80}'],
    ['"9000-9100:80"', '{target: 80, published: "9000-9100"}'],
    ['"${P:-8080}:80"', '{target: 80, published: "${P:-8080}"}'],
  ]
  for (const [short, long] of cases) assert.equal(outline(long), outline(short), long)
})

test('what cannot be read has no ports that could clash', () => {
  assert.equal(outline('"x:y"'), ['- - - tcp'])
  assert.equal(outline('"70000:80"'), ['- - 80 tcp'])
  assert.equal(outline('"9001-9000:80"'), ['- - 80 tcp'])
  assert.equal(outline('"1:2:3:4", "${A", [], null'), [])
})

test('each knows where it stands', () => {
  const spans = parsePublishedPorts(treeOf('["1:2", {target: 3}]')).map(({ span }) => span.source.text.slice(span.start, span.end))
  assert.equal(spans, ['"1:2"', '{target: 3}'])
})

test.run()
