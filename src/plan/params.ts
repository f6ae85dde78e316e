/** The files of parameters that are mounted into the containers, one for all roles that have the same. */
import type { ParamsByRole } from '../resolve/params.ts'
import { paramsPathOf } from './own-files.ts'
import type { ParamsFile } from './stack.ts'

/** Named for the first role that has them. */
export function paramsFileOf(role: string, params: ParamsByRole): string {
  const text = params.get(role)?.json
  return paramsPathOf([...params].find(([, { json }]) => json === text)?.[0] ?? role)
}

export function planParamsFiles(params: ParamsByRole): readonly ParamsFile[] {
  const files = [...params].map(([role, { json }]) => [paramsFileOf(role, params), json] as const)
  return [...new Map(files)].map(([path, text]) => ({ path, text }))
}
