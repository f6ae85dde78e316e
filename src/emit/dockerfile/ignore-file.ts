/** The ignore file of a Dockerfile: sections of rules, each with the comment that says why. */
import type { IgnoreSection } from '../../plan/stack.ts'

/** Text without the header. BuildKit reads this file in place of the user's .dockerignore. */
export function formatIgnoreFile(sections: readonly IgnoreSection[]): string {
  return sections.map(({ comment, patterns }) => `\n# ${comment}.\n${patterns.map((pattern) => `${pattern}\n`).join('')}`).join('')
}
