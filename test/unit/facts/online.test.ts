/** With FACTS_ONLINE=1: uv resolves a sample of the tables against the package index of this machine, since pip resolves for no Python but its own. FACTS_SEED names a sample again. */
import { execa } from 'execa'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { FRAMEWORKS, type Release } from '../../../src/facts/frameworks.ts'

const SAMPLE = 40
/** As Debian 12 is. */
const PLATFORM = 'x86_64-manylinux_2_36'
/** uv knows none before 3.8. */
const TOO_OLD = '3.7'

interface Case {
  readonly title: string
  readonly python: string
  readonly requirements: readonly string[]
}

/** On the CPU; PyTorch as the usual index has it, since its own may be out of reach. */
const CASES: readonly Case[] = FRAMEWORKS.flatMap((facts) =>
  facts.releases.flatMap((release) =>
    release.python.filter((python) => python !== TOO_OLD).map((python) => ({
      title: `${facts.name} ${release.version} on Python ${python}`,
      python,
      requirements: requirementsOf(release, facts.buildExtras.cpu ?? []),
    })),
  ),
)

function requirementsOf({ version, install, companions, limits, requires }: Release, extras: readonly string[]): readonly string[] {
  const bracket = extras.length === 0 ? '' : `[${extras.join(',')}]`
  const own = install.cpu.map((requirement) => requirement.replace('+{build}', '').replace('{version}', version).replace('{extras}', bracket))
  return [...own, ...Object.entries(companions).map(([name, made]) => `${name}==${made}`), ...(requires['pytorch'] === undefined ? [] : [`torch${requires['pytorch']}`]), ...limits]
}

/** Cases in the order that a seed gives them: a linear congruential generator, as random as a sample has to be. */
function sampleOf(cases: readonly Case[], seed: number): readonly Case[] {
  const left = [...cases]
  let state = seed
  return Array.from({ length: SAMPLE }, () => {
    state = (state * 1103515245 + 12345) % 2147483648
    return left.splice(state % left.length, 1)[0] as Case
  })
}

async function resolve({ python, requirements }: Case): Promise<string> {
  const options = ['--python-version', python, '--python-platform', PLATFORM, '--only-binary', ':all:', '--quiet']
  const { failed, message, stderr } = await execa('uv', ['pip', 'compile', '-', ...options], { input: requirements.join('\n'), reject: false, timeout: 300_000 })
  // The message alone tells of a uv that is not there, or that took too long.
  return failed ? stderr || (message ?? 'uv failed') : ''
}

if (process.env['FACTS_ONLINE'] === '1') {
  const seed = Number(process.env['FACTS_SEED'] ?? Date.now() % 1_000_000)
  console.log(`  the sample of FACTS_SEED=${String(seed)}`)
  for (const each of sampleOf(CASES, seed)) {
    test(each.title, async () => {
      const problem = await resolve(each)
      // Said at once: a whole sample takes minutes.
      if (problem !== '') console.log(`  ${each.title}: ${each.requirements.join(' ')}\n${problem}`)
      assert.is(problem, '')
    })
  }
} else {
  console.log('  FACTS_ONLINE=1 lets a sample of the tables be resolved against the package index of this machine')
}

test.run()
