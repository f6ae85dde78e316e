/** Diagnostics of ready-made servers: which one serves, and whether it can. */
import { define } from '../diagnostic.ts'

type Nothing = Record<never, never>

export const commandBesideServer = define<{ server: string }>(
  {
    code: 'MLS1182',
    severity: 'error',
    title: 'a command and a ready-made server',
    explanation: '`server` names a ready-made server, which mlstack starts with a command of its own. With a `command` beside it nobody could tell which of the two is to answer requests.',
  },
  ({ server }) => ({ message: `\`command\` does not go with server: ${server}, which starts by itself`, help: `remove \`command\`, and the ready-made server serves the model; or remove \`server\`, and the command does` }),
)

export const serverWithoutCommand = define<Nothing>(
  {
    code: 'MLS1183',
    severity: 'error',
    title: 'no command of your own',
    explanation: '`server: command` says that a command of your own serves the model, as it is without `server`. So a command has to be there.',
  },
  () => ({ message: 'server: command needs a `command`', help: 'add, for example: command: serve.py' }),
)

export const notForPython = define<{ server: string; python: string; oldest: string; newest: string; nearest: string | undefined; other: string | undefined }>(
  {
    code: 'MLS2106',
    severity: 'error',
    title: 'server for another Python',
    explanation: 'A server that is a Python package is installed beside the framework, so that it loads the model with the very packages that the model was trained with. It has to run on the same Python.',
  },
  ({ server, python, oldest, newest, nearest, other }) => ({
    message: `${server} does not run on Python ${python}: it runs on ${oldest} to ${newest}`,
    help: `use ${[...(nearest === undefined ? [] : [`python: "${nearest}"`]), ...(other === undefined ? [] : [`server: ${other}`]), 'command: serve.py, a server of your own'].slice(0, 2).join(', or ')}`,
  }),
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

export const notForModel = define<{ server: string; what: string; instead: string | undefined }>(
  {
    code: 'MLS2108',
    severity: 'error',
    title: 'server for another kind of model',
    explanation: 'What `model.source` names is known by its name or by a file in it, and is not what this server loads.',
  },
  ({ server, what, instead }) => ({ message: `${server} does not load ${what}`, help: instead === undefined ? 'write a server of your own: command: serve.py' : `use server: ${instead}, or server: auto` }),
)

export const nothingToServe = define<Nothing>(
  {
    code: 'MLS2109',
    severity: 'error',
    title: 'server without a model',
    explanation: 'A ready-made server loads the model that jobs have promoted, or the one that `model.source` names. Where neither is there, it could only fail.',
  },
  () => ({ message: 'there is no model for this server: no job makes one, and `model` has no `source`', help: 'add train: train.py, or model: {source: ./model.joblib}' }),
)

export const serverAsCommand = define<{ server: string }>(
  {
    code: 'MLS2110',
    severity: 'warning',
    title: 'server in the place of a command',
    explanation: 'What stands behind `serve:` or `command:` is a command, which is run as it is. A ready-made server is named by `server`.',
  },
  ({ server }) => ({ message: `this runs a program called \`${server}\`, and starts no ready-made server`, help: `write serve: { server: ${server} }` }),
)

export const portOfServer = define<{ port: number; server: string; use: string }>(
  {
    code: 'MLS3039',
    severity: 'error',
    title: 'port that the server needs itself',
    explanation: 'A ready-made server listens on more than one port: one for requests, which `port` names, and further ones for metrics or another protocol, which other services reach and which are not published.',
  },
  ({ port, server, use }) => ({ message: `${server} has its ${use} on port ${port}, and cannot take requests there too`, help: 'use another port, such as 8080' }),
)

export const dockerfileWithoutServer = define<{ server: string; dockerfile: string }>(
  {
    code: 'MLS3040',
    severity: 'warning',
    title: 'server that nothing installs',
    explanation: 'Into an image of your own Dockerfile mlstack installs nothing. The ready-made server has to be in it, beside the framework that the model was trained with.',
  },
  ({ server, dockerfile }) => ({ message: `nothing in ${dockerfile} installs ${server}`, help: `install it there: pip install ${server}` }),
)

export const servedByMlflow = define<{ server: string; framework: string; better: { readonly title: string; readonly python: string } | undefined }>(
  {
    code: 'MLS5011',
    severity: 'note',
    title: 'model that MLflow has to save',
    explanation: 'MLflow serves models of any framework, as it has saved them itself: with its own functions, such as mlflow.sklearn.save_model or mlflow.pyfunc.save_model, into $MODEL_DIR.',
  },
  ({ server, framework, better }) => ({
    message: `${server} serves this, as it has saved it: save the model by mlflow into $MODEL_DIR`,
    help: better === undefined ? `there is no other ready-made server for ${framework}` : `${better.title} would serve what ${framework} saves; it runs on Python ${better.python} and older`,
  }),
)
