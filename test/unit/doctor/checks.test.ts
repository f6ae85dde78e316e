/** The checks over forged machines: what each says of a good one, and of each way in which one can be bad. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { CHECKS } from '../../../src/doctor/checks/checks.ts'
import { examine } from '../../../src/doctor/examine.ts'
import type { Machine } from '../../../src/doctor/machine.ts'
import type { Needs } from '../../../src/plan/needs.ts'
import { bindOf, fileWith, GIB, gpusWith, machineWith, needsWith } from './machines.ts'

const port = { service: 'serve', port: 8080, address: '127.0.0.1', variable: 'SERVE_PORT' }
const fault = { message: 'Docker does not answer', help: 'start Docker Desktop, or the service: sudo systemctl start docker' }

/** The finding of one check, as `STATUS SAW` and, where there is one, ` -> FIX`. */
function look(id: string, machine: Machine, needs?: Needs): string {
  const check = CHECKS.find((each) => each.id === id)
  if (check === undefined) throw new Error(`no check ${id}`)
  const finding = check.look(machine, needs)
  return `${finding.status} ${finding.saw}${'fix' in finding ? ` -> ${finding.fix}` : ''}`
}

function assertLook(id: string, rows: readonly (readonly [Machine, Needs | undefined, RegExp])[]): void {
  for (const [machine, needs, expected] of rows) assert.match(look(id, machine, needs), expected)
}

test('a good machine fails nothing, with a stack and without', () => {
  const needs = needsWith({ hostPorts: [port], services: [{ name: 'train', kind: 'job', memory: 8 * GIB, shm: 2 * GIB }] })
  for (const each of [undefined, needs]) {
    const { checks, summary } = examine(machineWith(), each)
    assert.equal(checks.filter(({ status }) => status === 'warning' || status === 'failed'), [])
    assert.is(summary.ok + summary.skipped, CHECKS.length)
  }
})

test('servers of data', () => {
  const need = { service: 'fetch-digits', host: 'example.com', port: 443 }
  const needs = needsWith({ hosts: [need] })
  assertLook('fetches', [
    [machineWith(), undefined, /^skipped /],
    [machineWith(), needsWith(), /^ok the stack fetches nothing$/],
    [machineWith({ hosts: [{ need, error: undefined }] }), needs, /^ok example\.com: reached$/],
    [machineWith({ hosts: [{ need, error: 'ENOTFOUND' }] }), needs, /^warning example\.com:443 of fetch-digits \(no such name\) cannot be reached from here -> correct `source`/],
    [machineWith({ hosts: [{ need, error: 'ENOTFOUND' }], variables: { HTTPS_PROXY: 'http://proxy:3128' } }), needs, /^skipped a proxy/],
    [machineWith({ hosts: [{ need, error: 'ENOTFOUND' }], docker: { endpoint: 'ssh://elsewhere' } }), needs, /^skipped the engine is on another machine/],
  ])
})

test('without an engine, what asks it is skipped, and nothing throws', () => {
  const machine = machineWith({ docker: { fault, info: undefined, endpoint: undefined, composeVersion: undefined, buildxVersion: undefined } })
  for (const needs of [undefined, needsWith({ gpu: { vendor: 'nvidia', count: 1 } })]) {
    const { checks, summary } = examine(machine, needs)
    assert.equal(checks.filter(({ saw }) => saw === 'Docker does not answer').map(({ id }) => id), ['docker', 'engine', 'rootless', 'disk', 'memory', 'nvidia-toolkit', 'nvidia-cgroups'])
    assert.ok(summary.failed > 0)
  }
  assert.match(look('docker', machine), /^failed Docker does not answer -> start Docker Desktop/)
  const wrongHost = { ...machine, docker: { ...machine.docker, endpoint: 'tcp://10.0.0.5:1' }, variables: { DOCKER_HOST: 'tcp://10.0.0.5:1' } }
  assert.match(look('docker', wrongHost), /^failed Docker does not answer on tcp:\/\/10\.0\.0\.5:1 -> unset DOCKER_HOST, or correct it; else start/)
})

