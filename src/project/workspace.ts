/** Finds members of a uv workspace by the patterns of its root: https://docs.astral.sh/uv/concepts/projects/workspaces/ */
import { posix } from 'node:path'
import type { PyProject } from './pyproject.ts'

/** How far up the root is looked for. */
const DEPTH = 8

/** The folder of the member of this name, seen from where `own` is seen from. A project cannot be listed, so a pattern is tried with the names that such a folder usually has. */
export function findMember(member: string, own: string, readAt: (folder: string) => PyProject | undefined): string | undefined {
  const above = Array.from({ length: DEPTH }, (_, depth) => posix.join(own, ...Array.from({ length: depth }, () => '..')))
  for (const root of above) {
    const members = readAt(root)?.members ?? []
    const folders = members.length === 0 ? [] : ['.', ...members.flatMap((pattern) => foldersOf(pattern, member))]
    const found = folders.map((folder) => posix.join(root, folder)).find((folder) => readAt(folder)?.name === member)
    if (found !== undefined) return found
  }
  return undefined
}

function foldersOf(pattern: string, member: string): readonly string[] {
  if (!pattern.includes('*')) return [pattern]
  return [member, member.replaceAll('-', '_'), member.replaceAll('-', '.')].map((name) => pattern.replace(/\*[^/]*$/, name))
}
