/** Every short form means what its long form means, and every section reads what stands in it. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { normalizeBuild, normalizeCode } from '../../../../src/config/sections/build.ts'
import { normalizeCache, normalizeDatasets, normalizeOutputs, normalizeParams } from '../../../../src/config/sections/data.ts'
import { normalizeSecrets, normalizeVariables } from '../../../../src/config/sections/environment.ts'
import { normalizeFrameworks } from '../../../../src/config/sections/framework.ts'
import { normalizeGpu } from '../../../../src/config/sections/gpu.ts'
import { normalizeModel } from '../../../../src/config/sections/model.ts'
import { normalizePython } from '../../../../src/config/sections/python.ts'
import { normalizeResources } from '../../../../src/config/sections/resources.ts'
import { valueOf, type Tree } from '../../../../src/syntax/tree.ts'
import type { Sink } from '../../../../src/diagnostics/sink.ts'
import { readWith, withoutSpans } from '../yaml.ts'

type Reader = (tree: Tree, sink: Sink) => unknown

const code: Reader = (tree, sink) => normalizeCode(tree, tree, sink)

/** What a section reads, without spans; the value must be free of problems. */
function read(reader: Reader, value: string): unknown {
  const { result, problems } = readWith(value, reader)
  assert.equal(problems, [], value)
  return withoutSpans(result)
}

const problemsOf = (reader: Reader, value: string) => readWith(value, reader).problems

const SAME: readonly (readonly [reader: Reader, short: string, long: string])[] = [
  [normalizeFrameworks, 'pytorch', '{name: pytorch}'],
  [normalizeFrameworks, 'pytorch', '[pytorch]'],
  [normalizeFrameworks, 'pytorch==2.13.0', '{name: pytorch, version: 2.13.0}'],
  [normalizeFrameworks, 'pytorch==2.10', '{name: pytorch, version: 2.10}'],
  [normalizeFrameworks, 'tensorflow~=2.16', '{name: tensorflow, version: ~=2.16, install: auto}'],
  [normalizeFrameworks, '"scikit-learn >=1.5, <2 "', '{name: scikit-learn, version: ">=1.5, <2", extras: []}'],
  [normalizeFrameworks, 'jax[cuda12, k8s]>=0.4', '{name: jax, extras: [cuda12, k8s], version: ">=0.4"}'],
  [normalizeFrameworks, '[torch, {name: sklearn}]', '[{name: torch}, sklearn]'],
  [normalizeModel, 'mlp', '{type: mlp}'],
  [normalizeModel, '{type: cnn, source: ./m}', '{type: cnn, source: {source: ./m}}'],
  [normalizeGpu, 'true', '1'],
  [normalizeGpu, 'true', '{count: 1}'],
  [normalizeGpu, 'true', '{}'],
  [normalizeGpu, 'false', '{count: false}'],
  [normalizeGpu, '2', '{count: 2}'],
  [normalizeGpu, 'all', '{count: all}'],
  [normalizeGpu, 'auto', '{count: auto}'],
  [normalizeGpu, '[0, "GPU-1", "$ID"]', '{device_ids: ["0", GPU-1, $ID]}'],
  [normalizeGpu, '{for: train, arch: 9.0, count: 1}', '{for: [train], arch: ["9.0"]}'],
  [normalizePython, '3.10', '{version: "3.10"}'],
  [normalizePython, '"3.11"', '{version: 3.11}'],
  [normalizePython, '{requirements: a.txt}', '{requirements: [a.txt]}'],
  [normalizePython, '{index: "https://a.example/simple"}', '{index: [{url: "https://a.example/simple"}]}'],
  [code, '.', '{}'],
  [code, '.', '{paths: [.], install: auto}'],
  [code, './src', '[./src]'],
  [code, '[., ../lib]', '{paths: [., ../lib]}'],
  [normalizeDatasets, '{d: ./x}', '{d: {source: ./x, access: ro, extract: auto}}'],
  [normalizeDatasets, '{d: "${X:-./x}"}', '{d: {source: "${X:-./x}"}}'],
  [normalizeDatasets, '{d: {source: x, for: train}}', '{d: {source: x, for: [train]}}'],
  [normalizeOutputs, '{runs: ./runs}', '{runs: {path: ./runs}}'],
  [normalizeParams, 'p.yaml', '{file: p.yaml}'],
  [normalizeCache, 'true', 'True'],
  [normalizeCache, 'false', 'False'],
  [normalizeVariables, '[A=1, B, C=, "D=a=$$b"]', '{A: 1, B: , C: "", D: a=$$b}'],
  [normalizeVariables, '["A=${X:-y}", B=true, C=0.50]', '{A: "${X:-y}", B: True, C: 0.50}'],
  [normalizeSecrets, '[A, B]', '{A: , B: {environment: B, as: env}}'],
  [normalizeSecrets, '{A: {for: serve}}', '{A: {for: [serve]}}'],
  [normalizeBuild, '{run: make}', '{run: [{command: make, after: packages}]}'],
  [normalizeBuild, '{run: ["echo $$A $B"], args: [A=1]}', '{run: [{command: "echo $$A $B"}], args: {A: 1}}'],
  [normalizeResources, '{memory: 16GB, shm_size: 1.5GiB}', '{memory: 16g, shm_size: 1536m}'],
]

