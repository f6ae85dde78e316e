/** Puts files of the user's code into a running container, as a build would have copied them: owner, mode and links alike. */
import { lstat, readFile, readlink } from 'node:fs/promises'
import { posix } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { pack, type Pack } from 'tar-stream'
import type { Container } from './containers.ts'
import type { Docker } from './docker.ts'

/** A file on disk and its place in the container, both absolute. */
export interface CopiedFile {
  readonly source: string
  readonly target: string
}

/** Folders in the container that the code lies in: what is made below them belongs to the container's user. */
export interface CopyOptions {
  readonly files: readonly CopiedFile[]
  readonly codeFolders: readonly string[]
}

/** Removes files, and then folders that hold nothing any more: an empty one is still a package to Python. */
const REMOVE = `
import os, shutil, sys
for path in sys.argv[1:]:
    if os.path.lexists(path): os.unlink(path)
    folder = os.path.dirname(path)
    while os.path.isdir(folder) and not set(os.listdir(folder)) - {'__pycache__'}:
        shutil.rmtree(folder, ignore_errors=True)
        folder = os.path.dirname(folder)
`

/** Copies what is there, and removes in the container what is not. Throws where the container is gone, or refuses. */
export async function copyCode(docker: Docker, container: Container, { files, codeFolders }: CopyOptions): Promise<void> {
  const archive = pack()
  const contents = buffer(archive)
  const missing: string[] = []
  const folders = new Set(codeFolders)
  for (const file of files) if (!(await addFile(archive, file, container.user, folders))) missing.push(file.target)
  archive.finalize()
  if (missing.length < files.length) await check(docker.run(['cp', '-', `${container.id}:/`], { input: await contents }))
  if (missing.length > 0) await check(docker.run(['exec', container.id, 'python', '-I', '-c', REMOVE, ...missing]))
}

/** False where the file is not there (any more). */
async function addFile(archive: Pack, { source, target }: CopiedFile, user: string, folders: Set<string>): Promise<boolean> {
  const stats = await lstat(source).catch(() => undefined)
  if (stats === undefined || (!stats.isFile() && !stats.isSymbolicLink())) return false
  const content = stats.isFile() ? await readFile(source).catch(() => undefined) : Buffer.alloc(0)
  if (content === undefined) return false
  const [uid = 0, gid = uid] = user.split(':').map((id) => Number(id) || 0)
  const common = { uid, gid, mtime: stats.mtime, mode: stats.mode & 0o7777 }
  for (const folder of newFoldersAbove(target, folders)) archive.entry({ ...common, name: `${folder.slice(1)}/`, type: 'directory', mode: 0o755 })
  if (stats.isSymbolicLink()) archive.entry({ ...common, name: target.slice(1), type: 'symlink', linkname: await readlink(source) })
  else archive.entry({ ...common, name: target.slice(1), size: content.length }, content)
  return true
}

/** The folders of a path below those that are known, outermost first; they are known from then on. */
function newFoldersAbove(path: string, known: Set<string>): readonly string[] {
  const folder = posix.dirname(path)
  if (known.has(folder) || folder === '/') return []
  const above = newFoldersAbove(folder, known)
  known.add(folder)
  return [...above, folder]
}

async function check(running: ReturnType<Docker['run']>): Promise<void> {
  const { exitCode, stderr } = await running
  if (exitCode !== 0) throw new Error(stderr.trim())
}
