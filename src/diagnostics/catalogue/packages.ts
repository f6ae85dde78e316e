/** Diagnostics of code that is installed, of packages beside the project, and of the indexes that packages come from. */
import { define } from '../diagnostic.ts'

export const repeatedCode = define<{ path: string }>(
  { code: 'MLS2090', severity: 'warning', title: 'code named twice', explanation: 'A path stands twice under `code`. It is copied once.' },
  ({ path }) => ({ message: `\`${path}\` is named twice under \`code\``, help: 'remove one of them' }),
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