test('a short form equals its long form', () => {
  for (const [reader, short, long] of SAME) assert.equal(read(reader, short), read(reader, long), `${short} and ${long}`)
})

test('framework: the first leads, a range stays a range', () => {
  assert.equal(read(normalizeFrameworks, '[torch>=2.1, {name: onnx, version: 1.17, install: none}]'), [
    { name: 'torch', specifier: '>=2.1', extras: [], install: 'auto' },
    { name: 'onnx', specifier: '==1.17', extras: [], install: 'none' },
  ])
})

test('framework: a name knows where it stands', () => {
  const { result } = readWith('" torch>=2"', normalizeFrameworks)
  const span = result[0]?.name.span
  assert.is(span && span.source.text.slice(span.start, span.end), 'torch')
})

test('gpu: counts and ids', () => {
  assert.is(read(normalizeGpu, 'false'), undefined)
  const outline = (value: string) => {
    const { count, deviceIds } = read(normalizeGpu, value) as { count: unknown; deviceIds: unknown }
    return { count, deviceIds }
  }
  assert.equal(outline('3'), { count: 3, deviceIds: [] })
  assert.equal(outline('[0, GPU-1]'), { count: 1, deviceIds: [['0'], ['GPU-1']] })
})

test('gpu: 0 is asked about, with a fix', () => {
  assert.equal(problemsOf(normalizeGpu, '0'), ['MLS1121 at 0'])
  assert.equal(problemsOf(normalizeGpu, '{count: 0}'), ['MLS1121 at 0'])
})

test('python: a version is read by its source text', () => {
  assert.is((read(normalizePython, '3.10') as { version: string }).version, '3.10')
  const python = read(normalizePython, '{packages: [pandas], constraints: c.txt, installer: pip, index: [{url: u, name: n, secret: S, packages: [p], for: pytorch}]}')
  assert.equal(python, {
    version: undefined,
    requirements: undefined,
    packages: ['pandas'],
    constraints: 'c.txt',
    indexes: [{ url: 'u', name: 'n', secret: 'S', packages: ['p'], for: 'pytorch' }],
    installer: 'pip',
  })
})

test('datasets: defaults, and what a long form says', () => {
  const defaults = { mount: undefined, sha256: undefined, extract: 'auto', access: 'ro', include: [], for: undefined, check: undefined }
  assert.equal(read(normalizeDatasets, '{d: ~/x}'), [{ ...defaults, name: 'd', source: ['~/x'] }])
  const long = '{d: {source: x, mount: /m, sha256: 012345, extract: false, access: rw, include: ["*.csv"], for: [], check: stat}}'
  assert.equal(read(normalizeDatasets, long), [
    { name: 'd', source: ['x'], mount: '/m', sha256: '012345', extract: false, access: 'rw', include: ['*.csv'], for: [], check: 'stat' },
  ])
})

