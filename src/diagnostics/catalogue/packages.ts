/** Diagnostics of code that is installed, of packages beside the project, and of the indexes that packages come from. */
import { define } from '../diagnostic.ts'

export const indexCredential = define<Record<string, never>>(
  {
    code: 'MLS1160',
    severity: 'error',
    title: 'credential in the URL of an index',
    explanation: 'A user or a password in a URL would be in the generated files, in the log of the build and in version control. It is not shown here. An index takes it as a build secret, which is in no layer of an image.',
    concealed: true,
  },
  () => ({ message: 'the URL of the index holds a credential', help: 'take it out of the URL, and name a secret that holds user:password: secret: INDEX_LOGIN' }),
)

export const indexForNothing = define<{ framework: string; isKnown: boolean; known: string }>(
  {
    code: 'MLS1161',
    severity: 'error',
    title: 'index for no framework',
    explanation: '`for` names the framework whose own index this one takes the place of. Only some have an index of their own; the packages of the others come from where all packages come from.',
  },
  ({ framework, isKnown, known }) => ({
    message: isKnown ? `\`${framework}\` has no index of its own that this one could take the place of` : `\`${framework}\` is no framework that mlstack knows`,
    help: isKnown ? `list its packages instead: packages: [${framework}]; an index of their own have: ${known}` : `an index of their own have: ${known}`,
  }),
)

export const badPattern = define<{ pattern: string; isAll: boolean }>(
  {
    code: 'MLS1162',
    severity: 'error',
    title: 'no name of a package',
    explanation: '`packages` of an index are names, in which `*` stands for any letters: `acme-*`. Versions and extras belong to requirements. An index for all packages has no `packages`: the first such one takes the place of the public index.',
  },
  ({ pattern, isAll }) => ({ message: isAll ? `\`${pattern}\` is every package there is` : `\`${pattern}\` is no name of a package`, help: isAll ? 'leave out `packages`, and the index is for all of them' : 'write a name, or a pattern such as acme-*' }),
)

export const indexOfTwoKinds = define<Record<string, never>>(
  { code: 'MLS1163', severity: 'error', title: 'index with both for and packages', explanation: 'An index is that of a framework (`for`), or the only one of certain packages (`packages`).' },
  () => ({ message: 'an index has either `for` or `packages`', help: 'make two of it: one { url, for }, and one { url, packages }' }),
)

export const indexTwice = define<{ what: string }>(
  { code: 'MLS1164', severity: 'error', title: 'two indexes for one thing', explanation: 'A package, a framework or a name can have one index only: which of two is meant is not said.' },
  ({ what }) => ({ message: `another index has ${what} already`, help: 'remove it from one of them' }),
)

export const frameworkPattern = define<{ pattern: string; framework: string }>(
  { code: 'MLS1165', severity: 'error', title: 'framework among the packages of an index', explanation: 'A framework comes as the build that fits the GPU, from an index of its own. `for` puts another index in the place of that one.' },
  ({ pattern, framework }) => ({ message: `\`${pattern}\` comes from the index of its framework`, help: `write for: ${framework} in place of \`packages\`` }),
)

export const twoLogins = define<{ host: string }>(
  { code: 'MLS1166', severity: 'error', title: 'two secrets for one host', explanation: 'pip and uv keep logins by host, so all indexes of a host have the same one.' },
  ({ host }) => ({ message: `\`${host}\` has another secret already`, help: 'use one secret for all indexes of this host' }),
)

export const repeatedCode = define<{ path: string }>(
  { code: 'MLS2090', severity: 'warning', title: 'code named twice', explanation: 'A path stands twice under `code`. It is copied once.' },
  ({ path }) => ({ message: `\`${path}\` is named twice under \`code\``, help: 'remove one of them' }),
)

export const openIndex = define<{ hasSecret: boolean }>(
  {
    code: 'MLS2091',
    severity: 'warning',
    title: 'index without encryption',
    explanation: 'Whoever is between a build and an index that is asked by http can put other packages into the images, and read the login that is sent along. mlstack tells pip to trust the host all the same, since the config says so.',
  },
  ({ hasSecret }) => ({ message: `the index is asked by http: what is installed can be changed on the way${hasSecret ? ', and the secret be read' : ''}`, help: 'use https, where the index has it' }),
)

export const uvIgnores = define<{ option: string; help: string }>(
  { code: 'MLS2092', severity: 'warning', title: 'switch that uv takes no notice of', explanation: 'uv reads requirements files as pip does, but for a few switches. Without this one it may choose other versions than pip.' },
  ({ option, help }) => ({ message: `uv takes no notice of \`${option}\``, help: `${help}; or leave out installer: uv` }),
)

