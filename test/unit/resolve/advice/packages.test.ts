/** Requirements and Debian packages that cannot be installed, do not fit, or are of no use. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { Sink } from '../../../../src/diagnostics/sink.ts'
import { FRAMEWORKS } from '../../../../src/facts/frameworks.ts'
import { createMemoryProject } from '../../../../src/project/memory-project.ts'
import { advise } from '../../../../src/resolve/advice/advise.ts'
import { readUserRequirements } from '../../../../src/resolve/user-requirements.ts'
import { configOf, textOf } from '../setup.ts'
import { applyFix, testCases, withConfig, withRequirements } from './cases.ts'

const PLAIN = 'framework: python'
/** What the image may hold is not installed, so the requirements are as they stand. */
const OWN_IMAGE = `${PLAIN}\nbuild: {from: "python:3.11-slim-bookworm"}`
const TORCH = 'framework: torch==2.8.0'
const GPU = 'framework: torch==2.8.0\ngpu: true'

testCases([
  withRequirements(PLAIN, 'opencv-python-headless\nnumpy==2.1.0\npandas>=2\npillow'),
  withRequirements(PLAIN, 'opencv-python>=4.10', 'MLS2040 at opencv-python>=4.10'),
  withRequirements(PLAIN, 'opencv-python\nopencv-python-headless', 'MLS2041 at opencv-python'),
  withRequirements(OWN_IMAGE, 'onnxruntime\nonnxruntime-gpu==1.20.0', 'MLS2041 at onnxruntime-gpu==1.20.0', 'MLS2049 at onnxruntime-gpu==1.20.0'),
  withRequirements(`${OWN_IMAGE}\ngpu: true`, 'onnxruntime\nonnxruntime-gpu==1.20.0', 'MLS2041 at onnxruntime'),
  withRequirements(`${PLAIN}\ngpu: true`, 'onnxruntime-gpu==1.23.0\nbitsandbytes\nxformers'),
  withRequirements('framework: tensorflow', 'tensorflow-cpu\ntensorflow'),
  withRequirements(OWN_IMAGE, 'xgboost\nxgboost-cpu', 'MLS2041 at xgboost-cpu'),
  // Where the image is ours, one of the two is installed in the build that fits.
  withRequirements(PLAIN, 'xgboost\nxgboost-cpu'),
  withRequirements(PLAIN, 'sklearn', 'MLS2047 at sklearn'),
  withRequirements('framework: scikit-learn', 'sklearn'),
  withRequirements(PLAIN, 'pytorch==2.1', 'MLS2047 at pytorch==2.1'),
  withRequirements(PLAIN, 'cudatoolkit==11.8', 'MLS2047 at cudatoolkit==11.8'),
  withRequirements(PLAIN, 'tensorflow-macos==2.15', 'MLS2048 at tensorflow-macos==2.15'),
  withRequirements(PLAIN, 'pywin32==306 ; sys_platform == "win32"\nmlx\npyobjc-core; platform_system == "Darwin"'),
  withRequirements(PLAIN, 'pyobjc-framework-Cocoa', 'MLS2048 at pyobjc-framework-Cocoa'),
  withRequirements(TORCH, 'bitsandbytes', 'MLS2049 at bitsandbytes'),
  withRequirements(PLAIN, 'faiss-gpu', 'MLS2049 at faiss-gpu'),
  withRequirements(PLAIN, 'faiss-cpu\nnvidia-ml-py'),
  withRequirements(GPU, 'flash-attn==2.8.3', 'MLS2050 at flash-attn==2.8.3'),
  withRequirements(GPU, 'flash-attn @ https://github.com/Dao-AILab/flash-attention/releases/download/v2.8.3/flash_attn-2.8.3+cu12torch2.8-cp311-cp311-linux_x86_64.whl'),
  withRequirements(GPU, '--find-links https://wheels.example.org/\nflash-attn==2.8.3'),
  withRequirements(GPU, 'git+https://github.com/facebookresearch/detectron2.git', 'MLS2050 at git+https://github.com/facebookresearch/detectron2.git'),
  withRequirements(GPU, 'apex @ git+https://github.com/NVIDIA/apex@25.01', 'MLS2050 at apex @ git+https://github.com/NVIDIA/apex@25.01'),
  withRequirements('framework: {name: torch, install: none}\ngpu: true\nbuild: {from: "pytorch/pytorch:2.8.0-cuda12.8-cudnn9-devel"}', 'flash-attn'),
  withRequirements(TORCH, 'torchcodec', 'MLS2051 at torchcodec'),
  withRequirements(TORCH, 'torchcodec==0.7.0\ntorchaudio'),
  withRequirements(TORCH, 'torchcodec>=0.6,<0.7'),
  withRequirements(TORCH, 'torchcodec~=0.6'),
  withRequirements(TORCH, 'torchcodec>=0.8', 'MLS2051 at torchcodec>=0.8'),
  withRequirements('framework: torch==2.13.0', 'torchcodec'),
  withRequirements(TORCH, 'torchtext', 'MLS2051 at torchtext'),
  withRequirements('framework: torch==2.3.1', 'torchtext==0.18.0'),
  withRequirements('framework: tensorflow==2.15.0', 'keras>=3', 'MLS2051 at keras>=3'),
  withRequirements('framework: tensorflow==2.15.0', 'keras'),
  withRequirements('framework: tensorflow==2.16.1', 'keras==2.15.0', 'MLS2051 at keras==2.15.0'),
  withRequirements('framework: tensorflow==2.16.1', 'keras>=3,!=3.1.0'),
  withRequirements(PLAIN, 'numpy==1.21.6', 'MLS2052 at numpy==1.21.6'),
  withRequirements(PLAIN, 'numpy>=1.21\npandas<3\nscipy==1.11.4'),
  withRequirements(PLAIN, '--extra-index-url https://download.pytorch.org/whl/cu118\nnumpy'),
  withRequirements(TORCH, '--extra-index-url https://download.pytorch.org/whl/cpu\ntorch'),
  withRequirements(TORCH, '--extra-index-url https://download.pytorch.org/whl/cu128\ntorch', 'MLS2044 at --extra-index-url https://download.pytorch.org/whl/cu128'),
  withRequirements(TORCH, '-f https://download.pytorch.org/whl/cu118/torch_stable.html', 'MLS2044 at -f https://download.pytorch.org/whl/cu118/torch_stable.html'),
  withRequirements(TORCH, '--index-url https://download.pytorch.org/whl/cpu\ntorch', 'MLS2044 at --index-url https://download.pytorch.org/whl/cpu'),
  withRequirements(PLAIN, '--trusted-host example.org\nnumpy', 'MLS2066 at --trusted-host example.org'),
  withRequirements('framework: torch', 'torch==2.8.0+cu128', 'MLS2046 at torch==2.8.0+cu128'),
  withRequirements('framework: torch', 'torch==2.8.0+cpu'),
  withConfig(`${PLAIN}\npython: {packages: [sklearn, "faiss-gpu>=1.7"]}`, 'MLS2047 at sklearn', 'MLS2049 at "faiss-gpu>=1.7"'),
  withConfig(`${PLAIN}\nsystem: [libgl1-mesa-glx, libgl1, libglib2.0-0]`),
  withConfig(`${PLAIN}\nsystem: [libgl1-mesa-glx, libssl1.1]\npython: "3.11"\nbuild: {from: "python:3.11-slim-trixie"}`, 'MLS2042 at libgl1-mesa-glx', 'MLS2042 at libssl1.1'),
  withConfig(`${PLAIN}\nsystem: [libssl1.1]`, 'MLS2042 at libssl1.1'),
  withConfig(`${PLAIN}\nsystem: [libglib2.0-0t64]`, 'MLS2042 at libglib2.0-0t64'),
  withConfig(`${PLAIN}\nsystem: [libssl1.1]\npython: "3.11"\nbuild: {from: "python:3.11-slim-bullseye"}`),
  withConfig(`${PLAIN}\nsystem: [libgl1-mesa-glx]\npython: "3.11"\nbuild: {from: "python:3.11-slim"}`),
  withConfig(`${PLAIN}\nsystem: [cuda-toolkit, libgomp]`, 'MLS2043 at cuda-toolkit', 'MLS2043 at libgomp'),
  withConfig(`${PLAIN}\nsystem: [cuda-toolkit]\nbuild: {from: "registry.example.org/base:1"}`),
])