test('outputs: a list has no names', () => {
  assert.equal(read(normalizeOutputs, '[runs, $$]'), [
    { name: undefined, path: ['runs'], target: undefined },
    { name: undefined, path: ['$'], target: undefined },
  ])
  assert.equal(read(normalizeOutputs, '{r: {path: ./r, target: /t}}'), [{ name: 'r', path: ['./r'], target: '/t' }])
})

test('params: values, a file, or both', () => {
  const outline = (value: string) => {
    const { file, values } = readWith(value, normalizeParams).result ?? {}
    return { file: file?.value, values: values && { ...(valueOf(values) as object) } }
  }
  assert.equal(outline('{lr: 3e-4, file: x}'), { file: undefined, values: { lr: 3e-4, file: 'x' } })
  assert.equal(outline('p.yaml'), { file: 'p.yaml', values: undefined })
  assert.equal(outline('{values: {lr: 1}}'), { file: undefined, values: { lr: 1 } })
  assert.equal(outline('{file: p.yaml, values: {values: 1}}'), { file: 'p.yaml', values: { values: 1 } })
})

test('cache: scopes and names', () => {
  assert.equal(read(normalizeCache, 'true'), { scope: 'project', name: undefined })
  assert.equal(read(normalizeCache, 'False'), { scope: 'none', name: undefined })
  assert.equal(read(normalizeCache, 'shared'), { scope: 'shared', name: undefined })
  assert.equal(read(normalizeCache, '{name: team}'), { scope: 'shared', name: 'team' })
})

test('environment: a missing value comes from the shell, an empty one is empty', () => {
  assert.equal(read(normalizeVariables, '{A: , B: ~, C: "", D: 0x10, E: TRUE}'), [
    { name: 'A', value: undefined },
    { name: 'B', value: undefined },
    { name: 'C', value: [] },
    { name: 'D', value: ['0x10'] },
    { name: 'E', value: ['true'] },
  ])
})

test('environment: list items know where name and value stand', () => {
  const { result } = readWith('[ABC=xyz, "Q=\\n"]', normalizeVariables)
  const text = (span: { source: { text: string }; start: number; end: number } | undefined) => span && span.source.text.slice(span.start, span.end)
  assert.equal(result.map(({ name, value }) => [text(name.span), text(value?.span)]), [['ABC', 'xyz'], ['"Q=\\n"', '"Q=\\n"']])
})

test('environment: a literal secret is refused and concealed, a reference is not', () => {
  const token = `hf_${'aB3dE5gH7j'.repeat(3)}`
  assert.equal(problemsOf(normalizeVariables, `[A=b, "HF_TOKEN=${token}"]`), [`MLS1122 at ${token}`])
  assert.equal(problemsOf(normalizeVariables, `{HF_TOKEN: ${token}}`), [`MLS1122 at ${token}`])
  assert.equal(problemsOf(normalizeBuild, `{args: {X: ${token}}}`), [`MLS1122 at ${token}`])
  assert.equal(problemsOf(normalizeVariables, '{HF_TOKEN: "${HF_TOKEN:?is needed}"}'), [])
})

test('build.args: a secret from the shell would stay in the image, another variable may', () => {
  const warned = (args: string) => problemsOf(normalizeBuild, `{args: ${args}}`)
  assert.equal(warned('[HF_TOKEN, "API_KEY=${KEY}", MIRROR]'), ['MLS1130 at HF_TOKEN', 'MLS1130 at API_KEY'])
  assert.equal(warned('{HF_TOKEN: , DB_PASSWORD: "$PASSWORD", TOKENIZER: $NAME, SOME_TOKEN: none}'), ['MLS1130 at HF_TOKEN', 'MLS1130 at DB_PASSWORD'])
})

