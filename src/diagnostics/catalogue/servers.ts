/** Diagnostics of ready-made servers: which one serves, and whether it can. */
import { define } from '../diagnostic.ts'

export const commandBesideServer = define<{ server: string }>(
  {
    code: 'MLS1182',
    severity: 'error',
    title: 'a command and a ready-made server',
    explanation: '`server` names a ready-made server, which mlstack starts with a command of its own. With a `command` beside it nobody could tell which of the two is to answer requests.',
  },
  ({ server }) => ({ message: `\`command\` does not go with server: ${server}, which has a command of its own`, help: `remove \`command\`, and ${server} serves the model; or remove \`server\`, and the command does` }),
)

export const serverWithoutCommand = define<Record<never, never>>(
  {
    code: 'MLS1183',
    severity: 'error',
    title: 'no command of your own',
    explanation: '`server: command` says that a command of your own serves the model, as it is without `server`. So a command has to be there.',
  },
  () => ({ message: 'server: command needs a `command`', help: 'add, for example: command: serve.py' }),
)

export const notForPython = define<{ server: string; python: string; oldest: string; newest: string; nearest: string }>(
  {
    code: 'MLS2106',
    severity: 'error',
    title: 'server for another Python',
    explanation: 'A server that is a Python package is installed beside the framework, so that it loads the model with the very packages that the model was trained with. It has to run on the same Python.',
  },
  ({ server, python, oldest, newest, nearest }) => ({ message: `${server} does not run on Python ${python}: it runs on ${oldest} to ${newest}`, help: `use python: "${nearest}"` }),
)

export const notForFramework = define<{ server: string; frameworks: readonly string[]; served: readonly string[] }>(
  {
    code: 'MLS2107',
    severity: 'error',
    title: 'server that cannot load such a model',
    explanation: 'A ready-made server loads the models of certain frameworks, from files as those frameworks save them. For any other model there is a command of your own.',
  },
  ({ server, frameworks, served }) => ({ message: `${server} serves no models of ${frameworks.length === 0 ? 'plain Python' : frameworks.join(' and ')}`, help: `it serves ${served.join(', ')}; for others, write a server of your own: command: serve.py` }),
)
