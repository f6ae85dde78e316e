/** Which packages the notebook has beside those of all roles: JupyterLab, and its own. */
import type { Config } from '../config/config.ts'
import { NOTEBOOK } from '../config/roles.ts'
import * as notebook from '../diagnostics/catalogue/notebook.ts'
import type { Sink } from '../diagnostics/sink.ts'
import { JUPYTER_RELEASES, JUPYTER_SOURCE, JUPYTERLAB } from '../facts/jupyter.ts'
import type { NotebookPackages, UserRequirement } from './environment.ts'
import type { FrameworkRequest } from './framework.ts'
import { packagesNamedIn } from './packages.ts'
import { releaseFor } from './release-for.ts'
import { isInRange } from './specifier.ts'
import { readInPlace, type UserRequirements } from './user-requirements.ts'

export interface NotebookInput {
  readonly config: Config
  readonly requirements: UserRequirements
  /** `X.Y`. */
  readonly python: string
  /** Frameworks with their versions, which the image has already. */
  readonly frameworks: readonly { readonly request: FrameworkRequest; readonly version: string }[]
}

export const NO_PACKAGES: NotebookPackages = { requirements: [], decisions: [] }

/** A JupyterLab that the user names is taken as it is named. */
export function resolveNotebook({ config, requirements, python, frameworks }: NotebookInput, sink: Sink): NotebookPackages {
  const role = config.roles.find(({ name }) => name.value === NOTEBOOK)
  if (role === undefined) return NO_PACKAGES
  const own = role.packages.flatMap((entry) => readInPlace(entry, `${NOTEBOOK}.packages`, sink) ?? []).filter((requirement) => !isInstalled(requirement, frameworks, sink))
  const named = new Set([...packagesNamedIn(requirements), ...own.map(({ value }) => value.name)])
  const texts = own.map(({ text }) => text)
  if (named.has(JUPYTERLAB)) return { requirements: texts, decisions: [] }
  const { version, oldestPython } = releaseFor(python, JUPYTER_RELEASES)
  return {
    requirements: [`${JUPYTERLAB}==${version}`, ...texts],
    decisions: [{ subject: 'JupyterLab', value: version, because: `the newest known version that runs on Python ${python}`, spans: [role.span], fact: { text: `JupyterLab ${version} runs on Python ${oldestPython} and newer`, source: JUPYTER_SOURCE } }],
  }
}

/** Whether a framework's layer has it; what would come in another version or build is reported. */
function isInstalled({ value, span }: UserRequirement, frameworks: NotebookInput['frameworks'], sink: Sink): boolean {
  const found = frameworks.find(({ request: { facts } }) => [...facts.distributions, ...facts.retired, ...facts.companions].includes(value.name))
  if (found === undefined || value.url !== undefined) return false
  const { facts, span: place } = found.request
  const isCompanion = facts.companions.includes(value.name)
  if (isCompanion || !isInRange(found.version, value.specifier)) {
    sink.report(notebook.packageOfTheFramework({ name: value.name, framework: facts.title, version: found.version, isCompanion }, { at: span, related: [{ span: place, message: `${facts.title} ${found.version} is installed for all roles` }] }))
  }
  return true
}
