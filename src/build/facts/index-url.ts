/** Finds the package index that this machine uses, as pip itself would. */
import { execa } from 'execa'

/** What pip falls back on; asked of it, since which host that is belongs to pip. */
const OF_PIP = 'from pip._internal.models.index import PyPI; print(PyPI.simple_url)'

/** The address of a simple index: the given one, else the environment's, else what pip is configured with, else pip's own. */
export async function findIndexUrl(given: string | undefined, environment: NodeJS.ProcessEnv): Promise<string> {
  const url = given ?? environment['PIP_INDEX_URL'] ?? environment['UV_DEFAULT_INDEX'] ?? (await ask('pip', ['config', 'get', 'global.index-url'])) ?? (await ask('python3', ['-c', OF_PIP]))
  if (url === undefined) throw new Error('No package index is known here: name one with --index URL, or set PIP_INDEX_URL')
  return url.replace(/\/$/, '')
}

async function ask(command: string, args: readonly string[]): Promise<string | undefined> {
  const { exitCode, stdout } = await execa(command, args, { reject: false })
  return exitCode === 0 && stdout !== '' ? stdout.trim() : undefined
}
