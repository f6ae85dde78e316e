/** Plans for tests of watching: a config in a folder of small files, compiled in memory. */
import { compile } from '../../../src/compile.ts'
import type { Stack } from '../../../src/plan/stack.ts'
import { createMemoryProject } from '../../../src/project/memory-project.ts'
import { recordProject, type RecordedProject } from '../../../src/watch/recorded-project.ts'

export const CONFIG = `name: digits
framework: scikit-learn==1.5.2
python: "3.11"
datasets: { digits: ./data/digits.csv }
train: train.py
evaluate: { command: evaluate.py, require: { accuracy: ">= 0.9" } }
serve: { command: serve.py, port: 8080 }
`

export const FILES: Readonly<Record<string, string>> = {
  'data/digits.csv': '0,1\n',
  'train.py': 'import model\n',
  'evaluate.py': 'import model\n',
  'serve.py': 'import model\n',
  'model.py': '',
  'requirements.txt': 'pandas==2.2.3\n',
}

export interface Planned {
  readonly stack: Stack
  readonly project: RecordedProject
  readonly outputs: readonly string[]
}

/** Throws where the config is wrong. */
export function plan(config = CONFIG, files: Readonly<Record<string, string>> = FILES, folder = '/project'): Planned {
  const project = recordProject(createMemoryProject(files, folder))
  const { stack, diagnostics, files: outputs } = compile({ name: 'mlstack.yaml', bytes: Buffer.from(config) }, project, { outputFolder: '.' })
  if (stack === undefined) throw new Error(diagnostics.map(({ code, message }) => `${code} ${message}`).join('\n'))
  return { stack, project, outputs: outputs.map(({ path }) => path) }
}