test('versions', () => {
  assertLook('engine', [
    [machineWith({ info: { version: '26.1.5+dfsg1' } }), undefined, /^ok 26\.1\.5/],
    [machineWith({ info: { version: '23.0.0' } }), undefined, /^ok /],
    [machineWith({ info: { version: '20.10.24' } }), undefined, /^failed 20\.10\.24, older than 23\.0 -> sudo apt-get/],
    [machineWith({ info: { version: '20.10.24', system: 'Docker Desktop' } }), undefined, / -> update Docker Desktop$/],
  ])
  assertLook('compose', [
    [machineWith({ docker: { composeVersion: '2.26.1' } }), undefined, /^ok /],
    [machineWith({ docker: { composeVersion: '2.9.0' } }), undefined, /^failed 2\.9\.0, older than 2\.26/],
    [machineWith({ docker: { composeVersion: undefined } }), undefined, /^failed docker has no command compose -> /],
  ])
  assertLook('buildx', [
    [machineWith({ docker: { composeVersion: '2.26.1', buildxVersion: '0.13.1' } }), undefined, /^ok /],
    [machineWith({ docker: { composeVersion: '2.40.3', buildxVersion: '0.13.1' } }), undefined, /^failed 0\.13\.1, and Compose 2\.40\.3 needs 0\.17 -> /],
    [machineWith({ docker: { buildxVersion: undefined } }), undefined, /^failed docker has no command buildx/],
  ])
})

test('a remote engine', () => {
  const remote = machineWith({ docker: { endpoint: 'ssh://ana@gpu-box' } })
  const needs = needsWith({ hostPorts: [port], gpu: { vendor: 'nvidia', count: 1 }, binds: [{ service: 'train', source: './data', isReadOnly: true, isCreated: false, isOurs: true }] })
  assertLook('context', [
    [remote, undefined, /^warning another machine, ssh:\/\/ana@gpu-box -> /],
    [remote, needs, /^failed .* which has to have \.\/data at the same paths -> copy them there/],
    [machineWith({ docker: { endpoint: 'tcp://127.0.0.1:2375' } }), needs, /^ok this machine/],
    [machineWith({ docker: { endpoint: 'tcp://10.0.0.5:2376' } }), needs, /^failed /],
    [machineWith({ docker: { endpoint: 'npipe:////./pipe/docker_engine' } }), needs, /^ok /],
  ])
  for (const id of ['ports', 'nvidia-driver', 'datasets', 'user', 'avx']) assert.match(look(id, remote, needs), /^skipped /, id)
  assert.match(look('nvidia-toolkit', remote, needs), /^failed the engine on the other machine has no runtime nvidia/)
  assert.match(look('disk', { ...remote, disk: undefined }, needs), /^skipped the disk of the engine is on another machine/)
})

test('a rootless engine', () => {
  const gpu = needsWith({ gpu: { vendor: 'nvidia', count: 1 } })
  const low = needsWith({ hostPorts: [{ ...port, port: 80 }] })
  const written = needsWith({ binds: [{ service: 'train', source: './out', isReadOnly: false, isCreated: false, isOurs: true }] })
  const rootless = machineWith({ info: { isRootless: true } })
  assertLook('rootless', [
    [rootless, undefined, /^ok the engine is rootless/],
    [machineWith({ info: { isRootless: true, hasMemoryLimit: false } }), undefined, /^warning .*limits of memory have no effect/],
    [rootless, gpu, /^warning .* -> sudo nvidia-ctk config --set nvidia-container-cli\.no-cgroups/],
  ])
  assert.match(look('ports', rootless, low), /^failed 80 of serve is below 1024.* -> take another port: SERVE_PORT=8080 docker compose up$/)
  assert.match(look('user', rootless, written), /^warning .*you are 0 in a container/)
})

