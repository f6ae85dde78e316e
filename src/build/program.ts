/** Bundles the program and the library, with the launcher, the code cache and the licences that go with them. */
import { build, type BuildOptions, type Plugin } from 'esbuild'
import { execa } from 'execa'
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { collectLicenses } from './licenses.ts'
import { DIST, GENERATED, ROOT, SOURCE } from './paths.ts'
import { withFolder } from './sample-folder.ts'
import { SAMPLE_PROJECT } from './sample-project.ts'

const LAUNCHER = join(DIST, 'mlstack.cjs')
const BUNDLE = join(DIST, 'mlstack-bundle.cjs')
const CACHE = join(DIST, 'mlstack-bundle.cache')

/** Minified, since each start reads the text and its code cache anew: that is a tenth of what mlstack adds to the time of a bare Node. */
const COMMON: BuildOptions = { absWorkingDir: ROOT, bundle: true, platform: 'node', target: 'node20', minify: true, legalComments: 'none', metafile: true, logLevel: 'warning' }

/** yaml's own ES modules, which it offers to browsers alone: without the wrapper of each CommonJS module they load in half the time. */
const YAML_MODULES = { yaml: join(ROOT, 'node_modules/yaml/browser/dist/index.js') }

/** A module that few runs need: the program reads it from a bundle of its own, when one of its functions is called. */
interface Seldom {
  readonly bundle: string
  /** Its source. */
  readonly module: string
  readonly functions: readonly string[]
}

const SELDOM: readonly Seldom[] = [
  // What only a wrong config needs is a third of all the code.
  { bundle: './mlstack-report.cjs', module: join(GENERATED, 'report.js'), functions: ['findErrors', 'sectionsWith'] },
  // What passes through to Compose is held to Compose's own schema, which is half as large as ours.
  { bundle: './mlstack-compose.cjs', module: join(GENERATED, 'compose-report.js'), functions: ['findComposeErrors'] },
  // Few projects have a pyproject.toml or a uv.lock, and what reads them is larger than what reads YAML.
  { bundle: './mlstack-project.cjs', module: join(SOURCE, 'resolve/project-requirements.ts'), functions: ['readProject', 'readProjectDependencies', 'readDistributionAt'] },
  // Parameters are seldom in TOML, and what fetches and what knows indexes is written for few projects.
  { bundle: './mlstack-toml.cjs', module: join(SOURCE, 'project/toml.ts'), functions: ['parseToml'] },
  { bundle: './mlstack-helpers.cjs', module: join(GENERATED, 'seldom-helpers.js'), functions: ['readHelper'] },
  { bundle: './mlstack-size.cjs', module: join(SOURCE, 'plan/verify/size.ts'), functions: ['verifySizes'] },
  { bundle: './mlstack-graph.cjs', module: join(SOURCE, 'graph/draw.ts'), functions: ['drawStack'] },
  { bundle: './mlstack-gpus.cjs', module: join(SOURCE, 'facts/gpus.ts'), functions: ['findGpu', 'listGpuNames'] },
]

/** Leaves the seldom modules, but for those of the bundle itself, to their own bundles. */
function apart(modules: readonly Seldom[]): BuildOptions {
  const names = modules.map(({ module }) => basename(module).replaceAll('.', '\\.'))
  const plugin: Plugin = {
    name: 'seldom-apart',
    setup: ({ onLoad }) => onLoad({ filter: new RegExp(`[\\\\/](?:${names.join('|')})$`) }, ({ path }) => {
      const found = modules.find(({ module }) => module === path)
      return found && { contents: delay(found) }
    }),
  }
  return { plugins: [plugin], external: modules.map(({ bundle }) => bundle) }
}

/** Commands that are programs of their own size, which no other command reads. */
const APART = ['watch', 'lock', 'doctor', 'explain'] as const
const COMMANDS_APART: Plugin = {
  name: 'commands-apart',
  setup: ({ onResolve }) => {
    for (const command of APART) onResolve({ filter: new RegExp(`^\\./commands/${command}\\.ts$`) }, () => ({ path: bundleOf(command), external: true }))
  },
}

