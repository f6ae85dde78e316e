/** A package index on this machine that containers reach: a part for everybody, and one that asks for a user and a password. */
import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { execa } from 'execa'
import { listen } from '../listen.ts'
import { findGateway } from './engine.ts'

export interface PackageIndex {
  readonly publicUrl: string
  readonly privateUrl: string
  /** `user:password` for the private part. */
  readonly login: string
  /** What was asked for without the right login. */
  readonly refused: readonly string[]
}

interface Wheel {
  readonly name: string
  readonly version: string
  readonly requires?: readonly string[]
}

/** What each part has: of the same name, the public one has the higher version, as somebody would who wants to be installed. */
const WHEELS: Readonly<Record<string, readonly Wheel[]>> = {
  private: [{ name: 'acme-models', version: '1.0', requires: ['acme-core', 'mlstack-helper'] }, { name: 'acme-core', version: '1.0' }, { name: 'mlstack-helper', version: '1.0' }],
  public: [{ name: 'acme-models', version: '9.0' }, { name: 'acme-core', version: '9.0' }, { name: 'mlstack-helper', version: '2.0' }],
}

const LOGIN = 'ann:se#cret:1'

/** A wheel with one module, which says where it comes from. */
const MAKE_WHEEL = `
import io, sys, zipfile
name, version, origin, *requires = sys.argv[1:]
module = name.replace('-', '_')
info = f'{module}-{version}.dist-info'
files = {
    f'{module}/__init__.py': f'ORIGIN = {origin!r}\\n',
    f'{info}/METADATA': ''.join(f'{line}\\n' for line in ['Metadata-Version: 2.1', f'Name: {name}', f'Version: {version}', *[f'Requires-Dist: {each}' for each in requires]]),
    f'{info}/WHEEL': 'Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n',
}
files[f'{info}/RECORD'] = ''.join(f'{path},,\\n' for path in [*files, f'{info}/RECORD'])
buffer = io.BytesIO()
with zipfile.ZipFile(buffer, 'w') as archive:
    for path, text in files.items():
        archive.writestr(path, text)
sys.stdout.buffer.write(buffer.getvalue())
`

/** `origin` is what the module says. */
export async function makeWheel({ name, version, requires = [] }: Wheel, origin: string): Promise<{ readonly file: string; readonly bytes: Uint8Array }> {
  const { stdout } = await execa('python3', ['-c', MAKE_WHEEL, name, version, origin, ...requires], { encoding: 'buffer' })
  return { file: `${name.replaceAll('-', '_')}-${version}-py3-none-any.whl`, bytes: stdout }
}

export async function withPackageIndex(use: (index: PackageIndex) => Promise<void>): Promise<void> {
  const files = new Map<string, Uint8Array>()
  for (const [part, wheels] of Object.entries(WHEELS)) {
    for (const wheel of wheels) {
      const { file, bytes } = await makeWheel(wheel, part)
      files.set(`/${part}/files/${file}`, bytes)
    }
  }
  const refused: string[] = []
  const { stdout: usual } = await execa('python3', ['-c', 'from pip._internal.models.index import PyPI; print(PyPI.simple_url)'])
  const others = `${usual}/`
  const server = await listen(createServer((request, response) => answer(request, response, { files, others, refused })), '0.0.0.0')
  try {
    const host = `http://${findGateway()}:${server.port}`
    await use({ publicUrl: `${host}/public/simple`, privateUrl: `${host}/private/simple`, login: LOGIN, refused })
  } finally {
    await server.close()
  }
}

interface Answers {
  readonly files: ReadonlyMap<string, Uint8Array>
  /** Where the public part sends for what it has not. */
  readonly others: string
  readonly refused: string[]
}

function answer({ url = '', method, headers }: IncomingMessage, response: ServerResponse, { files, others, refused }: Answers): void {
  const end = (status: number, body: string | Uint8Array = '', more: Readonly<Record<string, string>> = {}) => {
    response.writeHead(status, { 'Content-Length': String(Buffer.byteLength(body)), 'Content-Type': typeof body === 'string' ? 'text/html' : 'application/octet-stream', ...more })
    response.end(method === 'HEAD' ? undefined : body)
  }
  if (url.startsWith('/private/') && headers.authorization !== `Basic ${Buffer.from(LOGIN).toString('base64')}`) {
    refused.push(url)
    return end(401, '', { 'WWW-Authenticate': 'Basic realm="packages"' })
  }
  const file = files.get(url)
  if (file !== undefined) return end(200, file)
  const [, part = '', name = ''] = /^\/(\w+)\/simple\/([\w-]+)\/$/.exec(url) ?? []
  const found = [...files].filter(([path]) => path.startsWith(`/${part}/files/${name.replaceAll('-', '_')}-`))
  if (found.length === 0) return part === 'public' && name !== '' ? end(302, '', { Location: `${others}${name}/` }) : end(404)
  end(200, found.map(([path, bytes]) => `<a href="${path}#sha256=${createHash('sha256').update(bytes).digest('hex')}">${path.split('/').at(-1)}</a>`).join('\n'))
}
