/** Writes the half of the page on `mlstack doctor` that is known from its checks. */
import type { Check } from '../doctor/check.ts'

export function doctorPage(checks: readonly Check[]): string {
  const rows = checks.map(({ id, title, why }) => `| \`${id}\` | ${title} | ${why} |`)
  return ['| `id` | looks at | because |', '| --- | --- | --- |', ...rows, ''].join('\n')
}
