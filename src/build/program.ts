/** Bundles the program and the library, with the launcher, the code cache and the licences that go with them. */
import { build, type BuildOptions, type Plugin } from 'esbuild'
import { execa } from 'execa'
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
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

/** What only a wrong config needs is a third of all the code: the program reads it from a bundle of its own, when there is one. */
const REPORT = './mlstack-report.cjs'
const REPORT_APART: Plugin = {
  name: 'report-apart',
  setup: ({ onLoad }) => onLoad({ filter: /generated.report\.js$/ }, () => ({ contents: delay(REPORT, 'findErrors', 'sectionsWith') })),
}

/** Few projects have a pyproject.toml or a uv.lock, and what reads them is larger than what reads YAML. */
const PROJECT = './mlstack-project.cjs'
const PROJECT_APART: Plugin = {
  name: 'project-apart',
  setup: ({ onLoad }) => onLoad({ filter: /resolve.project-requirements\.ts$/ }, () => ({ contents: delay(PROJECT, 'readProject') })),
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
function delay(bundle: string, ...names: readonly string[]): string {
  return names.map((name) => `export const ${name} = (value) => require('${bundle}').${name}(value)\n`).join('')
}

/** A script that is loaded from a code cache has no loader to ask for a module, so `import()` becomes `require()`. */
const COMMONJS: BuildOptions = { ...COMMON, alias: YAML_MODULES, format: 'cjs', supported: { 'dynamic-import': false }, define: { 'import.meta.dirname': '__dirname' } }

/** Node puts this around a CommonJS module; `launch.ts` calls it. */
const WRAPPER: BuildOptions = { banner: { js: '(function (exports, require, module, __filename, __dirname) {' }, footer: { js: '})' } }

/** Packages that come as CommonJS ask for Node's own modules by `require`, which a module has not. */
const REQUIRE = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);"

export async function bundleProgram(): Promise<void> {
  rmSync(CACHE, { force: true })
  const [program, report, projectReader, library, , ...commands] = await Promise.all([
    build({ ...COMMONJS, ...WRAPPER, plugins: [REPORT_APART, PROJECT_APART, COMMANDS_APART], external: [REPORT, PROJECT], entryPoints: [join(SOURCE, 'cli/start.ts')], outfile: BUNDLE }),
    build({ ...COMMONJS, entryPoints: [join(GENERATED, 'report.js')], outfile: join(DIST, REPORT) }),
    build({ ...COMMONJS, entryPoints: [join(SOURCE, 'resolve/project-requirements.ts')], outfile: join(DIST, PROJECT) }),
    build({ ...COMMON, format: 'esm', banner: { js: REQUIRE }, entryPoints: [join(SOURCE, 'index.ts')], outfile: join(DIST, 'index.js') }),
    build({ ...COMMONJS, entryPoints: [join(SOURCE, 'build/launcher.ts')], outfile: LAUNCHER, banner: { js: '#!/usr/bin/env node' } }),
    ...APART.map((command) => build({ ...COMMONJS, plugins: [REPORT_APART], external: [REPORT], entryPoints: [join(SOURCE, `cli/commands/${command}.ts`)], outfile: join(DIST, bundleOf(command)) })),
  ])
  chmodSync(LAUNCHER, 0o755)
  escapeRest(BUNDLE)
  const inputs = [program, report, projectReader, library, ...commands].flatMap(({ metafile }) => Object.keys(metafile?.inputs ?? {}))
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
