/** Diagnostics of servers that run in the image of their makers: what such an image cannot do, and what it has to have. */
import { define } from '../diagnostic.ts'

export const keyOfNoUse = define<{ key: string; role: string; server: string }>(
  {
    code: 'MLS1188',
    severity: 'error',
    title: 'key that a ready-made image has no use for',
    explanation: 'Datasets, parameters and outputs are for code of yours. A server in the image of its makers runs none: it reads the model, and nothing else.',
  },
  ({ key, role, server }) => ({ message: `\`${key}\` is for code of yours, and ${server} runs none`, help: `remove it from \`${role}\`` }),
)

export const secretAsVariable = define<{ secret: string; server: string; role: string }>(
  {
    code: 'MLS1189',
    severity: 'error',
    title: 'secret that nothing exports',
    explanation: 'A secret with `as: env` is exported by the helper, inside of the container. In the image of a server by its makers there is no helper, so the secret can only be a file, in /run/secrets.',
  },
  ({ secret, server, role }) => ({
    message: `nothing in the image of ${server} exports ${secret}`,
    help: `write as: file, and the server finds it in /run/secrets/${secret}; or name it under \`environment\` of \`${role}\`, where anyone who may inspect containers sees it`,
  }),
)

export const notForArtefact = define<{ server: string; source: string; files: readonly string[] }>(
  {
    code: 'MLS2112',
    severity: 'error',
    title: 'model that the server cannot read',
    explanation: 'A server in the image of its makers reads models in its own formats alone. It has no code of yours that could load another one.',
  },
  ({ server, source, files }) => ({ message: `${server} cannot read ${source}`, help: `give it ${files.map((file) => file.replace(',', ' with ')).join(' or ')}, or a folder that has it; or write a server of your own: command: serve.py` }),
)

export const frameworkRefused = define<{ because: string; instead: string }>(
  {
    code: 'MLS2113',
    severity: 'error',
    title: 'framework that the server has given up',
    explanation: 'The server loaded models of this framework once, and its newer releases do not.',
  },
  ({ because, instead }) => ({ message: because, help: `use server: ${instead}` }),
)

export const notForMachine = define<{ server: string; what: string; able: string }>(
  {
    code: 'MLS2114',
    severity: 'error',
    title: 'image for another machine',
    explanation: 'The image of a server is made by others, for the processors and the GPUs that they chose.',
  },
  ({ server, what, able }) => ({ message: `there is no image of ${server} for ${what}`, help: `it is there for ${able}; a server of your own runs anywhere: command: serve.py` }),
)
