/** The names of the files that are ours, relative to the output folder. */

export const OWN_FOLDER = '.mlstack'
/** The Compose file, where the config gives it no other name. */
export const COMPOSE_FILE = 'compose.yaml'
/** Laid over the Compose file while a person edits code. */
export const DEVELOPMENT_FILE = `${OWN_FOLDER}/compose.dev.yaml`
/** Laid over the Compose file on a machine with a GPU. */
export const GPU_FILE = 'compose.gpu.yaml'
export const ENTRYPOINT_FILE = `${OWN_FOLDER}/entrypoint.py`
/** Fetches datasets and models that are elsewhere. */
export const FETCH_FILE = `${OWN_FOLDER}/fetch.py`
/** The helper of every container, in the folder of which its files look for each other. */
export const HELPER_FILES: readonly string[] = [ENTRYPOINT_FILE, `${OWN_FOLDER}/fingerprint.py`]

/** Runs a job as several processes, or on several nodes; beside the helper's other files. */
export const NODES_FILE = `${OWN_FOLDER}/nodes.py`

/** Gives a release the form that servers of numbered versions read; beside the helper's other files. */
export const VERSIONS_FILE = `${OWN_FOLDER}/versions.py`

/** Starts a ready-made server on the model, beside the helper's other files. */
export const MODEL_SERVER_FILE = `${OWN_FOLDER}/model_server.py`

/** Serves what a ready-made server has no runtime for; beside the one that starts it. */
export const MODEL_RUNTIMES_FILE = `${OWN_FOLDER}/model_runtimes.py`

/** Runs pip or uv, so that packages come from the index that they are to come from. */
export const INDEXES_FILE = `${OWN_FOLDER}/indexes.py`

/** The parameters of a role. JSON has no comments, so these files have no header, and the manifest alone vouches for them. */
export function paramsPathOf(role: string): string {
  return `${OWN_FOLDER}/${role}.params.json`
}

export function isParamsPath(path: string): boolean {
  return path.startsWith(`${OWN_FOLDER}/`) && path.endsWith('.params.json')
}

/** What a server in the image of its makers reads. */
export function serverFileOf(role: string, file: string): string {
  return `${OWN_FOLDER}/${role}.${file}`
}

/** A random token, made on each machine by itself. */
export function tokenFileOf(role: string): string {
  return `${OWN_FOLDER}/${role}.token`
}

/** Keeps what is made on one machine from those that git brings it to. */
export const GIT_IGNORE_FILE = `${OWN_FOLDER}/.gitignore`

export function dockerfileOf(image: string): string {
  return `${OWN_FOLDER}/${image}.Dockerfile`
}

/** BuildKit looks for the ignore file of a Dockerfile under this name first. */
export function ignoreFileOf(image: string): string {
  return `${dockerfileOf(image)}.dockerignore`
}

/** The names under which Compose reads a file by itself, and lays another one over it. */
const READ_BY_ITSELF = /^(?:docker-)?compose\.ya?ml$/
const OVERRIDES = ['compose.override.yml', 'compose.override.yaml', 'docker-compose.override.yml', 'docker-compose.override.yaml'] as const

/** The file of the user's that Compose lays over ours without being told; relative to the output folder. */
export function findOverrideFile(composeFile: string, isThere: (name: string) => boolean): string | undefined {
  return READ_BY_ITSELF.test(composeFile) ? OVERRIDES.find(isThere) : undefined
}