export const workingFolderRefused = define<{ folder: string; reason: string }>(
  {
    code: 'MLS3025',
    severity: 'error',
    title: 'working folder at a place of ours',
    explanation: 'The code is copied into the working folder, which commands run in. At a place that belongs to the system or to mlstack, or that a mount hides, the one would break the other.',
  },
  ({ folder, reason }) => ({ message: `\`${folder}\` cannot be the working folder: ${reason}`, help: 'take a folder of its own, such as /app or /srv/app' }),
)

export const notInstallable = define<{ path: string; file: string | undefined }>(
  {
    code: 'MLS4040',
    severity: 'error',
    title: 'project that cannot be installed',
    explanation:
      '`code.install: true` makes a project importable as if it were installed in editable mode, which takes its name: `name` of [project] in a pyproject.toml, of [metadata] in a setup.cfg, or written out in a setup.py.',
  },
  ({ path, file }) => ({
    message: file === undefined ? `\`${path}\` is no project: it has neither a pyproject.toml with [project], nor a setup.cfg or setup.py` : `\`${path}\` cannot be installed: its ${file} does not say the project's name`,
    help: 'write into its pyproject.toml: [project] with a name and a version; or leave out `install`, and what is there is importable',
  }),
)

export const indexAround = define<{ option: string; pattern: string }>(
  {
    code: 'MLS4043',
    severity: 'error',
    title: 'index that gets around another',
    explanation: 'An index with `packages` is the only one that these come from. A line of a requirements file that names a further place would be asked for every package, so a stranger could offer one of the same name there.',
  },
  ({ option, pattern }) => ({ message: `\`${option}\` would be asked for \`${pattern}\` as well`, help: 'remove the line, and name that index under `python.index`' }),
)

export const missingProject = define<{ path: string; isOneOf: boolean }>(
  {
    code: 'MLS4044',
    severity: 'error',
    title: 'missing project of a requirement',
    explanation: 'A requirement may be a folder beside the project: its code is copied with the other code, and what it depends on is installed. Its path is relative to the folder of the config, where pip is usually run, or to the file that it stands in.',
  },
  ({ path, isOneOf }) => ({ message: `\`${path}\` does not exist`, help: isOneOf ? 'a path is relative to the folder of the config, or to the file that it stands in' : undefined }),
)

export const noProject = define<{ path: string; folder: string; isFile: boolean }>(
  {
    code: 'MLS4045',
    severity: 'error',
    title: 'requirement that is no project',
    explanation: 'A folder that is required has a pyproject.toml, a setup.cfg or a setup.py, which say what it is called and what it depends on. One without can be listed under `code`: then it is copied and importable.',
  },
  ({ path, folder, isFile }) => ({
    message: isFile ? `\`${path}\` is no folder` : `\`${path}\` is no project: it has no pyproject.toml, setup.cfg or setup.py`,
    help: isFile ? 'name the folder of the project' : folder === '.' ? 'remove the line: the code is importable without it' : `remove the line, and list the folder: code: [., ${folder}]`,
  }),
)

export const uvRefuses = define<{ option: string }>(
  { code: 'MLS4046', severity: 'error', title: 'switch that uv refuses', explanation: 'uv reads requirements files as pip does, but stops at a switch that it does not know.' },
  ({ option }) => ({ message: `uv does not know \`${option}\``, help: 'remove it, or leave out installer: uv' }),
)

export const badConstraint = define<{ problem: string; help: string }>(
  {
    code: 'MLS4042',
    severity: 'error',
    title: 'constraint that pip refuses',
    explanation: 'Constraints limit the versions of what something else asks for, by name. pip refuses extras, sources without a name and editable installs among them, and with them the whole installation.',
  },
  ({ problem, help }) => ({ message: problem, help }),
)

export const unknownVersion = define<{ name: string }>(
  {
    code: 'MLS4041',
    severity: 'note',
    title: 'version that only a build tells',
    explanation: 'The version of a project is made when it is built, of a tag or by a script. Its code is imported without a build, so importlib.metadata says 0.0.0 in the images. A version in pyproject.toml, or in a file that setuptools, Hatch, PDM or Flit reads it from, is taken over.',
  },
  ({ name }) => ({ message: `the version of \`${name}\` is made by its build, so it is 0.0.0 in the images`, help: 'where that matters, write `version` into [project]' }),
)
