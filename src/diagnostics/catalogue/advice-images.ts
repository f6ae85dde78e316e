/** Advice on base images, MLS2032 and on: whether what is installed goes with what they hold. */
import { define } from '../diagnostic.ts'

export const blindImage = define<{ image: string; instead: string }>(
  {
    code: 'MLS2032',
    severity: 'error',
    title: 'image that sees no GPU',
    explanation: 'The official TensorFlow images with `-gpu` lack libraries that TensorFlow looks for since 2.18, and it goes on without a GPU. The wheels of `tensorflow[and-cuda]` bring these libraries.',
  },
  ({ image, instead }) => ({ message: `TensorFlow in \`${image}\` does not find the GPU`, help: `write from: ${instead}, and let framework: tensorflow install it with its CUDA libraries` }),
)

export const doubledCuda = define<{ image: string; framework: string; instead: string; checksDriver: boolean }>(
  {
    code: 'MLS2033',
    severity: 'warning',
    title: 'CUDA twice',
    explanation:
      "The framework's wheels bring the CUDA libraries that they were built for, and use no others. A base image with CUDA adds gigabytes that nothing reads; those of nvidia/cuda also refuse to start on drivers that the wheels run on (`unsatisfied condition: cuda>=…`).",
  },
  ({ image, framework, instead, checksDriver }) => ({
    message: `\`${image}\` brings CUDA, and the wheels of ${framework} bring their own${checksDriver ? '; the image refuses older drivers too' : ''}`,
    help: `write from: ${instead}, or leave build.from out`,
  }),
)

export const imageWithoutPython = define<{ image: string; instead: string }>(
  {
    code: 'MLS2034',
    severity: 'error',
    title: 'base image without Python',
    explanation: 'The generated Dockerfile runs `pip` and `python`, which this base image does not have.',
  },
  ({ image, instead }) => ({ message: `\`${image}\` has neither python nor pip`, help: `write from: ${instead}, or leave build.from out` }),
)

export const otherSystem = define<{ image: string; system: string; instead: string }>(
  {
    code: 'MLS2035',
    severity: 'error',
    title: 'base image that is no Debian',
    explanation: 'The wheels of frameworks are made for the C library of Debian and its kin. On Alpine, with another C library, there are none; its tools have other names as well.',
  },
  ({ image, system, instead }) => ({ message: `no framework has wheels for \`${image}\`: ${system} has another C library or none of Debian's tools`, help: `write from: ${instead}, or leave build.from out` }),
)

export const unusedCuda = define<{ image: string; instead: string }>(
  {
    code: 'MLS2036',
    severity: 'warning',
    title: 'CUDA image without a GPU',
    explanation: 'The base image brings gigabytes of CUDA libraries, but no container of the stack gets a GPU.',
  },
  ({ image, instead }) => ({ message: `\`${image}\` brings CUDA, but no GPU is asked for`, help: `add gpu: true, or write from: ${instead}` }),
)

export const deletedImage = define<{ image: string; version: string; newer: string | undefined }>(
  {
    code: 'MLS2037',
    severity: 'warning',
    title: 'image tag that is deleted',
    explanation: 'NVIDIA deletes the tags of a CUDA patch some months after the next one, and has no tag `latest`. A build that worked then fails with `manifest unknown`.',
  },
  ({ image, version, newer }) => ({
    message: newer === undefined ? `there is no \`${image}\`: its tags begin with a whole version of CUDA` : `the tags of CUDA ${version} are deleted once ${newer} is out`,
    help: newer === undefined ? 'write, for example: from: nvidia/cuda:12.8.1-devel-ubuntu22.04' : `write CUDA ${newer}: from: ${image.replace(version, newer)}`,
  }),
)

export const otherPython = define<{ image: string; inImage: string; python: string; instead: string; framework: string | undefined }>(
  {
    code: 'MLS2038',
    severity: 'error',
    title: 'base image with another Python',
    explanation: 'The framework and its wheels are chosen for a Python, but the base image has another one, which runs everything.',
  },
  ({ image, inImage, python, instead, framework }) => ({
    message: `\`${image}\` has Python ${inImage}, ${framework === undefined ? `but the config says ${python}` : `for which ${framework} has no wheels`}`,
    help: framework === undefined ? `write python: "${inImage}", or from: ${instead}` : `write from: ${instead}`,
  }),
)

export const frameworkInImage = define<{ image: string; inImage: string; installed: string }>(
  {
    code: 'MLS2039',
    severity: 'warning',
    title: 'framework in the base image too',
    explanation: 'The base image holds another build of the framework than the one that is installed over it: the image carries both, and only one is used.',
  },
  ({ image, inImage, installed }) => ({
    message: `\`${image}\` holds ${inImage}, and ${installed} is installed over it`,
    help: 'leave build.from out, or write framework: {install: none} to keep what the image has',
  }),
)

export const otherCudaLibraries = define<{ variable: string; framework: string }>(
  {
    code: 'MLS2067',
    severity: 'warning',
    title: 'CUDA libraries from elsewhere',
    explanation: 'The wheels bring their CUDA libraries and find them by themselves. LD_LIBRARY_PATH comes before these, so another version is loaded (`undefined symbol`, `Unable to load cuDNN`), or nothing.',
  },
  ({ variable, framework }) => ({ message: `\`${variable}\` puts other CUDA libraries before those of ${framework}`, help: `remove \`${variable}\`` }),
)
