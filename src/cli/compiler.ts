/** The compiler as commands see it, loaded when one needs it and not before. */
import type { Compilation, CompileOptions } from '../compile.ts'
import type { Project } from '../project/project.ts'

export interface Compiler {
  compile(config: { readonly name: string; readonly bytes: Uint8Array }, project: Project, options: CompileOptions): Compilation
  /** `folder` is the config's folder, absolute. */
  createProject(folder: string): Project
}

export type LoadCompiler = () => Promise<Compiler>

export const loadCompiler: LoadCompiler = async () => {
  const [{ compile }, { createNodeProject }] = await Promise.all([import('../compile.ts'), import('../project/node-project.ts')])
  return { compile, createProject: createNodeProject }
}
