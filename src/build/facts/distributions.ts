/** Which distributions the facts rest on, since which release, and for what. */

/** What the test of the facts knows of the index: the first release of each distribution that matters. */
export const SNAPSHOT: Readonly<Record<string, string>> = {
  'accelerate': '0.20.3',
  'jax': '0.4.18',
  'jax-cuda12-plugin': '0.4.22',
  'jax-cuda13-plugin': '0.7.2',
  'jaxlib': '0.4.18',
  'lightgbm': '3.3.0',
  'nvidia-cublas-cu11': '11.11.3.6',
  'nvidia-cuda-cupti-cu11': '11.8.87',
  'nvidia-cuda-nvcc-cu11': '11.8.89',
  'nvidia-cuda-runtime-cu11': '11.8.89',
  'nvidia-cudnn-cu11': '8.7.0.84',
  'nvidia-cufft-cu11': '10.9.0.58',
  'nvidia-curand-cu11': '10.3.0.86',
  'nvidia-cusolver-cu11': '11.4.1.48',
  'nvidia-cusparse-cu11': '11.7.5.86',
  'nvidia-nccl-cu11': '2.16.5',
  'onnxruntime': '1.14.0',
  'onnxruntime-gpu': '1.14.0',
  'scikit-learn': '1.0',
  'tensorflow': '2.8.0',
  'tensorflow-cpu': '2.8.0',
  'tokenizers': '0.11.1',
  'torch': '1.12.0',
  'torchaudio': '0.12.0',
  'torchvision': '0.13.0',
  'transformers': '4.30.0',
  'xgboost': '1.6.0',
  'xgboost-cpu': '2.1.1',
}

/** What a framework's release needs wheels of, beside those that its recipe for the CPU names and its companions: the newest one that is not newer. */
export const PARTS: Readonly<Record<string, readonly string[]>> = { jax: ['jaxlib'] }

/** Rows that are narrower than their own wheels, and why; by framework and release. */
export const EXCEPTIONS: Readonly<Record<string, string>> = {
  'tensorflow 2.11.1': 'the tensorflow-cpu-aws that it needs on ARM has wheels for Python 3.7 alone',
}
