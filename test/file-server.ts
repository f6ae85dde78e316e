/** A web server for tests of downloads, which behaves as well or as badly as it is told. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { listen, type Listening } from './listen.ts'

export interface Served {
  readonly body: Buffer
  /** Undefined: the server gives none, so nothing can be resumed. */
  etag?: string | undefined
  /** After how many bytes each of the next answers breaks off. */
  breaks?: number[]
  /** Statuses of the next answers, before it answers well. */
  statuses?: number[]
  ignoresRange?: boolean
  /** Milliseconds between one piece of the body and the next. */
  slow?: number
  redirect?: string
  headers?: Readonly<Record<string, string>>
}

export interface FileServer extends Listening {
  /** What is served, by path. */
  readonly files: Map<string, Served>
  /** Each request as `GET /path bytes=0-`. */
  readonly requests: string[]
}

export async function startFileServer(address: string): Promise<FileServer> {
  const files = new Map<string, Served>()
  const requests: string[] = []
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}${request.headers.range === undefined ? '' : ` ${request.headers.range}`}`)
    const served = files.get((request.url ?? '').replace(/\?.*/, ''))
    if (served === undefined) response.writeHead(404).end()
    else answer(served, request, response)
  })
  return { ...(await listen(server, address)), files, requests }
}

function answer(served: Served, request: IncomingMessage, response: ServerResponse): void {
  const status = served.statuses?.shift()
  if (status !== undefined) return void response.writeHead(status, served.headers).end()
  if (served.redirect !== undefined) return void response.writeHead(302, { location: served.redirect }).end()
  const { body, etag } = served
  const isSame = request.headers['if-range'] === undefined || request.headers['if-range'] === etag
  const start = served.ignoresRange === true || !isSame ? 0 : Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
  if (start >= body.length && start > 0) return void response.writeHead(416, { 'content-range': `bytes */${body.length}` }).end()
  const part = body.subarray(start)
  response.writeHead(start > 0 ? 206 : 200, {
    'content-length': part.length,
    ...(etag === undefined ? {} : { etag }),
    ...(start > 0 ? { 'content-range': `bytes ${start}-${body.length - 1}/${body.length}` } : {}),
    ...served.headers,
  })
  const end = served.breaks?.shift()
  if (end !== undefined) response.write(part.subarray(0, end), () => setTimeout(() => response.destroy(), 20))
  else if (served.slow !== undefined) void drip(part, response, served.slow)
  else response.end(part)
}

async function drip(part: Buffer, response: ServerResponse, pause: number): Promise<void> {
  const piece = Math.ceil(part.length / 20)
  for (let at = 0; at < part.length && !response.destroyed; at += piece) {
    response.write(part.subarray(at, at + piece))
    await new Promise((done) => setTimeout(done, pause))
  }
  response.end()
}