test('disk against the estimate', () => {
  const disk = (free: number) => machineWith({ disk: { folder: '/var/lib/docker', freeBytes: free }, docker: { reclaimable: ['2.1GB of images', '5.4GB of build cache'] } })
  assertLook('disk', [
    [disk(50 * GIB), undefined, /^ok 50 GiB free/],
    [disk(5 * GIB), undefined, /^warning 5 GiB free .* -> docker builder prune .*2\.1GB of images and 5\.4GB of build cache/],
    [disk(50 * GIB), needsWith({ diskBytes: 8 * GIB }), /^ok 50 GiB free .*estimated at 8 GiB/],
    [disk(12 * GIB), needsWith({ diskBytes: 8 * GIB }), /^warning .*room for a second copy/],
    [disk(5 * GIB), needsWith({ diskBytes: 8 * GIB }), /^failed 5 GiB free .*estimated at 8 GiB -> docker builder prune/],
    [{ ...disk(1), disk: undefined }, undefined, /^skipped .*cannot be seen/],
  ])
})

test('memory against limits and shared memory', () => {
  const train = (memory?: number, shm?: number) => needsWith({ services: [{ name: 'train', kind: 'job', memory, shm }, { name: 'serve', kind: 'service', memory: 4 * GIB, shm: undefined }] })
  const small = machineWith({ info: { memory: 8 * GIB } })
  assertLook('memory', [
    [small, undefined, /^ok the engine has 8 GiB$/],
    [small, train(4 * GIB), /^ok .*at once may use 8 GiB/],
    [small, train(6 * GIB), /^warning .*at once may use 10 GiB -> lower it in mlstack\.yaml, such as resources: { memory: 4g }/],
    [small, train(64 * GIB), /^failed .*train may use 64 GiB -> /],
    [small, train(undefined, 16 * GIB), /^failed .*shared memory of train is 16 GiB -> .*shm_size: 4g/],
    [small, train(2 * GIB, 2 * GIB), /^warning .*all of it can go to its shared memory .* -> resources: { memory: 4g }/],
    [machineWith({ host: { platform: 'darwin', architecture: 'arm64' }, info: { memory: 2 * GIB, system: 'Docker Desktop' } }), train(8 * GIB), /^failed .* -> give Docker Desktop more memory/],
  ])
})

test('ports: free, taken by a program, by a container, by the stack itself', () => {
  const needs = needsWith({ hostPorts: [port, { service: 'db', port: 5432, address: undefined, variable: undefined }] })
  const container = (project: string) => ({ name: 'web-1', project, ports: [8080] })
  assertLook('ports', [
    [machineWith(), undefined, /^skipped /],
    [machineWith(), needsWith(), /^ok the stack publishes none$/],
    [machineWith(), needs, /^ok 8080 of serve is free and 5432 of db is free$/],
    [machineWith({ portsInUse: [port] }), needs, /^failed 8080 of serve is in use by a program .* -> see which: sudo ss -ltnp 'sport = :8080', or take another port: SERVE_PORT=8081 docker compose up$/],
    [machineWith({ portsInUse: needs.hostPorts, host: { platform: 'darwin' } }), needs, /^failed 8080 of serve .* and 5432 of db .*sudo lsof[^]*publish db on another port in mlstack\.yaml$/],
    [machineWith({ portsInUse: [port], docker: { containers: [container('other')] } }), needs, /^failed 8080 of serve is held by the container web-1 -> docker stop web-1, or /],
    [machineWith({ portsInUse: [port], docker: { containers: [container('digits')] } }), needs, /^ok 8080 of serve is held by this stack/],
  ])
})

