/** Diagnostics of the outputs on disk, MLS5xxx: what is in the way of a file, and what is not as it would be written. */
import { define } from '../diagnostic.ts'

type Found = 'file' | 'folder' | 'link' | 'special'

const NAMES: Readonly<Record<Found, string>> = {
  file: 'a file',
  folder: 'a folder',
  link: 'a symbolic link',
  special: 'a socket, a pipe or a device',
}

/** The names that Compose looks for. */
const COMPOSE_FILES = /(?:^|\/)(?:docker-)?compose\.ya?ml$/

/** How a person's compose file and ours live side by side. */
const besideIt = (path: string) => `keep it: compose_file: ${BESIDE} in the config, and include: [${BESIDE}] at the top of ${path}`

const BESIDE = 'compose.mlstack.yaml'

export const foreignFile = define<{ path: string; found: Found; needed: 'file' | 'folder'; canBeForced: boolean }>(
  {
    code: 'MLS5001',
    severity: 'error',
    title: 'not made by mlstack',
    explanation:
      'Something that mlstack did not make lies where it would write: a file without its header, a folder, a symbolic link (which is never ' +
      'followed, since it may lead out of the folder), a socket, a pipe or a device. Then nothing at all is written. Move it away, or write ' +
      'elsewhere with -o; a compose file of your own can stay, and include ours under another name. A file and a link give way to --force; the rest has to be moved by hand.',
  },
  ({ path, found, needed, canBeForced }) => ({
    message:
      found === 'file' && needed === 'file'
        ? `${path} was not made by mlstack, and is not overwritten`
        : `${path} is ${NAMES[found]}, but a ${needed} has to be written there`,
    help: COMPOSE_FILES.test(path)
      ? besideIt(path)
      : canBeForced
        ? 'move it away, or replace it: mlstack compile --force'
        : 'move it away, or write elsewhere: mlstack compile -o DIR',
  }),
)

export const editedFile = define<{ path: string; isStale: boolean }>(
  {
    code: 'MLS5002',
    severity: 'error',
    title: 'edited by hand',
    explanation:
      'mlstack made this file, and somebody has edited it since: its text is neither what the manifest nor what the hash in its header says. ' +
      'Writing it, or removing it where the stack no longer needs it, would lose the edit, so nothing at all is written. Bring the edit into ' +
      'the config; mlstack compile --diff shows what would be lost, and mlstack compile --force goes ahead. Line ends alone are no edit.',
  },
  ({ path, isStale }) => ({
    message: isStale
      ? `${path} is no longer needed, but was edited by hand, and is not removed`
      : `${path} was edited by hand, and is not overwritten`,
    help: isStale
      ? 'move it away, or remove it: mlstack compile --force'
      : 'see what would be lost: mlstack compile --diff, then overwrite it: mlstack compile --force',
  }),
)

const DIFFERENCES = {
  create: 'is missing',
  change: 'is out of date',
  remove: 'is no longer needed',
  edited: 'was edited by hand',
  foreign: 'was not made by mlstack',
} as const

export const differentFile = define<{ path: string; kind: keyof typeof DIFFERENCES }>(
  {
    code: 'MLS5003',
    severity: 'error',
    title: 'not what would be written',
    explanation:
      'mlstack compile --check found that a file on disk is not what compiling the config would write: it is missing, out of date, no longer ' +
      'needed, edited by hand, or not made by mlstack. Run mlstack compile and commit what it writes; another version of mlstack may write ' +
      'other text, so use one version everywhere.',
  },
  ({ path, kind }) => ({
    message: `${path} ${DIFFERENCES[kind]}`,
    help: kind === 'edited' || kind === 'foreign' ? 'see the difference: mlstack compile --diff' : 'run mlstack compile',
  }),
)

export const otherComposeFile = define<{ path: string; composeFile: string }>(
  {
    code: 'MLS5004',
    severity: 'warning',
    title: 'a second compose file',
    explanation:
      'Compose reads one of compose.yaml, compose.yml, docker-compose.yml and docker-compose.yaml: the first that is there. Beside the ' +
      'compose.yaml that mlstack writes, the other one is no longer read, unless it is named with -f.',
  },
  ({ path, composeFile }) => ({
    message: `docker compose reads ${composeFile} and no longer ${path}`,
    help: besideIt(path),
  }),
)

export const checkedStaleLock = define<{ count: number }>(
  {
    code: 'MLS5005',
    severity: 'error',
    title: 'lock not up to date',
    explanation:
      'mlstack compile --check found that mlstack.lock was made from something else than the config and the requirements files ask for now. ' +
      'What differs is marked, and told by a warning of its own. Run mlstack lock and mlstack compile, and commit what they write.',
  },
  ({ count }) => ({ message: `mlstack.lock is out of date in ${count === 1 ? 'one place' : `${count} places`}`, help: 'run mlstack lock && mlstack compile' }),
)

export const notIncluded = define<{ path: string; composeFile: string }>(
  {
    code: 'MLS5006',
    severity: 'warning',
    title: 'compose file that includes nothing of ours',
    explanation:
      'With `compose_file`, mlstack writes under another name beside a compose file of your own, which is the one that docker compose reads. ' +
      'As long as that one has no `include` of ours, docker compose up starts nothing of the stack.',
  },
  ({ path, composeFile }) => ({ message: `${path} does not include ${composeFile}, so docker compose does not read it`, help: `add to ${path}: include: [${composeFile}]` }),
)

export const notEjectable = define<{ path: string; kind: keyof typeof DIFFERENCES }>(
  {
    code: 'MLS5007',
    severity: 'error',
    title: 'not what would be ejected',
    explanation:
      'mlstack eject makes plain files of what the config compiles to, as it lies on disk. A file there is missing, out of date, edited by hand or not made by mlstack, so nothing at all is written: compile first, and then eject.',
  },
  ({ path, kind }) => ({
    message: `${path} ${DIFFERENCES[kind]}, so nothing is ejected`,
    help: kind === 'edited' || kind === 'foreign' ? 'see the difference: mlstack compile --diff' : 'run mlstack compile first',
  }),
)

export const foreignUser = define<{ folder: string; uid: number; gid: number; own: number; isGiven: boolean }>(
  {
    code: 'MLS5008',
    severity: 'note',
    title: 'folder that jobs may not write',
    explanation:
      'Jobs write into a folder of yours, and as another user than you: the kernel refuses that, and what it let them write you could not delete. ' +
      'Where MLSTACK_UID and MLSTACK_GID in the shell or in .env are your numbers, all files belong to you. With Docker Desktop and rootless engines, files find their owner otherwise: mlstack doctor looks.',
  },
  ({ folder, uid, gid, own, isGiven }) => ({
    message: `jobs write into ${folder} as user ${uid}, and you are ${own}`,
    help: isGiven ? `give it to them: sudo chown ${uid}:${gid} ${folder}` : "make them write as you: printf 'MLSTACK_UID=%s\\nMLSTACK_GID=%s\\n' \"$(id -u)\" \"$(id -g)\" >> .env",
  }),
)
