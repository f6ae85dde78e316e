/** Run by kill.test.ts: compiles generation after generation of large files until it is killed, or as often as it is told. */
import { compile, made } from './folder.ts'

const [folder = '', rounds = '1000000'] = process.argv.slice(2)

/** Generations differ in size, and every other one drops a file, so that there is something stale. */
export function generation(round: number) {
  const body = `round ${round}\n`.repeat(40_000 + (round % 3) * 20_000)
  const paths = ['compose.yaml', '.mlstack/train.Dockerfile', ...(round % 2 === 0 ? ['.mlstack/sub/serve.Dockerfile'] : [])]
  return paths.map((path) => made(path, body))
}

if (folder !== '') {
  for (let round = 0; round < Number(rounds); round++) {
    if (compile(folder, generation(round)).length > 0) throw new Error('refused')
    if (round === 1) console.log('ready')
  }
}
