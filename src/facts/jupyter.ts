/** JupyterLab: which version runs on which Python, how it is started, and how it is told its token. */
import jupyter from './data/jupyter.json' with { type: 'json' }

export interface JupyterRelease {
  readonly version: string
  /** `X.Y`. */
  readonly oldestPython: string
}

/** The name that pip knows it by. */
export const JUPYTERLAB: string = jupyter.distribution

/** Ascending: the newest known version for each range of Pythons. */
export const JUPYTER_RELEASES: readonly JupyterRelease[] = jupyter.releases

export const JUPYTER_SOURCE = jupyter.source[0] ?? ''

/** In which it finds its token; with `_FILE` after it, the path of a file that holds it. */
export const TOKEN_VARIABLE = jupyter.tokenVariable

/** Where a browser finds it on the server. */
export const JUPYTER_PAGE = jupyter.page

/** What our images set otherwise, and kernels are to decide themselves. */
export const JUPYTER_VARIABLES: readonly { readonly name: string; readonly value: string }[] = jupyter.variables

/** The words that start it; `url` is where a person finds it. */
export function jupyterCommand(port: number, url: string): readonly string[] {
  return jupyter.command.map((word) => word.replace('{port}', String(port)).replace('{url}', url))
}
