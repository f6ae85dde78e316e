/** Advice on Debian and Python packages, MLS2040 and on: what cannot be had, does not fit, or is better had otherwise. */
import { define } from '../diagnostic.ts'

export const windowedOpencv = define<{ distribution: string; headless: string }>(
  {
    code: 'MLS2040',
    severity: 'note',
    title: 'OpenCV with windows',
    explanation:
      'The usual build of OpenCV can open windows, for which it loads libGL and more; a container has no screen. mlstack adds the Debian packages, and the headless build needs none of them. Its module is the same.',
  },
  ({ distribution, headless }) => ({ message: `\`${distribution}\` needs libraries of a desktop, which are added to the image`, help: `write ${headless}, unless the code opens windows` }),
)

export const sameModule = define<{ module: string; other: string; best: string }>(
  {
    code: 'MLS2041',
    severity: 'warning',
    title: 'two packages of one module',
    explanation: 'Both packages install the same module. The one that pip unpacks last overwrites files of the other, and which that is can differ: with ONNX Runtime, for example, the GPU is gone.',
  },
  ({ module, other, best }) => ({ message: `\`${other}\` and \`${best}\` both install the module \`${module}\``, help: `remove ${other}` }),
)

export const missingDebianPackage = define<{ name: string; release: string; instead: string | undefined; advice: string | undefined }>(
  {
    code: 'MLS2042',
    severity: 'error',
    title: 'Debian package of another release',
    explanation: 'The Debian release of the base image has no package of this name: `apt-get` would end with "Unable to locate package" or "has no installation candidate".',
  },
  ({ name, release, instead, advice }) => ({ message: `Debian ${release} has no package \`${name}\``, help: instead === undefined ? advice : `write ${instead}` }),
)

export const foreignPackage = define<{ name: string; instead: string | undefined; advice: string | undefined }>(
  {
    code: 'MLS2043',
    severity: 'error',
    title: 'no Debian package',
    explanation: "The name is that of another system's package, of a Python package, or of one from a source that the image does not have.",
  },
  ({ name, instead, advice }) => ({ message: `Debian has no package \`${name}\``, help: instead === undefined ? advice : `write ${instead}` }),
)

export const indexOfOtherBuild = define<{ option: string; framework: string; isOnly: boolean; tag: string; build: string }>(
  {
    code: 'MLS2044',
    severity: 'warning',
    title: "framework's index in a requirements file",
    explanation:
      "The framework is installed from its own index, in the build that `gpu` asks for. An index in a requirements file would hold for every other package too: they might come in another build, and with `--index-url` most are not found at all. So the line does not reach pip.",
  },
  ({ option, framework, isOnly, tag, build }) => ({
    message: isOnly ? `\`${option}\` is left out: it looks for every package at the index of ${framework} alone` : `\`${option}\` is left out: it offers builds for ${tag}, and the build for ${build} is installed`,
    help: `remove the line: what \`framework: ${framework}\` installs comes from the right index`,
  }),
)

export const pinnedBuildInFile = define<{ pin: string; build: string; alternative: string }>(
  {
    code: 'MLS2046',
    severity: 'warning',
    title: 'pinned build is not installed',
    explanation: 'A label such as `+cu118` pins a build. `gpu` decides which build is installed, so a pin of another one in the requirements is left out.',
  },
  ({ pin, build, alternative }) => ({ message: `\`${pin}\` is left out: the build for ${build} is installed`, help: `write ${alternative}` }),
)

export const wrongName = define<{ name: string; right: string | undefined }>(
  {
    code: 'MLS2047',
    severity: 'error',
    title: 'wrong name of a package',
    explanation: 'Under this name the Python Package Index has nothing that can be installed: the package is called otherwise there, or it is a package of conda.',
  },
  ({ name, right }) => ({ message: `pip cannot install \`${name}\``, help: right === undefined ? 'remove it: the wheels of the framework bring what it stands for' : `write ${right}` }),
)

export const otherSystemPackage = define<{ name: string; system: string; marker: string }>(
  {
    code: 'MLS2048',
    severity: 'error',
    title: 'package for another system',
    explanation: 'The package exists for macOS or Windows alone, and containers run Linux. A marker keeps the line for that system and lets Linux pass over it.',
  },
  ({ name, system, marker }) => ({ message: `\`${name}\` is for ${system} alone, and containers run Linux`, help: `write ${name} ; ${marker}, or remove it` }),
)

export const needsGpu = define<{ name: string; twin: string | undefined }>(
  {
    code: 'MLS2049',
    severity: 'warning',
    title: 'package that needs a GPU',
    explanation: 'The package is of no use without an NVIDIA GPU, and brings or expects gigabytes of CUDA libraries, but no GPU is asked for.',
  },
  ({ name, twin }) => ({ message: `\`${name}\` needs a GPU, and none is asked for`, help: twin === undefined ? 'add gpu: true, or remove it' : `add gpu: true, or write ${twin}` }),
)

export const needsCompiler = define<{ name: string; url: string; hasWheels: boolean }>(
  {
    code: 'MLS2050',
    severity: 'error',
    title: 'package that CUDA has to compile',
    explanation:
      'The index has no wheels of it: pip would compile it, which takes the CUDA compiler `nvcc` and PyTorch at hand, and neither is there in a build of this image (`CUDA_HOME environment variable is not set`, `No module named torch`).',
  },
  ({ name, url, hasWheels }) => ({
    message: `\`${name}\` has no wheels on the index, and the image has no \`nvcc\` to compile it`,
    help: hasWheels ? `name a wheel by its address: ${name} @ https://…whl, from ${url}/releases` : 'build a wheel of it once in a devel image, and name it by its address: NAME @ https://…whl',
  }),
)

export const otherVersion = define<{ requirement: string; framework: string; works: string | undefined; isOpen: boolean }>(
  {
    code: 'MLS2051',
    severity: 'error',
    title: 'package that does not fit the framework',
    explanation: 'The version of the package was made for another version of the framework: pip finds no solution, or an import ends with an undefined symbol.',
  },
  ({ requirement, framework, works, isOpen }) => ({
    message: isOpen ? `the newest \`${requirement}\` does not work with ${framework}` : `\`${requirement}\` does not work with ${framework}`,
    help: works === undefined ? 'no release of it does: remove it, or use an older version of the framework' : `write ${works}`,
  }),
)

export const noWheelsForPython = define<{ requirement: string; python: string; oldest: string; older: string | undefined }>(
  {
    code: 'MLS2052',
    severity: 'error',
    title: 'package without wheels for this Python',
    explanation: 'The release is older than this Python, and has no wheels for it. pip would compile it, which takes compilers that the image lacks, and mostly fails.',
  },
  ({ requirement, python, oldest, older }) => ({
    message: `\`${requirement}\` has no wheels for Python ${python}`,
    help: `write ${oldest}${older === undefined ? '' : `, or python: "${older}"`}`,
  }),
)