test('secrets: sources and who may see them', () => {
  assert.equal(read(normalizeSecrets, '{A: {file: ./a, for: [serve, build], as: file}, B: {environment: C}}'), [
    { name: 'A', source: { file: './a' }, for: ['serve', 'build'], as: 'file' },
    { name: 'B', source: { environment: 'C' }, for: undefined, as: 'env' },
  ])
  assert.equal(read(normalizeSecrets, '[A]'), [{ name: 'A', source: { environment: 'A' }, for: undefined, as: 'env' }])
})

test('resources: Compose spellings, references as they are, no size is refused', () => {
  assert.equal(read(normalizeResources, '{cpus: 0.50, memory: "${MEM:-4g}", shm_size: 512m, pids: 100}'), {
    cpus: ['0.50'],
    memory: [{ name: 'MEM', operator: ':-', argument: ['4g'], text: '${MEM:-4g}' }],
    shmSize: ['512m'],
    pids: ['100'],
  })
  assert.equal(problemsOf(normalizeResources, '{memory: 0g}'), ['MLS1114 at 0g'])
  assert.equal(problemsOf(normalizeResources, '{memory: lots, shm_size: 12 parsecs}'), ['MLS1114 at lots', 'MLS1114 at 12 parsecs'])
})

test('the size of an image has bytes, and is more than nothing', () => {
  assert.equal(problemsOf(normalizeBuild, '{max_image_size: 0g}'), ['MLS1114 at 0g'])
  assert.equal(problemsOf(normalizeBuild, '{max_image_size: 4GB}'), [])
})

test('build: steps, patterns and what goes on to Compose', () => {
  const { run, ignore, compose, from } = read(normalizeBuild, '{from: "a:1", run: [a, {command: b, secrets: [S], user: root, after: code}], ignore: ["$x*"], tags: [t], ssh: [default]}') as {
    run: unknown
    ignore: unknown
    from: unknown
    compose: { name: unknown }[]
  }
  assert.is(from, 'a:1')
  assert.equal(run, [
    { command: 'a', secrets: undefined, user: undefined, after: 'packages' },
    { command: 'b', secrets: ['S'], user: 'root', after: 'code' },
  ])
  assert.equal(ignore, ['$x*'])
  assert.equal(compose.map(({ name }) => name), ['tags', 'ssh'])
})

test('where compiling needs the value, a reference is refused; a doubled dollar is one', () => {
  const cases: [Reader, string, string][] = [
    [normalizeFrameworks, 'pytorch==$V', 'pytorch==$V'],
    [normalizeFrameworks, '{name: pytorch, version: "$V"}', '"$V"'],
    [normalizeModel, '$M', '$M'],
    [normalizeModel, '{type: mlp, source: "./${M}"}', '"./${M}"'],
    [normalizePython, '"${V:-3.11}"', '"${V:-3.11}"'],
    [normalizePython, '{packages: ["pandas==$V"]}', '"pandas==$V"'],
    [code, '$DIR', '$DIR'],
    [normalizeDatasets, '{d: {source: x, mount: $M}}', '$M'],
    [normalizeParams, '$P', '$P'],
    [normalizeCache, '{name: $N}', '$N'],
    [normalizeSecrets, '{A: {file: $F}}', '$F'],
    [normalizeBuild, '{from: "a:$TAG"}', '"a:$TAG"'],
  ]
  for (const [reader, value, at] of cases) assert.equal(problemsOf(reader, value), [`MLS1111 at ${at}`], value)
  assert.equal((read(code, '[a$$b]') as { paths: unknown }).paths, ['a$b'])
})

test('a broken reference is reported once, where it stands', () => {
  assert.equal(problemsOf(normalizeDatasets, '{d: "./${X"}'), ['MLS1112 at "./${X"'])
  assert.equal(problemsOf(normalizeVariables, '["A=${X"]'), ['MLS1112 at ${X'])
  assert.equal(problemsOf(normalizeResources, '{memory: "${X!}"}'), ['MLS1112 at "${X!}"'])
})

test.run()
