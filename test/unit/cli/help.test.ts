/** The help: it names every command and every option, and fits a terminal. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { OptionTable } from '../../../src/cli/args.ts'
import { COMPILE } from '../../../src/cli/commands/compile.ts'
import { DOCTOR } from '../../../src/cli/commands/doctor.ts'
import { EXPLAIN } from '../../../src/cli/commands/explain.ts'
import { GRAPH } from '../../../src/cli/commands/graph.ts'
import { SCHEMA } from '../../../src/cli/commands/schema.ts'
import { VALIDATE } from '../../../src/cli/commands/validate.ts'
import { HELP, helpFor } from '../../../src/cli/help.ts'

const COMMANDS: readonly { readonly name: string; readonly options: OptionTable }[] = [COMPILE, VALIDATE, EXPLAIN, GRAPH, DOCTOR, SCHEMA]

test('the help of a command names its options, with their short forms and their choices, and no others', () => {
  for (const { name, options } of COMMANDS) {
    const help = helpFor(name)
    const listed = [...help.matchAll(/^ {2}(?:-(\w), |    )--([\w-]+)/gm)].map(([, short, long]) => [long, short])
    const expected = [...Object.entries(options).map(([long, { short }]) => [long, short]), ['help', 'h']]
    assert.equal(listed.toSorted(), expected.toSorted(), name)
    for (const choice of Object.values(options).flatMap(({ choices }) => choices ?? [])) assert.match(help, new RegExp(`\\b${choice}\\b`), `${name} ${choice}`)
  }
})

test('the help at the top names every command', () => {
  for (const { name } of COMMANDS) assert.match(HELP, new RegExp(`^  ${name} `, 'm'))
})

test('each has its usage first, two examples, and no line over 100 columns', () => {
  for (const help of [HELP, ...COMMANDS.map(({ name }) => helpFor(name))]) {
    assert.match(help, /^(mlstack: .*\n\n)?Usage: mlstack /)
    assert.match(help, /\nExamples:\n {2}mlstack .*\n {2}mlstack .*\n$/)
    assert.ok(help.split('\n').every((line) => line.length <= 100))
  }
})

test.run()
