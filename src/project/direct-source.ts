/** Where a dependency comes from, as Poetry and uv write it in a table: a repository, a URL or a path. */
import type { Tree } from '../syntax/tree.ts'
import { textAt } from './fields.ts'

/** What pip takes behind `name @`; undefined where the table names no such place. A path begins with a dot or a slash. */
export function directReference(table: Tree): string | undefined {
  const git = textAt(table, 'git')?.value
  if (git !== undefined) return gitReference(git, textAt(table, 'rev')?.value ?? textAt(table, 'tag')?.value ?? textAt(table, 'branch')?.value, textAt(table, 'subdirectory')?.value)
  const url = textAt(table, 'url')?.value
  if (url !== undefined) return `${url}${fragmentOf(textAt(table, 'subdirectory')?.value)}`
  const path = textAt(table, 'path')?.value
  return path === undefined || /^[./~]/.test(path) ? path : `./${path}`
}

export function gitReference(repository: string, revision: string | undefined, subdirectory: string | undefined): string {
  const [, user, path] = /^([\w.-]+@[\w.-]+):(?!\/\/)(.+)$/.exec(repository) ?? []
  const url = user === undefined ? repository : `ssh://${user}/${path}`
  return `${url.startsWith('git+') ? url : `git+${url}`}${revision === undefined ? '' : `@${revision}`}${fragmentOf(subdirectory)}`
}

/** What pip takes behind a URL for a folder in it. */
export function fragmentOf(subdirectory: string | undefined): string {
  return subdirectory === undefined ? '' : `#subdirectory=${subdirectory}`
}