test('proxies and certificates, whose values are never shown', () => {
  const secret = 'http://ana:pa55word@proxy.example.com:3128'
  const rows: readonly (readonly [Machine, undefined, RegExp])[] = [
    [machineWith(), undefined, /^ok none is set/],
    [machineWith({ variables: { HTTP_PROXY: secret, HTTPS_PROXY: secret } }), undefined, /^ok HTTP_PROXY and HTTPS_PROXY are set/],
    [machineWith({ variables: { https_proxy: secret } }), undefined, /^warning https_proxy in small letters only.* -> export HTTPS_PROXY="\$https_proxy"$/],
    [machineWith({ variables: { HTTPS_PROXY: 'http://ana:pa55word@localhost:3128' } }), undefined, /^warning HTTPS_PROXY names this machine/],
    [machineWith({ variables: { PIP_CERT: '/etc/corp.pem' } }), undefined, /^warning PIP_CERT names certificates of your own/],
  ]
  assertLook('proxy', rows)
  for (const [machine] of rows) assert.not.match(look('proxy', machine), /pa55word|corp\.pem/)
})

test('an NVIDIA driver against what the wheels need', () => {
  const needs = (changes: object = {}) => needsWith({ gpu: { vendor: 'nvidia', count: 1, ...changes } })
  const old = machineWith({ nvidia: gpusWith({ driver: '550.54.15' }) })
  assertLook('nvidia-driver', [
    [machineWith(), undefined, /^skipped there is no nvidia-smi/],
    [machineWith(), needsWith(), /^skipped the stack asks for no NVIDIA GPU/],
    [machineWith(), needs({ isOptional: true }), /^skipped there is no nvidia-smi/],
    [machineWith({ nvidia: gpusWith() }), undefined, /^ok NVIDIA GeForce RTX 4090 \(compute capability 8\.9, 24 GiB\), driver 580\.82\.07, which runs wheels for CUDA 13 and older$/],
    [old, needs(), /^ok .*CUDA 12 and older/],
    [old, needs({ cuda: '12.6' }), /^ok /],
    [old, needs({ cuda: '13.0' }), /^failed .*driver 550\.54\.15.* and CUDA 13\.0 needs driver 580\.65\.06 -> install driver 580\.65\.06 or newer: [^]*gpu: { driver: "550\.54\.15" }$/],
    [old, needs({ oldestDriver: '560' }), /^failed .*the stack needs driver 560/],
    [machineWith(), needs({ cuda: '13.0' }), /^failed there is no nvidia-smi, so no driver is installed -> install driver 580\.65\.06 or newer/],
    [machineWith({ nvidia: { kind: 'failed', reason: 'Failed to initialize NVML: Driver/library version mismatch' } }), needs(), /^failed nvidia-smi says: Failed .* -> restart the machine/],
    [machineWith({ nvidia: gpusWith() }), needs({ count: 2 }), /^failed .*asks for 2 GPUs -> gpu: 1$/],
    [machineWith({ nvidia: gpusWith({}, 2) }), needs({ count: 2 }), /^ok 2 × NVIDIA/],
    [machineWith({ nvidia: gpusWith() }), needs({ count: 'all' }), /^ok /],
    [machineWith({ nvidia: gpusWith({ memory: 8 * GIB, computeCapability: undefined }) }), needs({ memory: 16 * GIB }), /^failed NVIDIA GeForce RTX 4090 \(8 GiB\).*asks for 16 GiB on each/],
    [machineWith({ nvidia: gpusWith() }), needs({ kernels: [{ framework: 'PyTorch 2.14', capabilities: ['7.5', '8.6', '12.0+PTX'] }] }), /^ok /],
    [machineWith({ nvidia: gpusWith({ computeCapability: '12.0' }) }), needs({ kernels: [{ framework: 'PyTorch 2.6', capabilities: ['8.0', '9.0'] }] }), /^failed .*the build of PyTorch 2\.6 has code for 8\.0 and 9\.0 alone -> gpu: \{ arch: "12\.0" \}, and compile again/],
    [machineWith({ host: { platform: 'darwin', architecture: 'arm64' } }), needs(), /^failed containers on a Mac reach no GPU/],
  ])
})

