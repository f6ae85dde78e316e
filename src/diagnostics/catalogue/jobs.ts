/** Diagnostics of jobs and their order. */
import { define } from '../diagnostic.ts'

export const jobNameTaken = define<{ name: string }>(
  { code: 'MLS1140', severity: 'error', title: 'job named like a role', explanation: 'A job under `jobs` becomes a service of its name, and that of a role with a section of its own is taken, whether the file has the section or not.' },
  ({ name }) => ({ message: `\`${name}\` is the name of a role, which has a section of its own`, help: `rename the job, or write it as \`${name}\` at the top of the file` }),
)

export const hiddenDependency = define<{ role: string; dependency: string; profiles: string }>(
  {
    code: 'MLS3010',
    severity: 'error',
    title: 'waiting for what only a profile starts',
    explanation: 'Without the profile the one that is waited for is not there, and Compose refuses the whole stack: "depends on undefined service".',
  },
  ({ role, dependency, profiles }) => ({
    message: `\`${role}\` waits for \`${dependency}\`, which only the profile ${profiles} starts`,
    help: `give \`${role}\` the same profiles: [${profiles.replaceAll('`', '').replace(' or ', ', ')}], or take those of \`${dependency}\` away`,
  }),
)
