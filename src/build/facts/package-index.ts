/** Asks a package index for the files of a distribution, by the JSON form of the simple index (PEP 691). */

export interface IndexFile {
  readonly filename: string
  readonly url: string
  readonly size?: number | undefined
  readonly 'requires-python'?: string | null | undefined
  readonly 'upload-time'?: string | undefined
  /** True, or the reason. */
  readonly yanked?: boolean | string | undefined
}

/** The files that are not withdrawn. */
export async function fetchFiles(index: string, distribution: string): Promise<readonly IndexFile[]> {
  const response = await fetch(`${index}/${distribution}/`, { headers: { accept: 'application/vnd.pypi.simple.v1+json' } })
  if (!response.ok) throw new Error(`The package index answers ${String(response.status)} for ${distribution}`)
  const { files } = (await response.json()) as { files: readonly IndexFile[] }
  return files.filter(({ yanked }) => yanked === undefined || yanked === false)
}