test('fixes keep the rest of the requirement', () => {
  const fixed = (config: string, requirements: string) => applyFix(config, { 'requirements.txt': requirements })
  assert.is(fixed(PLAIN, 'numpy\nOpenCV_Python>=4.10 # eyes\n'), 'numpy\nopencv-python-headless>=4.10 # eyes\n')
  assert.is(fixed(PLAIN, 'numpy\ntensorflow-metal==1.1\n'), 'numpy\ntensorflow-metal==1.1 ; sys_platform == "darwin"\n')
  assert.is(fixed(PLAIN, 'opencv-python\nnumpy\nopencv-contrib-python\n'), 'numpy\nopencv-contrib-python\n')
  assert.is(fixed(PLAIN, 'numpy\ncudatoolkit==11.8\npandas\n'), 'numpy\npandas\n')
  assert.is(fixed(TORCH, 'torchcodec # video\n'), 'torchcodec>=0.6,<0.8 # video\n')
  assert.is(fixed(TORCH, 'torch==2.8.0+cu128\n'), 'torch==2.8.0\n')
  assert.is(fixed(TORCH, '--index-url https://download.pytorch.org/whl/cpu\ntorch\n'), 'torch\n')
  assert.is(applyFix(`${PLAIN}\npython: {packages: ["pywin32>=300"]}`), `${PLAIN}\npython: {packages: ["pywin32>=300 ; sys_platform == 'win32'"]}`)
  assert.is(applyFix(`${PLAIN}\npython: {packages: [sklearn]}`), `${PLAIN}\npython: {packages: [scikit-learn]}`)
  assert.is(applyFix(`${PLAIN}\nsystem: [libssl1.1]`), `${PLAIN}\nsystem: [libssl3]`)
})

