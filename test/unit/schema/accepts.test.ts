/** What a user may write: every short and every long form is valid. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { errorsOf } from './schema-files.ts'

const SHORT_FORM = `
name: digits
framework: pytorch==2.13.0
model: mlp
datasets:
  digits: ./data/digits.csv
train: train.py
evaluate:
  command: evaluate.py
  require: { accuracy: ">= 0.95" }
serve: { command: serve.py, port: 8080 }
`

const LONG_FORM = `
version: 1
name: digits
framework: { name: pytorch, version: 2.13, extras: [opt-einsum], install: auto }
model: { type: mlp, task: classification, source: { source: "hf://org/name@main", include: ["*.safetensors"] } }
gpu: { count: all, vendor: nvidia, memory: 16GB, cuda: "12.4", arch: H100, driver: 550, capabilities: [compute], for: [train] }
python:
  version: 3.11
  requirements: [requirements.txt]
  packages: [pandas>=2]
  constraints: constraints.txt
  index: [{ name: company, url: "https://packages.example.com/simple", secret: INDEX, packages: [models], for: pytorch }]
  installer: uv
system: [libgl1, "ffmpeg=7:5.1.6-0+deb12u1", "libc6:arm64"]
code: { paths: [., ../../libs/features], workdir: /app, install: true }
datasets:
  digits: { source: ./data/digits.csv, mount: /data/d, extract: auto, access: rw, include: ["*.csv"], for: [train], check: stat }
train: { command: [python, train.py, --epochs, 10], datasets: [digits], nodes: 2, processes_per_node: gpu, rerun: never, depends_on: [test] }
evaluate: { command: evaluate.py, metrics: metrics.json, require: { accuracy: [">= 0.9", ">= served - 0.005"], "val/mse": "< 3, > 0" } }
serve: { command: serve.py, server: auto, port: 8080, ports: ["8080:8080"], health: false, replicas: 2, volumes: ["./a:/a:ro"] }
jobs:
  test: pytest -q
  score: { command: [score.py], depends_on: { train: { condition: service_completed_successfully } }, profiles: [batch], env_file: .env }
notebook: { port: 8888, token: secret, packages: [matplotlib] }
tracking: { kind: mlflow, uri: "http://mlflow:5000", port: 5000, restart: unless-stopped }
params: { file: params.yaml, values: { lr: 3e-4 } }
outputs: { model: ./model, checkpoints: /scratch/ckpt, runs: { path: ./runs, target: /app/runs } }
services: { redis: { image: "redis:7" } }
volumes: { scratch: , other: { external: true } }
networks: { backend: }
configs: { proxy: { file: ./nginx.conf } }
include: [./monitoring.yaml, { path: ./more.yaml }]
environment: { LOG_LEVEL: info, WORKERS: 2, DEBUG: false, TOKEN: }
secrets: { HF_TOKEN: { file: ./token, for: [serve, build], as: file }, OTHER: { environment: MY_OTHER } }
resources: { cpus: 1.5, memory: 8g, shm_size: 2147483648, pids: 512 }
cache: { name: team }
seed: 42
build:
  from: python:3.12-slim-bookworm
  dockerfile: ./Dockerfile
  target: runtime
  run: [make, { command: make, secrets: [A], user: root, after: code }]
  ignore: ["*.ckpt"]
  args: [A=1]
  ssh: [default]
  secrets: [A]
  network: host
  platforms: [linux/amd64]
  cache_from: [a]
  cache_to: [b]
  tags: [c]
  user: 1000
  ca: ca.pem
  max_image_size: 4GB
compose_file: compose.mlstack.yaml
variants: { big: { gpu: 2, train: { resources: { memory: 64g } }, cache: null } }
x-mine: { anything: [1] }
`

const isValid = (text: string) => assert.equal(errorsOf(text), [], text)

test('the short form', () => isValid(SHORT_FORM))
test('the long form of everything', () => isValid(LONG_FORM))

/** One value or several of each key at the top, in YAML. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  framework: ['pytorch', '"tensorflow~=2.16"', '"scikit-learn>=1.5,<2"', 'transformers[torch]', '[pytorch, transformers]', '[{ name: jax }, "onnx>1"]', 'pytoch'],
  model: ['custom', 'time-series', '{ source: ./model }'],
  gpu: ['true', 'false', '2', '0', 'all', 'auto', '[0, "GPU-8932f937"]', '{ device_ids: ["${GPU_ID}"] }', '{ arch: [9.0, "8.6"] }', '{ for: train }'],
  python: ['3.10', '"3.11"', '3.11.4', '{ requirements: requirements.txt }', '{ requirements: [] }', '{ index: "https://packages.example.com/simple" }'],
  code: ['.', '[., ../lib]', '{ paths: ./src }', '{ install: false }'],
  datasets: ['{ a: "https://example.com/a.zip" }', '{ a: "volume:models" }', '{ a-b.c_1: "${DATA:-./data}/a" }', '{ x-a: ../a }', '{}'],
  train: ['train.py', '[python, train.py]', '{ command: train.py, x-note: 1 }', '{ command: "FOO=$BAR run | tee log" }'],
  evaluate: ['evaluate.py', '{ command: evaluate.py, require: { accuracy: 0.9 } }'],
  serve: ['serve.py', '{ server: auto }', '{ command: serve.py, health: /ready }', '{ command: serve.py, healthcheck: { interval: 5s } }'],
  notebook: ['true', 'false'],
  tracking: ['mlflow', 'tensorboard', '"https://mlflow.example.com:5000/x"'],
  params: ['{ lr: 3e-4, layers: [1, 2], deep: { a: null } }', 'params.yaml', '{ file: p.yaml }', '{ file: 1, lr: 2 }', '{}'],
  outputs: ['[runs]', '{ runs: ./runs }', '{ runs: "${SCRATCH}/runs" }'],
  environment: ['[A=1, B, "C=x=${Y}"]', '{ A: "${B:-x}" }', '{}'],
  secrets: ['[HF_TOKEN]', '{ HF_TOKEN: {} }', '{ HF_TOKEN: { for: serve } }'],
  resources: ['{ cpus: 4 }', '{ cpus: "${CPUS:-2}", memory: "${MEMORY}", pids: "${PIDS}" }', '{ memory: 16GiB }', '{ cpus: "0.5" }', '{ pids: -1 }'],
  cache: ['true', 'false', 'shared', '{}'],
  build: ['{ args: { A: , B: "${B}" } }', '{}'],
  seed: ['0', '4294967295'],
  system: ['[]', '[g++, libstdc++6]'],
}

for (const [key, values] of Object.entries(VALUES)) {
  for (const value of values) {
    test(`${key}: ${value}`, () => {
      const others = ['framework: pytorch', 'train: train.py'].filter((line) => !line.startsWith(`${key}:`))
      isValid([...others, `${key}: ${value}`].join('\n'))
    })
  }
}

for (const start of ['train: train.py', 'evaluate: evaluate.py', 'serve: serve.py', 'jobs: { a: b }', 'notebook: true', 'services: { a: { image: b } }']) {
  test(`one thing to run is enough: ${start}`, () => isValid(`framework: python\n${start}`))
}

test.run()