test('the toolkit: a runtime, the hook, CDI alone, nothing', () => {
  const needs = needsWith({ gpu: { vendor: 'nvidia', count: 1 } })
  const nvidia = gpusWith()
  const cdi = { hasHook: false, cdiFiles: ['/etc/cdi/nvidia.yaml'] }
  assertLook('nvidia-toolkit', [
    [machineWith(), undefined, /^skipped there is no NVIDIA GPU/],
    [machineWith(), needsWith(), /^skipped the stack asks/],
    [machineWith({ nvidia }), undefined, /^failed the engine has no runtime nvidia, and there is no CDI specification -> sudo apt-get install nvidia-container-toolkit.*\nsudo nvidia-ctk runtime configure --runtime=docker && sudo systemctl restart docker$/],
    [machineWith({ nvidia, info: { runtimes: ['runc', 'nvidia'] } }), needs, /^ok the engine has the runtime nvidia/],
    [machineWith({ nvidia, toolkit: { hasHook: true, cdiFiles: [] } }), needs, /^ok nvidia-container-runtime-hook/],
    [machineWith({ nvidia, toolkit: cdi }), needs, /^failed no runtime nvidia, but CDI: \/etc\/cdi\/nvidia\.yaml; Engine 27\.3\.1 .* only from 29\.0 on -> sudo nvidia-ctk runtime configure/],
    [machineWith({ nvidia, toolkit: cdi, info: { version: '29.0.1', cdiDevices: ['nvidia.com/gpu=all', 'vendor.com/other=1'] } }), needs, /^ok no runtime nvidia, but CDI: nvidia\.com\/gpu=all$/],
    [machineWith({ info: { system: 'Docker Desktop' } }), needs, /^skipped Docker Desktop/],
  ])
  assertLook('nvidia-cgroups', [
    [machineWith({ nvidia, info: { runtimes: ['nvidia'] } }), needs, /^warning the cgroup driver is systemd, .* -> sudo nvidia-ctk system create-dev-char-symlinks/],
    [machineWith({ nvidia, info: { runtimes: ['nvidia'], cgroupDriver: 'cgroupfs' } }), needs, /^ok the cgroup driver is cgroupfs/],
    [machineWith({ nvidia, toolkit: cdi }), needs, /^ok .*GPUs come by CDI/],
  ])
})

test('ROCm says the two lines for .env', () => {
  const rocm = { hasKfd: true, hasDri: true, videoGroup: 44, renderGroup: 109 }
  const needs = needsWith({ gpu: { vendor: 'amd', count: 1 } })
  assertLook('rocm', [
    [machineWith(), undefined, /^skipped there is no AMD GPU/],
    [machineWith(), needsWith(), /^skipped the stack asks for no AMD GPU/],
    [machineWith({ rocm }), undefined, /^ok .*video is 44 and render is 109/],
    [machineWith({ rocm }), needs, /^ok /],
    [machineWith({ rocm: { ...rocm, videoGroup: 39, renderGroup: 992 } }), needs, /^warning .* -> put into \.env beside compose\.yaml:\nMLSTACK_VIDEO_GID=39\nMLSTACK_RENDER_GID=992$/],
    [machineWith({ rocm: { ...rocm, renderGroup: 992 }, variables: { MLSTACK_RENDER_GID: '992' } }), needs, /^ok /],
    [machineWith({ rocm, variables: { MLSTACK_VIDEO_GID: '44', MLSTACK_RENDER_GID: '992' } }), needs, /-> put into \.env beside compose\.yaml:\nMLSTACK_RENDER_GID=109$/],
    [machineWith({ rocm: { ...rocm, hasKfd: false } }), needs, /^failed there is no \/dev\/kfd -> /],
    [machineWith({ rocm: { ...rocm, renderGroup: undefined } }), needs, /^failed .*a group video or render is not in \/etc\/group/],
  ])
  assert.match(look('nvidia-driver', machineWith(), needs), /^skipped /)
})

