/** Base images that cannot run what is installed, or bring what is not needed. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { findNewerCuda, parseImage } from '../../../../src/facts/base-images.ts'
import { applyFix, testCases, withConfig, withRequirements } from './cases.ts'

testCases([
  withConfig('framework: scikit-learn\npython: "3.12"\nbuild: {from: "python:3.12-slim"}'),
  withConfig('framework: scikit-learn\npython: "3.12"\nbuild: {from: "docker.io/library/python:3.12.4-bookworm"}'),
  withConfig('framework: scikit-learn\nbuild: {from: "registry.example.org/team/base:1"}'),
  withConfig('framework: scikit-learn\nbuild: {from: "python:3-slim"}'),
  withConfig('framework: scikit-learn\npython: "3.11"\nbuild: {from: "python:3.12-slim"}', 'MLS2038 at "3.11"'),
  withConfig('framework: scikit-learn\nbuild: {from: "python:3.12-slim"}'),
  withConfig('framework: tensorflow==2.15.0\nbuild: {from: "python:3.12-slim"}', 'MLS2038 at "python:3.12-slim"'),
  withConfig('framework: python\npython: {packages: ["numpy==1.24.4"]}\nbuild: {from: "python:3.12-slim"}', 'MLS2052 at "numpy==1.24.4"'),
  withRequirements('framework: pytorch\ngpu: true\nsystem: [python3-pip]\nbuild: {from: "nvidia/cuda:12.8.1-runtime-ubuntu22.04"}', 'onnxruntime-gpu'),
  withConfig('framework: scikit-learn\nbuild: {from: "python:3.11-alpine"}', 'MLS2035 at "python:3.11-alpine"'),
  withConfig('framework: scikit-learn\nbuild: {from: "ubuntu:24.04"}', 'MLS2034 at "ubuntu:24.04"'),
  withConfig('framework: scikit-learn\nsystem: [python3-pip, python-is-python3]\nbuild: {from: "debian:bookworm"}'),
  withConfig('framework: pytorch\ngpu: true\nbuild: {from: "nvidia/cuda:12.8.1-runtime-ubuntu22.04"}', 'MLS2034 at "nvidia/cuda:12.8.1-runtime-ubuntu22.04"'),
  withConfig('framework: pytorch\ngpu: true\nsystem: [python3-pip]\nbuild: {from: "nvidia/cuda:12.8.1-runtime-ubuntu22.04"}', 'MLS2033 at "nvidia/cuda:12.8.1-runtime-ubuntu22.04"'),
  withConfig('framework: pytorch\ngpu: true\nsystem: [python3-pip]\nbuild: {from: "nvidia/cuda:12.8.1-devel-ubuntu22.04"}'),
  withConfig('framework: python\ngpu: true\nsystem: [python3-pip]\nbuild: {from: "nvidia/cuda:12.8.1-runtime-ubuntu22.04"}'),
  withConfig('framework: python\ngpu: true\nsystem: [python3-pip]\nbuild: {from: "nvidia/cuda:12.8.0-runtime-ubuntu22.04"}', 'MLS2037 at "nvidia/cuda:12.8.0-runtime-ubuntu22.04"'),
  withConfig('framework: python\ngpu: true\nsystem: [python3-pip]\nbuild: {from: "nvidia/cuda:12.4-runtime-ubuntu22.04"}', 'MLS2037 at "nvidia/cuda:12.4-runtime-ubuntu22.04"'),
  withConfig('framework: scikit-learn\nsystem: [python3-pip]\nbuild: {from: "nvidia/cuda:12.8.1-base-ubuntu22.04"}', 'MLS2036 at "nvidia/cuda:12.8.1-base-ubuntu22.04"'),
  withConfig('framework: python\ngpu: true\nbuild: {from: "tensorflow/tensorflow:2.18.0-gpu"}', 'MLS2032 at "tensorflow/tensorflow:2.18.0-gpu"'),
  withConfig('framework: {name: tensorflow, install: none}\ngpu: true\nbuild: {from: "tensorflow/tensorflow:2.19.0-gpu-jupyter"}', 'MLS2032 at "tensorflow/tensorflow:2.19.0-gpu-jupyter"'),
  withConfig('framework: python\ngpu: true\nbuild: {from: "tensorflow/tensorflow:2.15.0-gpu"}'),
  withConfig('framework: tensorflow==2.19.0\ngpu: true\nbuild: {from: "tensorflow/tensorflow:2.19.0-gpu"}', 'MLS2033 at "tensorflow/tensorflow:2.19.0-gpu"'),
  withConfig('framework: python\nbuild: {from: "tensorflow/tensorflow:2.19.0"}'),
  withConfig('framework: {name: pytorch, install: none}\ngpu: true\nbuild: {from: "pytorch/pytorch:2.6.0-cuda12.6-cudnn9-runtime"}'),
  withConfig(
    'framework: torch==2.13.0\ngpu: true\nbuild: {from: "pytorch/pytorch:2.6.0-cuda12.6-cudnn9-devel"}',
    'MLS2039 at "pytorch/pytorch:2.6.0-cuda12.6-cudnn9-devel"',
  ),
  withConfig('framework: torch==2.6.0\ngpu: true\nbuild: {from: "pytorch/pytorch:2.6.0-cuda12.6-cudnn9-devel"}'),
  withConfig('framework: scikit-learn\npython: "3.9"', 'MLS2055 at "3.9"'),
  withConfig('framework: scikit-learn\npython: "3.12"'),
])

test('fixes name an image, or a Python, that is right', () => {
  assert.is(applyFix('framework: pytorch\npython: "3.12"\nbuild: {from: "python:3.12-alpine"}'), 'framework: pytorch\npython: "3.12"\nbuild: {from: "python:3.12-slim-bookworm"}')
  assert.is(applyFix("framework: pytorch\npython: 3.11\nbuild: {from: 'python:3.12-slim'}"), `framework: pytorch\npython: "3.12"\nbuild: {from: 'python:3.12-slim'}`)
  assert.is(applyFix('framework: tensorflow==2.15.0\nbuild:\n  from: python:3.12-slim'), 'framework: tensorflow==2.15.0\nbuild:\n  from: python:3.11-slim-bookworm')
  assert.is(applyFix('framework: tensorflow==2.15.0\npython: "3.9"'), 'framework: tensorflow==2.15.0\npython: "3.11"')
  assert.match(applyFix('framework: python\ngpu: true\nsystem: [python3-pip]\nbuild: {from: "nvidia/cuda:12.6.0-cudnn-devel-ubuntu22.04"}'), 'nvidia/cuda:12.6.3-cudnn-devel-ubuntu22.04')
})

test('a reference has a name and a tag', () => {
  assert.equal(parseImage('docker.io/library/python:3.11-slim'), { name: 'python', tag: '3.11-slim' })
  assert.equal(parseImage('localhost:5000/a/b'), { name: 'localhost:5000/a/b', tag: '' })
  assert.equal(parseImage(`nvidia/cuda:12.8.1-base-ubuntu22.04@sha256:${'0'.repeat(64)}`), { name: 'nvidia/cuda', tag: '12.8.1-base-ubuntu22.04' })
})

test('a patch of CUDA is old where a newer one is listed', () => {
  assert.equal(['12.8.0', '12.8.1', '12.8.2', '12.3.1', '14.0.0', '1.2.0'].map(findNewerCuda), ['12.8.1', undefined, undefined, '12.3.2', undefined, undefined])
})

test.run()
