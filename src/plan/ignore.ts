/** What never enters a build context: the rules of an ignore file in sections, of which the last match wins. */
import { posix } from 'node:path'
import { literalOf } from '../config/template.ts'
import type { ResolvedDataset } from '../resolve/datasets.ts'
import { runsHelper } from './installer.ts'
import { modelJobsOf } from './jobs.ts'
import { pathFromContext } from './layout.ts'
import { hostPathOf } from './outputs.ts'
import { HELPER_FILES, INDEXES_FILE, OWN_FOLDER } from './own-files.ts'
import { composeFileOf, type Resolved } from './resolved.ts'
import type { IgnoreSection, Image, Layout } from './stack.ts'

/** What tools leave behind and what only a person needs, wherever it lies. */
const LEFTOVERS = ['.DS_Store', '.idea', '.ipynb_checkpoints', '.mypy_cache', '.pytest_cache', '.ruff_cache', '.vscode', '*.egg-info', '*.py[cod]', '__pycache__', 'node_modules', 'mlruns', 'wandb']

/** Formats of trained models: they come from the model's volume, and would weigh on every image. */
const MODELS = ['ckpt', 'gguf', 'h5', 'joblib', 'keras', 'onnx', 'pkl', 'pt', 'pth', 'safetensors', 'tflite']

/** What may hold secrets, or is made for one machine. */
const PRIVATE = ['.env', '.env.*', '.git', '.venv', 'venv', '.netrc', '.pypirc', '.ssh', '.aws', '*.pem', 'id_rsa', 'id_ed25519']

/** What of an image names files. */
export type BuildInputs = Pick<Image, 'packages' | 'limits' | 'constraints' | 'installer' | 'helpers'>

/** The user's own rules stand after the defaults, which they may undo, and before what may never be undone. */
export function planIgnore(resolved: Resolved, inputs: BuildInputs, ignoreFile: string | undefined): readonly IgnoreSection[] {
  const { config, layout } = resolved
  const rebase = (pattern: string) => rebasePattern(pattern, layout.configFromContext)
  const sections: readonly IgnoreSection[] = [
    planSelection(resolved),
    { comment: 'Left behind by tools', patterns: LEFTOVERS.map((name) => `**/${name}`) },
    { comment: 'Models come from a volume', patterns: modelJobsOf(config).length === 0 ? [] : MODELS.map((ending) => `**/*.${ending}`) },
    { comment: 'From .dockerignore', patterns: linesOf(ignoreFile).map(rebase) },
    { comment: 'From build.ignore', patterns: config.build.ignore.map(({ value }) => rebase(value)) },
    { comment: 'Secrets, and what belongs to one machine', patterns: [...PRIVATE.map((name) => `**/${name}`), ...secretFiles(resolved)] },
    { comment: 'Datasets are mounted', patterns: mountedPaths(resolved, resolved.datasets) },
    { comment: 'The model source is mounted', patterns: mountedPaths(resolved, resolved.modelSource === undefined ? [] : [resolved.modelSource]) },
    { comment: 'What jobs write is no code', patterns: outputPaths(resolved) },
    { comment: 'Inputs and outputs of mlstack: a change of them alone is no change of the code', patterns: ownFiles(resolved) },
    { comment: 'Needed by the build', patterns: neededFiles(resolved, inputs).map((path) => `!${escapePattern(path)}`) },
  ]
  return sections.filter(({ patterns }) => patterns.length > 0)
}

/** Where the code is not the whole context, only the code may enter. */
function planSelection({ code, layout }: Resolved): IgnoreSection {
  const sources = code.map(({ path }) => pathFromContext(path, layout))
  const patterns = sources.includes('.') ? [] : ['*', ...sources.map((source) => `!${escapePattern(source)}`)]
  return { comment: 'Nothing but the code', patterns }
}

/** A dataset that holds code stays, since nothing of the code would be left. */
function mountedPaths({ code, layout }: Resolved, mounted: readonly Pick<ResolvedDataset, 'source' | 'origin'>[]): readonly string[] {
  const sources = mounted.flatMap(({ source, origin }) => (origin.kind === 'local' ? (literalOf(source.value) ?? []) : []))
  const codePaths = code.map(({ path }) => pathFromContext(path, layout))
  const isAround = (folder: string, path: string) => !posix.relative(folder, path).startsWith('..')
  return pathsInContext(sources, layout).filter((path) => !codePaths.some((each) => isAround(path, each))).map(stripSlash).map(escapePattern)
}

function outputPaths({ outputs, layout }: Resolved): readonly string[] {
  const paths = outputs.flatMap((output) => hostPathOf(output) ?? [])
  return [...new Set(pathsInContext(paths, layout))].map(stripSlash).map(escapePattern)
}

function secretFiles({ config, layout }: Resolved): readonly string[] {
  const files = [...config.secrets, ...config.roles.flatMap(({ secrets }) => secrets)].flatMap(({ source }) => ('file' in source ? [source.file.value] : []))
  return pathsInContext(files, layout).map(escapePattern)
}

/** Those of the paths, relative to the config, that the build context holds, as seen from it. */
function pathsInContext(paths: readonly string[], layout: Layout): readonly string[] {
  const local = paths.filter((path) => !/^[/~]/.test(path))
  return local.map((path) => pathFromContext(path, layout)).filter((path) => !path.startsWith('..'))
}

function ownFiles({ config, configFile, layout }: Resolved): readonly string[] {
  const params = [config.params, ...config.roles.map((role) => role.params)].flatMap((each) => each?.file?.value ?? [])
  const inputs = pathsInContext([configFile, ...params], layout)
  const outputs = [composeFileOf(config), OWN_FOLDER].map((path) => posix.join(layout.outputFromContext, path))
  return [...new Set([...inputs, ...outputs])].map(escapePattern)
}

function neededFiles({ config, layout }: Resolved, { packages, limits, constraints, installer, helpers = [] }: BuildInputs): readonly string[] {
  const requirements = packages.flatMap((layer) => (layer.kind === 'requirements' ? [layer.copy?.path ?? layer.path, ...layer.includes] : []))
  return [...new Set([...[...HELPER_FILES, ...helpers].map((path) => posix.join(layout.outputFromContext, path)), ...(runsHelper({ packages, installer }) ? [posix.join(layout.outputFromContext, INDEXES_FILE)] : []), ...(limits === undefined ? [] : [limits.path]), ...constraints, ...requirements, ...(config.build.ca === undefined ? [] : [pathFromContext(config.build.ca.value, layout)])])]
}

/** The rules of an ignore file; comments and empty lines go. */
function linesOf(text: string | undefined): readonly string[] {
  return (text ?? '').split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'))
}

/** A pattern that is relative to the config, as seen from the build context. */
function rebasePattern(pattern: string, configFromContext: string): string {
  if (configFromContext === '.') return pattern
  const [, not = '', path = ''] = /^(!?)\s*\/?(.*)$/.exec(pattern) ?? []
  return `${not}${escapePattern(configFromContext)}/${path}`
}

/** A path as a pattern that matches it alone. */
export function escapePattern(path: string): string {
  return path.replace(/[*?[\]\\]/g, '\\$&').replace(/^[!#]/, '\\$&')
}

function stripSlash(path: string): string {
  return path.replace(/(?<=.)\/$/, '')
}
