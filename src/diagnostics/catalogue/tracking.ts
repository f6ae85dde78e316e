/** Diagnostics of tracking: a server that runs elsewhere, and what is no use to one of ours. */
import { define } from '../diagnostic.ts'

export const urlWithLogin = define<Record<never, never>>(
  {
    code: 'MLS1193',
    severity: 'error',
    concealed: true,
    title: 'login in the URL of a tracking server',
    explanation:
      'The URL is written into compose.yaml, which is committed, and into the environment of every job, which `docker inspect` shows. ' +
      'MLflow takes a user, a password or a token from variables of their own, which secrets can be: they are in no file and no layer.',
  },
  () => ({ message: 'this URL holds a login, and would be written into compose.yaml', help: 'leave the login out of it, and take it from the shell or .env: secrets: [MLFLOW_TRACKING_USERNAME, MLFLOW_TRACKING_PASSWORD], or MLFLOW_TRACKING_TOKEN' }),
)

export const keyOfNoServer = define<{ key: string }>(
  {
    code: 'MLS1194',
    severity: 'error',
    title: 'key of a server that is not started',
    explanation: 'With `uri`, tracking is a server that runs elsewhere: none is started here, so there is nothing that a port, a command, limits or keys of Compose could be for.',
  },
  ({ key }) => ({ message: `\`${key}\` is for a server that is started here, and \`uri\` is one that runs elsewhere`, help: `remove \`${key}\`, or \`uri\` to have a server of your own` }),
)

export const noServerUrl = define<{ url: string; reader: string | undefined }>(
  {
    code: 'MLS1195',
    severity: 'error',
    title: 'not the URL of a tracking server',
    explanation:
      'A tracking server is reached by http:// or https:// and the name of a host. A path or a database would be one inside of the container, and gone with it. ' +
      'What MLflow knows besides, such as `databricks`, is a matter between it and your code: leave `tracking` out, and set MLFLOW_TRACKING_URI under `environment`. ' +
      'To TensorBoard nothing is sent at all: it reads files that jobs write into a folder.',
  },
  ({ url, reader }) => ({
    message: reader === undefined ? `\`${url}\` is not the URL of a server` : `nothing can be sent to ${reader} at a URL: it reads files that jobs write`,
    help: reader === undefined ? 'write http:// or https:// and a host, such as https://mlflow.example.com; for a server of your own: tracking: mlflow' : 'remove `uri`: then one is started that reads what the jobs of this file write',
  }),
)

export const nothingForTracking = define<{ what: string }>(
  {
    code: 'MLS3046',
    severity: 'error',
    title: 'no use to the tracking server',
    explanation: 'The tracking server runs none of your code: it keeps what jobs send, in an image of its own. It gets neither datasets nor GPUs; secrets it can have.',
  },
  ({ what }) => ({ message: `the tracking server has no use for ${what}`, help: 'remove `tracking` here' }),
)

export const healthOff = define<Record<never, never>>(
  {
    code: 'MLS3047',
    severity: 'error',
    title: 'tracking server that is never healthy',
    explanation: 'Jobs start once the tracking server is healthy, so that none records into nothing. Compose knows no health of a service whose check is off, and would start no job.',
  },
  () => ({ message: 'jobs wait until the tracking server is healthy, and this turns its health check off', help: 'remove `disable`; a server that answers elsewhere can have a `test` of its own' }),
)

export const dockerfileWithoutClient = define<{ dockerfile: string; client: string }>(
  {
    code: 'MLS2115',
    severity: 'warning',
    title: 'tracking in an image without its client',
    explanation:
      'Nothing is installed into the image of a Dockerfile of your own, so it has to have the package by which jobs record. Neither the Dockerfile nor a file of requirements that it names speaks of it. ' +
      'Of an image that builds on more than Python or a plain system nothing is said.',
  },
  ({ dockerfile, client }) => ({ message: `jobs record by \`${client}\`, of which ${dockerfile} says nothing`, help: `install it there: RUN pip install ${client}` }),
)
