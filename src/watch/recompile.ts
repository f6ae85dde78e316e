/** One compile within a session: reads the config, writes the outputs that differ, and never throws for what the user may mend. */
import { readFileSync } from 'node:fs'
import type { Compilation, CompileOptions, ConfigFile } from '../compile.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { Sink } from '../diagnostics/sink.ts'
import { givenUserOf, type GivenUser } from '../plan/given-user.ts'
import type { Stack } from '../plan/stack.ts'
import type { Project } from '../project/project.ts'
import { settleChanges } from '../write/change.ts'
import { compareFolder } from '../write/compare-folder.ts'
import { codeOf, HostError, onHost } from '../write/host-error.ts'
import { MANIFEST_PATH } from '../write/manifest.ts'
import { reportOtherComposeFiles } from '../write/other-compose-files.ts'
import { reportRefused } from '../write/report.ts'
import { makeOutputFolders } from '../write/output-folders.ts'
import { makeTokenFiles, removeUnneededTokens } from '../write/token-files.ts'
import { writeOutputs } from '../write/write.ts'
import { recordProject, type RecordedProject } from './recorded-project.ts'

export interface RecompileSettings {
  readonly compile: (config: ConfigFile, project: Project, options: CompileOptions) => Compilation
  readonly createProject: (folder: string) => Project
  readonly config: { readonly name: string; readonly path: string; readonly folder: string }
  /** Who the containers run as, as things are by now. */
  readonly owner: (given: GivenUser | undefined) => GivenUser
  readonly output: { readonly absolute: string; readonly fromConfig: string; readonly shown: string }
  /** The overlay of the config to use. */
  readonly variant?: string | undefined
}

export interface Recompilation {
  /** Undefined where nothing was written: the config or a file in the way is wrong, or the config is not there. */
  readonly stack: Stack | undefined
  readonly diagnostics: readonly Diagnostic[]
  /** What compiling looked at. */
  readonly project: RecordedProject
  readonly written: readonly { readonly path: string; readonly change: 'created' | 'updated' | 'removed' }[]
  /** All outputs, relative to their folder; empty where there is no stack. */
  readonly outputs: readonly string[]
  /** What the machine refused. */
  readonly hostError: HostError | undefined
}

const CHANGES = { create: 'created', change: 'updated', remove: 'removed' } as const

export function recompile({ compile, createProject, config, output, owner, variant }: RecompileSettings): Recompilation {
  const project = recordProject(createProject(config.folder))
  const failed = { stack: undefined, diagnostics: [], project, written: [], outputs: [], hostError: undefined }
  try {
    const bytes = onHost('read', config.name, () => readFileSync(config.path))
    const { diagnostics, stack, files } = compile({ name: config.name, bytes }, project, { outputFolder: output.fromConfig, variant })
    if (stack === undefined) return { ...failed, diagnostics }
    const sink = new Sink()
    reportOtherComposeFiles({ files, composeFile: stack.composeFile, folder: output.absolute, shownFolder: output.shown }, sink)
    const { writable, refused } = settleChanges(compareFolder(files, output.absolute, variant), { isForced: false })
    reportRefused(refused, output.shown, sink)
    const all = [...diagnostics, ...sink.sorted()]
    if (refused.length > 0) return { ...failed, diagnostics: all }
    writeOutputs(output.absolute, writable)
    const user = owner(givenUserOf(stack))
    makeOutputFolders(output.absolute, stack.folders, user)
    removeUnneededTokens(output.absolute, stack.tokenFiles)
    makeTokenFiles(output.absolute, stack.tokenFiles, user)
    return { ...failed, stack, diagnostics: all, written: writable.flatMap(({ path, kind }) => (kind === 'same' ? [] : [{ path, change: CHANGES[kind] }])), outputs: [...files.map(({ path }) => path), MANIFEST_PATH] }
  } catch (error) {
    if (error instanceof HostError) return { ...failed, hostError: error }
    throw error
  }
}

/** Whether the config itself was not there. */
export function isConfigMissing({ hostError }: Recompilation): boolean {
  return hostError !== undefined && codeOf(hostError) === 'ENOENT'
}
