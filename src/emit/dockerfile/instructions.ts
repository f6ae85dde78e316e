/** Instructions of a Dockerfile that have a layout of their own. */
import { formatExecForm } from '../quote.ts'

const INDENT = '    '

/** The options of a mount, such as `source=requirements.txt`: a list as in CSV, whose fields may need quotes, and which may itself. */
export type Mount = readonly string[]

/** RUN with its mounts and with commands that must all succeed, one a line. */
export function formatRun(mounts: readonly Mount[], commands: readonly string[]): string {
  const [first = '', ...others] = [...mounts.map(formatMount), commands.join(` \\\n${INDENT}&& `)]
  return [`RUN ${first}`, ...others.map((line) => `${INDENT}${line}`)].join(' \\\n')
}

export function formatMount(options: Mount): string {
  const fields = options.map((option) => (option.includes(',') ? `"${option}"` : option)).join(',')
  return `--mount=${/[\s"]/.test(fields) ? `"${fields.replaceAll('"', '\\"')}"` : fields}`
}

/** COPY; paths with spaces or quotes need the form of a list. */
export function formatCopy(sources: readonly string[], target: string, options: readonly string[]): string {
  const words = [...sources.map(escapeSource), target]
  const isPlain = words.every((word) => /^[\w@%+:,./=-]+$/.test(word))
  return ['COPY', ...options, isPlain ? words.join(' ') : formatExecForm(words)].join(' ')
}

/** COPY reads its sources as patterns, and replaces variables in them. */
function escapeSource(path: string): string {
  return path.replace(/[*?[\\]/g, (special) => (special === '[' ? '[[]' : `\\${special}`)).replaceAll('$', '\\$')
}

/** https://docs.docker.com/build/building/best-practices/#apt-get */
export function formatSystem(packages: readonly string[]): string {
  return formatRun([], ['apt-get update', `apt-get install -y --no-install-recommends ${packages.join(' ')}`, 'rm -rf /var/lib/apt/lists/*'])
}
