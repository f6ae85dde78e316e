/** The probes on this machine: files, ports, programs and variables, as they really are here. */
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { withFolder } from '../../../src/build/sample-folder.ts'
import { runProgram } from '../../../src/doctor/probe/command.ts'
import { probeBinds, probeOutputs } from '../../../src/doctor/probe/files.ts'
import { probeDisk, probeHost, readVariables } from '../../../src/doctor/probe/host.ts'
import { probePorts } from '../../../src/doctor/probe/ports.ts'

test('a port that is listened on is in use, and another is not', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((done) => server.once('listening', done))
  const { port } = server.address() as AddressInfo
  const need = { service: 'serve', port, address: '127.0.0.1', variable: 'SERVE_PORT' }
  assert.equal(await probePorts([need], process.platform), [need])
  assert.equal(await probePorts([{ ...need, address: undefined }], process.platform), [{ ...need, address: undefined }])
  await new Promise((done) => server.close(done))
  assert.equal(await probePorts([need, { ...need, address: '192.0.2.1' }], process.platform), [])
})

test('sources of mounts with what is in them, and one that is missing', () =>
  withFolder({}, async (folder) => {
    mkdirSync(join(folder, 'data/deep'), { recursive: true })
    writeFileSync(join(folder, 'data/deep/a.csv'), '')
    chmodSync(join(folder, 'data/deep/a.csv'), 0o600)
    symlinkSync('nowhere', join(folder, 'data/broken'))
    const [data, gone] = probeBinds([{ service: 'train', source: './data', isReadOnly: true, isCreated: false, isOurs: true }, { service: 'train', source: './gone', isReadOnly: true, isCreated: false, isOurs: true }], folder)
    assert.equal(data?.files.map(({ path, isFolder, mode }) => [path, isFolder, mode & 0o77]), [['data', true, 0o55], ['data/deep', true, 0o55], ['data/deep/a.csv', false, 0]])
    assert.equal([data?.error, gone?.error, gone?.files], [undefined, 'ENOENT', []])
  }))

test('a folder of thousands is looked at in part', () =>
  withFolder({}, async (folder) => {
    mkdirSync(join(folder, 'data'))
    for (let number = 0; number < 1100; number += 1) writeFileSync(join(folder, `data/${number}`), '')
    assert.is(probeBinds([{ service: 'train', source: 'data', isReadOnly: true, isCreated: false, isOurs: true }], folder)[0]?.files.length, 1001)
  }))

test('the outputs that are there', () =>
  withFolder({}, async (folder) => {
    assert.equal(probeOutputs(folder), [])
    mkdirSync(join(folder, '.mlstack'))
    writeFileSync(join(folder, '.mlstack/manifest.json'), '')
    writeFileSync(join(folder, 'compose.yaml'), '')
    assert.equal(probeOutputs(folder).map(({ path }) => path), ['compose.yaml', '.mlstack', '.mlstack/manifest.json'])
  }))

test('variables: the shell wins over .env', () =>
  withFolder({ '.env': 'A=1\nB="two words" # why\nMLSTACK_UID=$(id -u)\n' }, async (folder) => {
    assert.equal({ ...readVariables(folder, { A: '9' }) }, { A: '9', B: 'two words', MLSTACK_UID: '$(id -u)' })
    assert.equal({ ...readVariables(join(folder, 'none'), {}) }, {})
  }))

test('the host tells of itself, and the disk of a folder', () => {
  const { platform, architecture, uid } = probeHost('/')
  assert.equal([platform, architecture, uid], [process.platform, process.arch, process.getuid?.()])
  assert.ok((probeDisk('/')?.freeBytes ?? 0) > 0)
  assert.is(probeDisk('/no/such/folder'), undefined)
})

test('programs: what they print, why they fail, that they are missing, and that they hang', async () => {
  const node = (code: string, patience = 5000) => runProgram(process.execPath, ['-e', code], patience)
  assert.equal(await node('console.log(1)'), { kind: 'text', text: '1' })
  assert.equal(await node('console.log("no devices"); process.exit(9)'), { kind: 'failed', reason: 'no devices' })
  assert.equal(await runProgram('no-such-program', [], 1000), { kind: 'missing' })
  assert.equal(await node('setTimeout(() => {}, 60000)', 200), { kind: 'failed', reason: 'no answer within 0.2 s' })
})

test.run()
