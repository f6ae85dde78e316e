/** What `explain` says of the golden configs is what stands in their Dockerfiles: each decision about an image, and its reason where a comment gives one. */
import { readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { compile } from '../../src/compile.ts'
import { explain, type ExplainedImage } from '../../src/explain.ts'
import { createNodeProject } from '../../src/project/node-project.ts'
import type { Decision } from '../../src/resolve/decision.ts'
import { configPathOf, findCases } from './cases.ts'

/** What must stand in the Dockerfile for a decision; `because` where a comment gives the reason. Services have the rest. */
const SHOWN: Readonly<Record<string, (decision: Decision, image: ExplainedImage) => readonly string[]>> = {
  python: ({ value }, { decisions }) => (decisions.some(({ because }) => because === 'taken from build.from') ? [] : [`Python ${value} on `]),
  framework: ({ value }) => [`# ${value}, `],
  build: ({ because }) => [`, ${because}.`],
  kernels: ({ value }) => [`has kernels ${value}`],
  'wheel index': ({ value }) => [`="${value}"`],
  limit: ({ value }) => [`\n${value}\n`],
  'base image': ({ value }) => [`FROM ${value} AS runtime`],
  'Debian package': ({ value, because }) => [`#   ${value}: ${because}`],
  package: ({ value }) => [`"${value}"`],
  JupyterLab: ({ value }) => [`"jupyterlab==${value}"`],
  requirements: ({ value }) => [`# The packages of ${value}`],
  constraints: ({ value }) => [`/${basename(value)}`],
  'package index': ({ value }) => [value],
  project: ({ value }) => [`/${basename(value)}`],
  variable: ({ value }) => [`ENV ${value.split('=')[0]}=`],
  'shared memory': () => [],
  driver: () => [],
  certificates: ({ value }) => [`COPY --chmod=0644 ${value.replace(/^\.\//, '')} `],
  step: ({ value }) => [`# From ${value}.`],
  user: ({ value }) => [`ARG MLSTACK_UID=${value.split(':')[0]}`],
}

for (const each of findCases('compile')) {
  test(`${each.name} is explained as it is written`, () => {
    const path = configPathOf(each)
    const file = { name: 'mlstack.yaml', bytes: readFileSync(path) }
    const project = createNodeProject(dirname(path))
    const { files } = compile(file, project, { outputFolder: '.' })
    const { images } = explain(file, project)
    assert.ok(images.length > 0 || files.every((output) => !output.path.endsWith('.Dockerfile')))
    for (const image of images) {
      const text = ['Dockerfile', 'limits.txt'].map((ending) => files.find((output) => output.path === join('.mlstack', `${image.name}.${ending}`))?.text ?? '').join('')
      // One of the user's own Dockerfile has none of ours, and that is what is decided of it.
      if (image.decisions[0]?.subject === 'image') {
        assert.is(text, '', image.name)
        assert.match(files.find(({ path: output }) => output === 'compose.yaml')?.text ?? '', `dockerfile: "${image.decisions[0].value.split(',')[0]}"`)
        continue
      }
      assert.is.not(text, '', image.name)
      for (const decision of image.decisions) {
        const shown = SHOWN[decision.subject]
        assert.ok(shown, `nothing is said of where ${decision.subject} stands`)
        for (const part of shown(decision, image)) assert.ok(text.includes(part), `${decision.subject}: ${part} is not in the files of ${image.name}`)
      }
    }
  })
}

test.run()