const LIMITED: readonly (readonly [requirements: string, problems: readonly string[]])[] = [
  ['numpy==2.1.0', ['MLS2051 at numpy==2.1.0']],
  ['numpy>=2', ['MLS2051 at numpy>=2']],
  ['numpy~=2.1', ['MLS2051 at numpy~=2.1']],
  ['numpy', []],
  ['numpy>=1.24', []],
  ['numpy==1.26.4', []],
  ['numpy<3,>1.20', []],
]
for (const [text, problems] of LIMITED) {
  test(`a framework that needs numpy<2 beside ${text}`, () => {
    const sink = new Sink()
    const config = configOf('framework: torch==2.2.0', sink)
    const facts = FRAMEWORKS.find(({ name }) => name === 'pytorch')
    const release = facts?.releases.find(({ version }) => version === '2.2.0')
    const place = config.frameworks[0]?.span
    assert.ok(facts && release && place)
    const requirements = readUserRequirements(config, createMemoryProject({ 'requirements.txt': text }), sink)
    const framework = { facts, version: '2.2.0', release: { ...release, limits: ['numpy<2'] }, build: 'cpu' as const, place }
    advise({ config, requirements, frameworks: [framework], python: '3.11', baseImage: 'python:3.11-slim-bookworm' }, sink)
    const found = sink.sorted()
    assert.equal(found.map(({ code, primary }) => `${code} at ${textOf(primary.span)}`), problems)
    for (const { related, help } of found) {
      assert.equal(related.map(({ span }) => textOf(span)), ['torch==2.2.0'])
      assert.is(help, 'write numpy<2')
    }
  })
}

test.run()
