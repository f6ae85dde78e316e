/** GPUs are found in every spelling that people and tools use, and CUDA knows which of them it serves. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { supportsCapability } from '../../../src/facts/cuda.ts'
import { findGpu, listGpuNames } from '../../../src/facts/gpus.ts'

const capabilitiesOf = (...texts: readonly string[]) => texts.map((text) => findGpu(text)?.capability)

test('a GPU is found by its name in any spelling', () => {
  for (const text of ['RTX 5090', 'NVIDIA GeForce RTX 5090', 'rtx5090', 'GeForce-RTX-5090', '5090', ' rtx_5090 ']) {
    assert.equal(findGpu(text), { vendor: 'nvidia', name: 'GeForce RTX 5090', capability: '12.0', memory: [32] }, text)
  }
  assert.equal(findGpu('NVIDIA GeForce RTX 4090 Laptop GPU')?.memory, [16])
  assert.equal(findGpu('NVIDIA GeForce RTX 4060 Laptop GPU')?.name, 'GeForce RTX 4060')
  assert.equal(findGpu('NVIDIA RTX PRO 6000 Blackwell Max-Q Workstation Edition')?.memory, [96])
  assert.equal(findGpu('AMD Instinct MI300X'), { vendor: 'amd', name: 'Instinct MI300X', capability: 'gfx942', memory: [192] })
  assert.equal(findGpu('Radeon RX 7900 XTX')?.capability, 'gfx1100')
  assert.equal(findGpu('M3 Max'), { vendor: 'apple', name: 'Apple M3 Max', capability: undefined, memory: [] })
})

test('a size in the name is the memory', () => {
  assert.equal(findGpu('H100-80GB')?.memory, [80])
  assert.equal(findGpu('NVIDIA A100-SXM4-40GB')?.memory, [40])
  assert.equal(findGpu('A100')?.memory, [40, 80])
  assert.equal(findGpu('Tesla V100-PCIE-16GB')?.memory, [16])
  assert.equal(findGpu('A100 7GB')?.memory, [40, 80])
})

test('a generation is found by its number', () => {
  assert.equal(capabilitiesOf('12.0', 'sm_120', 'compute_90', 'sm_90a', '8.6+PTX', 'sm89', 'gfx942', 'gfx90a', 'GFX1100'), [
    '12.0', '12.0', '9.0', '9.0', '8.6', '8.9', 'gfx942', 'gfx90a', 'gfx1100',
  ])
})

test('cards of like names are told apart', () => {
  assert.equal(capabilitiesOf('Quadro RTX 6000', 'NVIDIA RTX 6000 Ada Generation', 'NVIDIA RTX PRO 6000 Blackwell Workstation Edition', 'RTX A6000', 'A6000', 'P6000'), [
    '7.5', '8.9', '12.0', '8.6', '8.6', '6.1',
  ])
  assert.is(findGpu('RTX 6000'), undefined)
})

test('what is no GPU is not found', () => {
  for (const text of ['', '13.7', 'sm_999', 'gfx1', 'gpu', 'RTX', 'fast', 'constructor', '12', '80GB']) assert.is(findGpu(text), undefined, text)
})

test('every name leads to itself', () => {
  for (const name of listGpuNames()) assert.is(findGpu(name)?.name, name)
  assert.is(new Set(listGpuNames()).size, listGpuNames().length)
})

test('CUDA knows generations from a version on, and drops them', () => {
  assert.equal([['12.8', '12.0'], ['12.6', '12.0'], ['13.0', '7.0'], ['12.9', '7.0'], ['11.8', '8.9'], ['11.1', '8.9'], ['13', '6.1'], ['12', '12.0']].map(([version, capability]) => supportsCapability(version ?? '', capability ?? '')), [
    true, false, false, true, true, false, false, true,
  ])
  assert.is(supportsCapability('13.0', '99.0'), undefined)
  for (const name of listGpuNames()) {
    const gpu = findGpu(name)
    if (gpu?.vendor === 'nvidia') assert.is.not(supportsCapability('12.9', gpu.capability ?? ''), undefined, name)
  }
})

test.run()