function bundleOf(command: (typeof APART)[number]): string {
  return `./mlstack-${command}.cjs`
}

/** A module whose functions are those of the other bundle, which is read on the first call. */
function delay({ bundle, functions }: Seldom): string {
  return functions.map((name) => `export const ${name} = (...values) => require('${bundle}').${name}(...values)\n`).join('')
}

/** A script that is loaded from a code cache has no loader to ask for a module, so `import()` becomes `require()`. */
const COMMONJS: BuildOptions = { ...COMMON, alias: YAML_MODULES, format: 'cjs', supported: { 'dynamic-import': false }, define: { 'import.meta.dirname': '__dirname' } }

/** Node puts this around a CommonJS module; `launch.ts` calls it. */
const WRAPPER: BuildOptions = { banner: { js: '(function (exports, require, module, __filename, __dirname) {' }, footer: { js: '})' } }

/** Packages that come as CommonJS ask for Node's own modules by `require`, which a module has not. */
const REQUIRE = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);"

export async function bundleProgram(): Promise<void> {
  rmSync(CACHE, { force: true })
  const seldom = apart(SELDOM)
  const results = await Promise.all([
    build({ ...COMMONJS, ...WRAPPER, ...seldom, plugins: [...(seldom.plugins ?? []), COMMANDS_APART], entryPoints: [join(SOURCE, 'cli/start.ts')], outfile: BUNDLE }),
    build({ ...COMMON, format: 'esm', banner: { js: REQUIRE }, entryPoints: [join(SOURCE, 'index.ts')], outfile: join(DIST, 'index.js') }),
    build({ ...COMMONJS, entryPoints: [join(SOURCE, 'build/launcher.ts')], outfile: LAUNCHER, banner: { js: '#!/usr/bin/env node' } }),
    ...SELDOM.map(({ bundle, module }) => build({ ...COMMONJS, entryPoints: [module], outfile: join(DIST, bundle) })),
    ...APART.map((command) => build({ ...COMMONJS, ...apart(SELDOM.slice(0, 1)), entryPoints: [join(SOURCE, `cli/commands/${command}.ts`)], outfile: join(DIST, bundleOf(command)) })),
  ])
  chmodSync(LAUNCHER, 0o755)
  escapeRest(BUNDLE)
  const inputs = results.flatMap(({ metafile }) => Object.keys(metafile?.inputs ?? {}))
  writeFileSync(join(DIST, 'THIRD-PARTY-LICENSES'), collectLicenses(ROOT, inputs))
  await makeCache()
}

/** The launcher reads bytes as characters. esbuild escapes what is not ASCII in strings, but leaves it in comments and regular expressions. */
function escapeRest(file: string): void {
  const escape = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  writeFileSync(file, readFileSync(file, 'utf8').replace(/[^\x00-\x7f]/g, escape))
}

/** What a compile of a usual project runs is kept: more would make the cache larger, and every start slower. */
async function makeCache(): Promise<void> {
  await withFolder({ ...SAMPLE_PROJECT, 'requirements.txt': 'fastapi==0.121.0\nnumpy>=2,<3\nuvicorn[standard]\n', 'cache-maker.cjs': await bundleCacheMaker() }, async (folder) => {
    // V8 accepts a cache only under the flags that it was made with.
    const env = { NODE_OPTIONS: '' }
    await execa(process.execPath, [join(folder, 'cache-maker.cjs'), BUNDLE, CACHE, 'compile', 'mlstack.yaml'], { cwd: folder, env })
  })
}

async function bundleCacheMaker(): Promise<string> {
  const { outputFiles } = await build({ ...COMMONJS, entryPoints: [join(SOURCE, 'build/cache-maker.ts')], write: false })
  return outputFiles[0]?.text ?? ''
}
