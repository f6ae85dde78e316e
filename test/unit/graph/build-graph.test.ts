/** From a stack to its graph: what becomes a node, and what an edge says. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { compile } from '../../../src/compile.ts'
import { buildGraph } from '../../../src/graph/build-graph.ts'
import type { Graph } from '../../../src/graph/graph.ts'
import { createMemoryProject } from '../../../src/project/memory-project.ts'

const project = createMemoryProject({ 'train.py': '', 'evaluate.py': '', 'serve.py': '', 'a.csv': '', 'b.csv': '', 'c.csv': '', 'd.csv': '' })

function graphOf(text: string, framework = 'scikit-learn'): Graph {
  const { stack, diagnostics } = compile({ name: 'mlstack.yaml', bytes: new TextEncoder().encode(`name: case\nframework: ${framework}\n${text}`) }, project, { outputFolder: '.' })
  assert.ok(stack, diagnostics.map(({ message }) => message).join('\n'))
  return buildGraph(stack)
}

function edgesOf({ edges }: Graph): readonly string[] {
  return edges.map(({ from, to, label, kind }) => `${from} ${kind === 'use' ? '..>' : '-->'} ${to}${label === '' ? '' : ` (${label})`}`)
}

function linesOf({ nodes }: Graph, id: string): readonly string[] | undefined {
  return nodes.find((node) => node.id === id)?.lines.map(({ text }) => text)
}

test('the model goes from job to job, through the gate, and into service', () => {
  const graph = graphOf('train: train.py\nevaluate: { command: evaluate.py, require: { f1: ">= 0.9" } }\nserve: serve.py\n')
  assert.equal(edgesOf(graph), [
    'service_train --> service_evaluate (candidate)',
    'service_evaluate --> gate_evaluate',
    'gate_evaluate --> end_evaluate (no)',
    'gate_evaluate --> volume_model (yes: promotes)',
    'volume_model --> service_serve (reads)',
  ])
  assert.equal(graph.nodes.map(({ kind, title }) => `${kind} ${title}`), ['job train', 'job evaluate', 'gate f1 ≥ 0.9', 'end the promoted model stays', 'server serve', 'volume model'])
})

test('without a gate the last job promotes', () => {
  assert.equal(edgesOf(graphOf('train: train.py\nserve: serve.py\n')), ['service_train --> volume_model (promotes)', 'volume_model --> service_serve (reads)'])
})

test('a local dataset is read where it is, and one from elsewhere out of the volume that a fetch fills', () => {
  const edges = edgesOf(graphOf('datasets: { a: ./a.csv, far: "https://h.example/far.csv?page=1" }\ntrain: train.py\n'))
  assert.equal(edges, ['dataset_a --> service_train', 'dataset_far --> service_fetch_far', 'service_fetch_far --> volume_dataset_far', 'service_train --> volume_model (promotes)', 'volume_dataset_far --> service_train'])
})

test('the query of an address is not shown', () => {
  const graph = graphOf('datasets: { far: "https://h.example/far.csv?page=1" }\ntrain: train.py\n')
  assert.equal(linesOf(graph, 'dataset_far'), ['h.example/far.csv'])
})

test('a folder that one job writes and another has as its dataset is one node', () => {
  const edges = edgesOf(graphOf('datasets: { clean: { source: ./clean, for: [train] } }\njobs: { prepare: { command: train.py, outputs: [clean] } }\ntrain: { command: train.py, depends_on: [prepare] }\n'))
  assert.ok(edges.includes('service_prepare --> dataset_clean'), edges.join('\n'))
  assert.ok(edges.includes('dataset_clean --> service_train'))
  assert.not.ok(edges.includes('service_prepare --> service_train'), 'the way over the dataset says it')
})

test('many datasets of the same readers are one node, and three are three', () => {
  const four = graphOf('datasets: { a: ./a.csv, b: ./b.csv, c: ./c.csv, d: ./d.csv }\ntrain: train.py\n')
  assert.equal(linesOf(four, 'dataset_a'), ['a: ./a.csv', 'b: ./b.csv', 'c: ./c.csv', 'd: ./d.csv'])
  assert.is(edgesOf(four).filter((edge) => edge.endsWith('service_train')).length, 1)
  const three = graphOf('datasets: { a: ./a.csv, b: ./b.csv, c: ./c.csv }\ntrain: train.py\n')
  assert.is(edgesOf(three).filter((edge) => edge.endsWith('service_train')).length, 3)
})

test('a service that has to run is used, one that has to end comes before', () => {
  const edges = edgesOf(graphOf('train: { command: train.py, depends_on: { db: { condition: service_healthy }, seed: { condition: service_completed_successfully } } }\nservices: { db: { image: "postgres:17", volumes: ["db:/var/lib/postgresql"] }, seed: { image: "busybox:1", depends_on: [db] } }\n'))
  assert.equal(edges, ['service_train ..> service_db (uses)', 'service_train --> volume_model (promotes)', 'service_db --> volume_db', 'service_seed --> service_train', 'service_seed ..> service_db (uses)'])
})

test('what is below a name: command, counts, ports and profiles', () => {
  const graph = graphOf('train: python train.py --epochs 3\nserve: { command: serve.py, replicas: 3, port: 9000 }\njobs: { batch: { command: [python, train.py, all], profiles: [nightly] } }\nservices: { web: { image: "nginx:1.27", ports: ["80:80", "127.0.0.1:90:90"] } }\n')
  assert.equal(linesOf(graph, 'service_train'), ['python train.py …'])
  assert.equal(linesOf(graph, 'service_serve'), ['python serve.py', '3 replicas', '127.0.0.1:9000-9002'])
  assert.equal(linesOf(graph, 'service_batch'), ['python train.py all', 'on request: profile nightly'])
  assert.equal(linesOf(graph, 'service_web'), ['nginx:1.27', '0.0.0.0:80', '127.0.0.1:90'])
})

test('the nodes of a job are one node', () => {
  const graph = graphOf('train: { command: train.py, nodes: 3, processes_per_node: 2 }\n', 'pytorch')
  const train = graph.nodes.find(({ id }) => id === 'service_train')
  assert.equal([train?.services.length, train?.copies], [3, 3])
  assert.equal(linesOf(graph, 'service_train'), ['python train.py', '3 nodes, 2 processes each'])
})

test('a service of the user reads or writes the model wherever it has it', () => {
  const edges = edgesOf(graphOf('train: train.py\nservices: { web: { image: "nginx:1.27", volumes: ["model:/usr/share/nginx/html:ro"] }, shell: { image: "busybox:1", volumes: ["model:/model"] } }\n'))
  assert.equal(edges, ['service_train --> volume_model (promotes)', 'service_shell --> volume_model', 'volume_model --> service_web (reads)'])
})

test('a server that comes with mlstack is called by its name, without the helper that starts it', () => {
  assert.equal(linesOf(graphOf('train: train.py\nserve: { server: mlserver }\n', 'scikit-learn==1.7.2'), 'service_serve'), ['mlserver …', '127.0.0.1:8080'])
  assert.match(linesOf(graphOf('train: train.py\nserve: { server: triton }\n', 'onnx'), 'service_serve')?.join(', ') ?? '', /^tritonserver …, Triton [\d.]+, 127/)
})

test('where no job makes a model, there is none', () => {
  assert.equal(graphOf('jobs: { test: train.py }\n').nodes.map(({ id }) => id), ['service_test'])
})

test('runs are recorded by a service that jobs use, on a volume of its own', () => {
  const edges = edgesOf(graphOf('train: train.py\ntracking: mlflow\n'))
  assert.equal(edges, ['service_tracking --> volume_tracking', 'service_train ..> service_tracking (uses)', 'service_train --> volume_model (promotes)'])
})

test.run()
