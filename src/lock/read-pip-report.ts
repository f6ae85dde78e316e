/** Reads the reports of `pip install --dry-run --report`, as our helper in the base image hands them on. */
import { fragmentOf } from '../project/direct-source.ts'
import { normalizeName } from '../project/requirements.ts'
import type { Resolution, ResolvedPackage } from './resolution.ts'

/** https://pip.pypa.io/en/stable/reference/installation-report, as far as it is read. */
interface ReportItem {
  readonly metadata: { readonly name: string; readonly version: string }
  readonly is_direct: boolean
  readonly download_info: {
    readonly url: string
    readonly subdirectory?: string
    readonly archive_info?: { readonly hash?: string; readonly hashes?: Readonly<Record<string, string>> }
    readonly vcs_info?: { readonly vcs: string; readonly commit_id: string }
  }
}

/** A report for each layer. */
export function readPipReports(text: string): Resolution {
  return (JSON.parse(text) as readonly (readonly ReportItem[])[]).map((items) => items.map(readItem).sort((a, b) => (a.name < b.name ? -1 : 1)))
}

function readItem({ metadata, is_direct: isDirect, download_info: info }: ReportItem): ResolvedPackage {
  const { archive_info: archive, vcs_info: vcs } = info
  const hash = archive?.hashes?.['sha256'] ?? /^sha256=(.*)$/.exec(archive?.hash ?? '')?.[1]
  const folder = fragmentOf(info.subdirectory)
  const url = vcs === undefined ? `${info.url}${folder}` : `${vcs.vcs}+${info.url}@${vcs.commit_id}${folder}`
  return { name: normalizeName(metadata.name), version: metadata.version, url: isDirect ? url : undefined, hashes: hash === undefined ? [] : [hash] }
}
