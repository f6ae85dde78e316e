/** Limits, variables, health checks, caches and data that do not go together. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { adviseOn } from '../setup.ts'
import { applyFix, testCases, withConfig, withRequirements } from './cases.ts'

const PLAIN = 'framework: python\ntrain: train.py'
const TORCH = 'framework: torch\ntrain: train.py'
const GPU = `${TORCH}\ngpu: true`

testCases([
  withConfig(`${TORCH}\nresources: {shm_size: 512m, memory: 8g}`),
  withConfig(`${TORCH}\nresources: {shm_size: 64m}`, 'MLS2030 at 64m'),
  withConfig('framework: torch\nserve: {command: serve.py, resources: {shm_size: 64m}}'),
  withConfig('framework: torch\nmodel: linear-regression\ntrain: train.py\nresources: {shm_size: 64m}'),
  withConfig('framework: scikit-learn\ntrain: train.py\nresources: {shm_size: 64m}'),
  withConfig(`${TORCH}\nresources: {shm_size: 8g, memory: 8GB}`, 'MLS2031 at 8g'),
  withConfig('framework: torch\nresources: {memory: 4g}\ntrain: {command: train.py, resources: {shm_size: 4g}}', 'MLS2031 at 4g'),
  withConfig('framework: torch\nresources: {memory: 4g}\ntrain: {command: train.py, resources: {shm_size: 4g, memory: 16g}}'),
  withConfig(`${TORCH}\nresources: {shm_size: "\${SHM:-8g}", memory: 1g}`),
  withConfig(`${PLAIN}\nresources: {cpus: 2}\nenvironment: {OMP_NUM_THREADS: 2, MKL_NUM_THREADS: "1"}`),
  withConfig(`${PLAIN}\nresources: {cpus: 1.5}\nenvironment: {OMP_NUM_THREADS: 8}`, 'MLS2056 at 8'),
  withConfig('framework: python\nenvironment: {OMP_NUM_THREADS: 8}\ntrain: {command: train.py, resources: {cpus: 2}, environment: {OMP_NUM_THREADS: 1}}'),
  withConfig(`${PLAIN}\nenvironment: {OMP_NUM_THREADS: 64}`),
  withConfig(`${PLAIN}\nenvironment: {TRANSFORMERS_CACHE: /cache/hf}`, 'MLS2064 at TRANSFORMERS_CACHE'),
  withConfig(`${PLAIN}\nenvironment: [HF_HUB_ENABLE_HF_TRANSFER=1]`, 'MLS2064 at HF_HUB_ENABLE_HF_TRANSFER'),
  withConfig(`${PLAIN}\nenvironment: {HF_HUB_ENABLE_HF_TRANSFER: 0, TF_CPP_MIN_LOG_LEVEL: 3}`),
  withConfig('framework: tensorflow\ngpu: true\ntrain: train.py\nenvironment: {TF_CPP_MIN_LOG_LEVEL: 3}', 'MLS2064 at TF_CPP_MIN_LOG_LEVEL'),
  withConfig('framework: tensorflow\ntrain: train.py\nenvironment: {TF_CPP_MIN_LOG_LEVEL: 3}'),
  withConfig(`${PLAIN}\nenvironment: {PYTHONHTTPSVERIFY: 0, CURL_CA_BUNDLE: ""}`, 'MLS2066 at PYTHONHTTPSVERIFY', 'MLS2066 at CURL_CA_BUNDLE'),
  withConfig(`${PLAIN}\nenvironment: {CURL_CA_BUNDLE: /etc/ssl/certs/company.pem, PYTHONHTTPSVERIFY: 1}`),
  withConfig(`${PLAIN}\nbuild: {args: {PIP_TRUSTED_HOST: mirror.example.org}}`, 'MLS2066 at PIP_TRUSTED_HOST'),
  withConfig(`${TORCH}\nenvironment: {CUDA_VISIBLE_DEVICES: 0}`, 'MLS2065 at 0'),
  withConfig(`${GPU}\nenvironment: {CUDA_VISIBLE_DEVICES: 0}`),
  withConfig(`${TORCH}\ngpu: [1]\nenvironment: {CUDA_VISIBLE_DEVICES: 1}`, 'MLS2065 at 1'),
  withConfig(`${TORCH}\ngpu: all\nenvironment: {CUDA_VISIBLE_DEVICES: "2,3"}`),
  withConfig(`${GPU}\nserve: {command: serve.py, environment: {CUDA_VISIBLE_DEVICES: ""}}`),
  withConfig(`${GPU}\nenvironment: {NVIDIA_VISIBLE_DEVICES: all}`, 'MLS2065 at all'),
  withConfig(`${GPU}\nserve: {command: serve.py, environment: {NVIDIA_VISIBLE_DEVICES: none}}`),
  withConfig(`${TORCH}\ngpu: all\nenvironment: {NVIDIA_VISIBLE_DEVICES: all}`),
  withConfig(`${GPU}\nenvironment: {LD_LIBRARY_PATH: "/usr/local/cuda-12.1/lib64:$LD_LIBRARY_PATH"}`, 'MLS2067 at LD_LIBRARY_PATH'),
  withConfig(`${GPU}\nenvironment: {LD_LIBRARY_PATH: /opt/tools/lib}`),
  withConfig(`${TORCH}\nenvironment: {LD_LIBRARY_PATH: /usr/local/cuda/lib64}`),
  withConfig(`${PLAIN}\nenvironment: {HF_HOME: /root/hf}`, 'MLS2068 at /root/hf'),
  withConfig(`${PLAIN}\nenvironment: {HF_HOME: /cache/other, TORCH_HOME: "\${TORCH:-/x}"}`),
  withConfig(`${PLAIN}\nenvironment: {HF_HOME: /app/models}`),
  withConfig(`${PLAIN}\nenvironment: {HF_HOME: /opt/models, HF_HUB_OFFLINE: 1}`),
  withConfig('framework: python\nenvironment: {HF_HOME: /hf/home}\ntrain: {command: train.py, volumes: ["hf:/hf"]}'),
  withRequirements(`${PLAIN}\ncache: false`, 'transformers==4.50.0', 'MLS2068 at false'),
  withRequirements(`${PLAIN}\ncache: false`, 'pandas'),
  withRequirements(PLAIN, 'transformers==4.50.0'),
  withConfig('framework: python\nserve: {command: serve.py, healthcheck: {test: [CMD, curl, -f, "http://localhost:8080/healthz"]}}', 'MLS2069 at curl'),
  withConfig('framework: python\nserve: {command: serve.py, healthcheck: {test: "wget -q localhost || exit 1"}}', 'MLS2069 at "wget -q localhost || exit 1"'),
  withConfig('framework: python\nsystem: [curl]\nserve: {command: serve.py, healthcheck: {test: [CMD-SHELL, "curl localhost"]}}'),
  withConfig('framework: python\npython: "3.11"\nbuild: {from: "python:3.11-bookworm"}\nserve: {command: serve.py, healthcheck: {test: [CMD, curl, localhost]}}'),
  withConfig('framework: python\nserve: {command: serve.py, healthcheck: {test: [CMD, python, check.py], start_period: 2m}}'),
  withConfig('framework: torch\nmodel: rnn\nserve: {command: serve.py, healthcheck: {start_period: 5s}}', 'MLS2053 at 5s'),
  withConfig('framework: torch\nmodel: rnn\nserve: {command: serve.py, healthcheck: {start_period: 1m}}'),
  withConfig(`${PLAIN}\ndatasets: {images: /mnt/c/Users/me/images}`, 'MLS2054 at /mnt/c/Users/me/images'),
  withConfig(`${PLAIN}\ndatasets: {images: /mnt/data/images}`),
  withConfig(`${TORCH}\nmodel: cnn`, 'MLS2045 at cnn'),
  withConfig(`${TORCH}\nmodel: cnn\ngpu: false`),
  withConfig(`${TORCH}\nmodel: cnn\ngpu: true`),
  withConfig(`${TORCH}\nmodel: mlp`),
  withConfig('framework: torch\nmodel: diffusion\nserve: serve.py'),
])

test('fixes keep the quotes', () => {
  assert.is(applyFix(`${TORCH}\nresources: {shm_size: "64m"}`), `${TORCH}\nresources: {shm_size: "2gb"}`)
  assert.is(applyFix(`${TORCH}\nresources: {shm_size: 8g, memory: 8GB}`), `${TORCH}\nresources: {shm_size: 4096m, memory: 8GB}`)
  assert.is(applyFix(`${PLAIN}\nresources: {cpus: 1.5}\nenvironment: {OMP_NUM_THREADS: '8'}`), `${PLAIN}\nresources: {cpus: 1.5}\nenvironment: {OMP_NUM_THREADS: '2'}`)
  assert.is(applyFix(`${PLAIN}\nenvironment: {HF_HOME: /root/hf}`), `${PLAIN}\nenvironment: {HF_HOME: /cache/huggingface}`)
  assert.is(applyFix(`${PLAIN}\nenvironment: {HF_HUB_ENABLE_HF_TRANSFER: "1"}`), `${PLAIN}\nenvironment: {HF_XET_HIGH_PERFORMANCE: "1"}`)
  assert.is(applyFix(`${TORCH}\nmodel: cnn`), `gpu: auto\n${TORCH}\nmodel: cnn`)
})

test('where two places disagree, both are marked', () => {
  const related = (config: string) => adviseOn(config).diagnostics.flatMap((each) => each.related.map(({ span }) => span.source.text.slice(span.start, span.end)))
  assert.equal(related(`${TORCH}\nresources: {shm_size: 8g, memory: 8GB}`), ['8GB'])
  assert.equal(related(`${PLAIN}\nresources: {cpus: 2}\nenvironment: {OMP_NUM_THREADS: 8}`), ['2'])
  assert.equal(related(`${TORCH}\ngpu: [1]\nenvironment: {CUDA_VISIBLE_DEVICES: 1}`), ['[1]'])
  assert.equal(related('framework: python\nserve: {command: python serve.py --port 9000, port: 8080}'), ['8080'])
})

test.run()
