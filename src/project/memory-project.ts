/** A project that lives in memory, for tests and for callers that have no disk. */
import type { PathKind, Project } from './project.ts'

/** Makes a project out of texts by their paths relative to `folder`; every folder on the way exists. */
export function createMemoryProject(files: Readonly<Record<string, string>>, folder = '/project'): Project {
  const texts = new Map(Object.entries(files).map(([path, text]) => [absolute(folder, path), text]))
  const kindOf = (path: string): PathKind => {
    const full = absolute(folder, path)
    if (texts.has(full)) return 'file'
    const isFolder = full === folder || [...texts.keys()].some((file) => file.startsWith(`${full}/`))
    return isFolder ? 'folder' : 'missing'
  }
  return { folder, kindOf, read: (path) => texts.get(absolute(folder, path)), linkOf: () => undefined }
}

function absolute(folder: string, path: string): string {
  const parts: string[] = []
  for (const part of (path.startsWith('/') ? path : `${folder}/${path}`).split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return `/${parts.join('/')}`
}
