/** `npm run demo`: compiles the example that the README begins with, brings its stack up and asks the served model for a prediction. */
import { execa } from 'execa'
import { readFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'

const NAME = 'logistic-regression'
const EXAMPLE = join(import.meta.dirname, NAME)
const LAUNCHER = join(import.meta.dirname, '../dist/mlstack.cjs')
const DEFAULT_PORT = 8080

/** What has to be there, and how to see that it is. */
const NEEDED: readonly { readonly name: string; readonly check: readonly string[] }[] = [
  { name: 'Docker', check: ['--version'] },
  { name: 'Docker Compose v2', check: ['compose', 'version'] },
  { name: 'a running Docker Engine', check: ['info'] },
]

async function findMissing(): Promise<string | undefined> {
  for (const { name, check } of NEEDED) {
    if ((await execa('docker', check, { reject: false })).failed) return name
  }
  return undefined
}

/** Resolves to the port that was free: the one asked for, or undefined where something listens there. 0 asks for any. */
async function tryPort(port: number): Promise<number | undefined> {
  const server = createServer()
  return new Promise((resolve) => {
    server.once('error', () => resolve(undefined))
    server.listen(port, '127.0.0.1', () => {
      const { port: found } = server.address() as AddressInfo
      server.close(() => resolve(found))
    })
  })
}

/** Where a stack from an earlier run already listens, its port is not taken but ours. */
async function runningPort(): Promise<number | undefined> {
  const { stdout, failed } = await execa('docker', ['compose', 'port', 'serve', String(DEFAULT_PORT)], { cwd: EXAMPLE, reject: false })
  return failed ? undefined : Number(stdout.split(':').at(-1)) || undefined
}

async function choosePort(): Promise<number> {
  const chosen = Number(process.env['SERVE_PORT']) || (await runningPort()) || (await tryPort(DEFAULT_PORT))
  if (chosen !== undefined) return chosen
  const free = (await tryPort(0)) ?? DEFAULT_PORT
  console.log(`Port ${DEFAULT_PORT} is taken; serving on ${free} (SERVE_PORT=${free})`)
  return free
}

async function askForPrediction(port: number): Promise<void> {
  const body = await readFile(join(EXAMPLE, 'example.json'), 'utf8')
  const url = `http://127.0.0.1:${port}/predict`
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  const answer = await response.text()
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${answer}`)
  console.log(`\nPOST ${url}\n${body.trim()}\n=> ${answer}`)
}

async function demo(): Promise<void> {
  console.log('$ mlstack compile')
  await execa(process.execPath, [LAUNCHER, 'compile'], { cwd: EXAMPLE, stdio: 'inherit' })
  const missing = await findMissing()
  if (missing !== undefined) return console.log(`\nCompiled. To run the stack, ${missing} is missing here`)
  const port = await choosePort()
  console.log('\n$ docker compose up --build --detach --wait serve')
  await execa('docker', ['compose', 'up', '--build', '--detach', '--wait', 'serve'], { cwd: EXAMPLE, stdio: 'inherit', env: { SERVE_PORT: String(port) } })
  await askForPrediction(port)
  console.log(`\nThe model is served until you stop it:\n  cd examples/${NAME} && docker compose down`)
}

await demo()