test('WSL and AVX', () => {
  const wsl = { kernel: 'Linux version 5.15.167.4-microsoft-standard-WSL2' }
  assertLook('wsl', [
    [machineWith(), undefined, /^skipped this is no WSL/],
    [machineWith({ host: wsl }), undefined, /^ok /],
    [machineWith({ host: { ...wsl, folder: '/mnt/c/Users/ana/digits' } }), undefined, /^warning \/mnt\/c\/Users\/ana\/digits lies on a disk of Windows -> move the project into WSL: cp -a \/mnt\/c/],
    [machineWith({ host: wsl, binds: [{ ...bindOf({}), path: '/mnt/d/data' }] }), undefined, /^warning \/mnt\/d\/data lies/],
    [machineWith({ host: { ...wsl, folder: '/mnt/data/digits' } }), undefined, /^ok /],
  ])
  assertLook('avx', [
    [machineWith(), undefined, /^ok AVX and AVX2/],
    [machineWith({ host: { processorFlags: ['sse4_2'] } }), undefined, /^warning the processor has no AVX/],
    [machineWith({ host: { processorFlags: [] } }), undefined, /^skipped /],
    [machineWith({ host: { architecture: 'arm64' } }), undefined, /^skipped AVX is of x86-64/],
  ])
})

test('who the containers run as, and who owns what they wrote', () => {
  const needs = needsWith({ binds: [{ service: 'train', source: './out', isReadOnly: false, isCreated: false, isOurs: true }] })
  assertLook('user', [
    [machineWith(), needsWith(), /^ok containers run as 10001:10001, and write into no folder/],
    [machineWith(), needs, /^warning containers run as 10001, you are 1000, and they write into \.\/out -> printf 'MLSTACK_UID=%s/],
    [machineWith({ host: { uid: 0, gid: 0 } }), needs, / -> chown -R 10001:10001 \.\/out$/],
    [machineWith({ variables: { MLSTACK_UID: '1000', MLSTACK_GID: '1000' } }), needs, /^ok containers run as 1000, which is you/],
    [machineWith(), { ...needs, user: { uid: 1000, gid: 1000 } }, /^ok containers run as 1000, which is you/],
    [machineWith(), { ...needs, user: { uid: 1234, gid: 1234 } }, /^warning containers run as 1234, .* -> write your own number under build\.user: "\$\(id -u\):\$\(id -g\)"$/],
    [machineWith({ variables: { MLSTACK_UID: '$(id -u)' } }), needs, /^failed MLSTACK_UID or MLSTACK_GID is no number/],
    [machineWith({ info: { system: 'Docker Desktop' } }), needs, /^skipped /],
  ])
  const folder = (uid: number, mode = 0o755) => bindOf({ source: './out', isReadOnly: false, isMade: true }, fileWith({ path: 'out', uid, gid: uid, mode, isFolder: true }))
  const mine = { MLSTACK_UID: '1000', MLSTACK_GID: '1000' }
  assertLook('user', [
    [machineWith({ binds: [folder(0)], variables: mine }), needs, /^failed out: not writable for the user 1000:1000 of the containers, so what writes there fails -> sudo chown -R 1000:1000 out$/],
    [machineWith({ binds: [folder(1000)], variables: mine }), needs, /^ok containers run as 1000, which is you/],
    [machineWith({ binds: [folder(1000)] }), needs, /^failed out: not writable for the user 10001:10001 .* -> printf 'MLSTACK_UID=%s/],
    [machineWith({ binds: [folder(1000, 0o777)] }), needs, /^warning containers run as 10001, you are 1000/],
    [machineWith({ host: { uid: 0, gid: 0 }, binds: [folder(10001)] }), needs, /^ok containers run as 10001:10001, and may write into \.\/out$/],
  ])
  const missing = { ...bindOf({ source: './out', isReadOnly: false, isMade: true }), error: 'ENOENT' }
  assert.match(look('datasets', machineWith({ binds: [missing] }), needs), /^failed \.\/out of train is not there -> mlstack compile, which makes it$/)
  const outputs = [fileWith({ path: '.mlstack', uid: 0, isFolder: true }), fileWith({ path: '.mlstack/train.Dockerfile', uid: 0 })]
  const written = bindOf({ source: './out', isReadOnly: false }, fileWith({ path: 'out/my model.pt', uid: 0 }))
  assertLook('ownership', [
    [machineWith({ outputs: [fileWith()] }), undefined, /^ok none of 1 files/],
    [machineWith({ outputs, binds: [written] }), undefined, /^warning root has \.mlstack, .* -> sudo chown -R "\$\(id -u\):\$\(id -g\)" \.mlstack 'out\/my model\.pt'$/],
    [machineWith({ binds: [bindOf({}, fileWith({ uid: 0 }))] }), undefined, /^ok /],
    [machineWith({ host: { uid: 0 }, outputs }), undefined, /^skipped /],
  ])
})

test('datasets: there, readable for the user of the containers', () => {
  const needs = needsWith()
  const you = { MLSTACK_UID: '1000', MLSTACK_GID: '1000' }
  const closed = bindOf({}, fileWith({ mode: 0o600 }))
  assertLook('datasets', [
    [machineWith(), undefined, /^skipped /],
    [machineWith(), needs, /^ok the stack mounts nothing/],
    [machineWith({ binds: [bindOf({}, fileWith())] }), needs, /^ok \.\/data\/digits\.csv: there, and readable as 10001:10001/],
    [machineWith({ binds: [{ ...bindOf({}), error: 'ENOENT' }] }), needs, /^failed \.\/data\/digits\.csv of train is not there -> correct the path/],
    [machineWith({ binds: [{ ...bindOf({ source: './out', isReadOnly: false, isCreated: true }), error: 'ENOENT' }] }), needs, /^warning \.\/out: not there, so Docker makes a folder that is root's -> mkdir -p \.\/out$/],
    [machineWith({ binds: [{ ...bindOf({}), error: 'EACCES' }] }), needs, /^failed .* cannot be seen \(EACCES\)/],
    [machineWith({ binds: [closed] }), needs, /^warning data\/digits\.csv: not readable .* -> printf 'MLSTACK_UID/],
    [machineWith({ binds: [closed], variables: you }), needs, /^ok /],
    [machineWith({ binds: [bindOf({ service: 'db', isOurs: false }, fileWith({ mode: 0o600 }))] }), needs, /^ok /],
    [machineWith({ binds: [bindOf({}, fileWith({ uid: 0, gid: 0, mode: 0o600 }))] }), needs, / -> chmod -R a\+rX data\/digits\.csv$/],
    [machineWith({ binds: [bindOf({}, fileWith({ isFolder: true, mode: 0o744, path: 'data' }))] }), needs, /^warning data: not readable/],
    [machineWith({ binds: [closed], info: { isRootless: true }, variables: you }), needs, /^warning /],
    [machineWith({ binds: [closed], info: { isRootless: true }, variables: { MLSTACK_UID: '0', MLSTACK_GID: '0' } }), needs, /^ok /],
  ])
})

test('secrets are named and never shown', () => {
  const needs = needsWith({ secrets: ['HF_TOKEN', 'WANDB_API_KEY'] })
  const machine = machineWith({ variables: { HF_TOKEN: 'hf_verysecret' } })
  assert.match(look('secrets', machine, needs), /^failed WANDB_API_KEY is neither in the shell nor in \.env -> read -rs WANDB_API_KEY && export WANDB_API_KEY$/)
  assert.match(look('secrets', machineWith({ variables: { HF_TOKEN: 'a', WANDB_API_KEY: 'b' } }), needs), /^ok HF_TOKEN and WANDB_API_KEY are set$/)
  assert.match(look('secrets', machine, needsWith()), /^ok /)
  assert.not.match(JSON.stringify(examine(machine, needs)), 'verysecret')
})

test('ids are unique, and each check has a title and a reason', () => {
  assert.is(new Set(CHECKS.map(({ id }) => id)).size, CHECKS.length)
  for (const { id, title, why } of CHECKS) assert.ok(/^[a-z-]+$/.test(id) && title !== '' && !why.endsWith('.'), id)
})

test.run()
