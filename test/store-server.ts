/** Stands in for the stores that clients speak with: a repository of Hugging Face, and a bucket of Google's, with the files that it is given. */
import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { listen, type Listening } from './listen.ts'

export interface StoreServer extends Listening {
  /** Each request as `GET /path bytes=0-9`, with its authorization where it has one. */
  readonly requests: string[]
}

/** The commit that every revision of the repository is. */
export const COMMIT = 'c0ffee'.padEnd(40, '0')

interface Store {
  readonly files: ReadonlyMap<string, Buffer>
  /** What must be sent along; undefined: anybody may ask. */
  readonly token: string | undefined
}

/** Serves `hf://datasets/ORG/NAME` of any name, to whom sends the token, and `gs://BUCKET` of any name, to anybody. */
export async function startStoreServer(address: string, store: Store): Promise<StoreServer> {
  const requests: string[] = []
  const server = createServer((request, response) => {
    const { authorization, range } = request.headers
    requests.push([request.method, request.url, range, authorization].filter((part) => part !== undefined).join(' '))
    const url = new URL(request.url ?? '', 'http://store')
    const handled = ROUTES.some(([pattern, handle]) => {
      const match = pattern.exec(url.pathname)
      if (match !== null) handle({ store, request, response, url, at: decodeURIComponent(match[1] ?? '') })
      return match !== null
    })
    if (!handled) sendJson(response, 404, {})
  })
  return { ...(await listen(server, address)), requests }
}

interface Question {
  readonly store: Store
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly url: URL
  /** The file or folder that is asked for. */
  readonly at: string
}

const ROUTES: readonly (readonly [pattern: RegExp, handle: (question: Question) => void])[] = [
  [/^\/api\/datasets\/[^/]+\/[^/]+(?:\/revision\/[^/]+)?$/, forKnown(({ response }) => sendJson(response, 200, { id: 'org/name', sha: COMMIT, private: true, tags: [], siblings: [] }))],
  [/^\/api\/datasets\/[^/]+\/[^/]+\/tree\/[^/]+\/?(.*)$/, forKnown(answerTree)],
  [/^\/api\/datasets\/[^/]+\/[^/]+\/paths-info\//, forKnown(answerPathsInfo)],
  [/^\/datasets\/[^/]+\/[^/]+\/resolve\/[^/]+\/(.*)$/, forKnown(answerFile)],
  [/^\/storage\/v1\/b\/[^/]+\/o\/?$/, answerListing],
  [/^\/storage\/v1\/b\/[^/]+\/o\/(.+)$/, (question) => (question.url.searchParams.get('alt') === 'media' ? answerFile(question) : answerObject(question))],
  [/^\/download\/storage\/v1\/b\/[^/]+\/o\/(.+)$/, answerFile],
]

/** Refuses whom the store does not know. */
function forKnown(handle: (question: Question) => void): (question: Question) => void {
  return (question) => {
    const { store, request, response } = question
    if (store.token === undefined || request.headers.authorization === `Bearer ${store.token}`) handle(question)
    else sendJson(response, 401, { error: 'Unauthorized' })
  }
}

function answerTree({ store, response, url, at }: Question): void {
  const inside = [...store.files].filter(([path]) => isBelow(path, at))
  if (url.searchParams.get('recursive') === 'true') return sendJson(response, 200, inside.map(describeInRepository))
  const depth = at === '' ? 1 : at.split('/').length + 1
  const folders = new Set(inside.flatMap(([path]) => (path.split('/').length > depth ? [path.split('/').slice(0, depth).join('/')] : [])))
  const files = inside.filter(([path]) => path.split('/').length === depth)
  sendJson(response, 200, [...files.map(describeInRepository), ...[...folders].map((path) => ({ type: 'directory', path, size: 0, oid: COMMIT }))])
}

function answerPathsInfo({ store, request, response }: Question): void {
  const parts: Buffer[] = []
  request.on('data', (part: Buffer) => void parts.push(part))
  request.on('end', () => {
    const text = Buffer.concat(parts).toString()
    const asked = text.startsWith('{') ? [(JSON.parse(text) as { paths: string | string[] }).paths].flat() : new URLSearchParams(text).getAll('paths')
    const found = asked.flatMap((path): readonly object[] => {
      const file = store.files.get(path)
      if (file !== undefined) return [describeInRepository([path, file])]
      return [...store.files.keys()].some((each) => isBelow(each, path)) ? [{ type: 'directory', path, oid: COMMIT }] : []
    })
    sendJson(response, 200, found)
  })
}

function describeInRepository([path, content]: readonly [string, Buffer]): object {
  const oid = hash('sha1', content)
  // Large files are in the storage beside git, which knows their SHA-256.
  const lfs = content.length > 1_000_000 ? { lfs: { oid: hash('sha256', content), size: content.length, pointerSize: 134 } } : {}
  return { type: 'file', path, size: content.length, oid, ...lfs }
}

function answerListing({ store, response, url }: Question): void {
  const prefix = url.searchParams.get('prefix') ?? ''
  sendJson(response, 200, { kind: 'storage#objects', items: [...store.files].filter(([name]) => name.startsWith(prefix)).map(describeInBucket) })
}

function answerObject({ store, response, at }: Question): void {
  const content = store.files.get(at)
  if (content === undefined) sendJson(response, 404, { error: { code: 404, message: `No such object: ${at}` } })
  else sendJson(response, 200, describeInBucket([at, content]))
}

function describeInBucket([name, content]: readonly [string, Buffer]): object {
  return { kind: 'storage#object', name, bucket: 'bucket', size: String(content.length), generation: '1', etag: hash('sha1', content), md5Hash: createHash('md5').update(content).digest('base64'), updated: '2026-01-01T00:00:00Z', timeCreated: '2026-01-01T00:00:00Z' }
}

function answerFile({ store, request, response, at }: Question): void {
  const content = store.files.get(at)
  if (content === undefined) return sendJson(response, 404, {})
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? []
  const start = Number(from ?? 0)
  const end = to === undefined || to === '' ? content.length : Math.min(Number(to) + 1, content.length)
  const headers = { 'content-length': end - start, etag: `"${hash('sha1', content)}"`, 'x-repo-commit': COMMIT, ...(from === undefined ? {} : { 'content-range': `bytes ${start}-${end - 1}/${content.length}` }) }
  response.writeHead(from === undefined ? 200 : 206, headers).end(request.method === 'HEAD' ? undefined : content.subarray(start, end))
}

function isBelow(path: string, folder: string): boolean {
  return folder === '' || path.startsWith(`${folder}/`)
}

function hash(algorithm: string, content: Buffer): string {
  return createHash(algorithm).update(content).digest('hex')
}

function sendJson(response: ServerResponse, status: number, value: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
}
