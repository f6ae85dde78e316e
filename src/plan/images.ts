/** Which images are built and what is in them: roles that need the same share one. */
import { posix } from 'node:path'
import type { Role } from '../config/config.ts'
import { CACHE_VARIABLES, CODE_FOLDER } from '../facts/container.ts'
import type { RequirementsFile } from '../resolve/environment.ts'
import { planIgnore } from './ignore.ts'
import { pathFromContext } from './layout.ts'
import { OWN_FOLDER } from './own-files.ts'
import type { Resolved } from './resolved.ts'
import type { Builder, CodeCopy, Image, PackageLayer } from './stack.ts'

/** The images of all roles, each named for the first role that uses it. */
export function planImages(resolved: Resolved, ignoreFile: string | undefined): readonly Image[] {
  const shared = new Map<string, Role[]>()
  for (const role of resolved.config.roles) {
    const needs = JSON.stringify(role.packages.map(({ value }) => value))
    shared.set(needs, [...(shared.get(needs) ?? []), role])
  }
  return [...shared.values()].map((roles) => planImage(roles, resolved, ignoreFile))
}

function planImage(roles: readonly Role[], resolved: Resolved, ignoreFile: string | undefined): Image {
  const { environment, config } = resolved
  const name = roles[0]?.name.value ?? ''
  const extra = roles[0]?.packages.map(({ value }) => value) ?? []
  const packages = planPackages(name, extra, resolved)
  return {
    name,
    roles: roles.map((role) => role.name.value),
    baseImage: environment.baseImage,
    baseImageReason: environment.baseImageReason,
    isForeignBase: config.build.from !== undefined,
    systemPackages: environment.systemPackages,
    builder: planBuilder(environment.requirements),
    packages,
    buildArguments: config.build.args.map((argument) => ({ name: argument.name.value, value: argument.value?.value })),
    indexes: environment.framework?.index === undefined ? [] : [environment.framework.index],
    variables: [
      ...environment.variables,
      ...(config.cache.scope === 'none' ? [] : CACHE_VARIABLES),
      ['PYTHONPATH', [...new Set([CODE_FOLDER, ...resolved.code.flatMap(({ importFolders }) => importFolders)])].join(':')],
    ],
    code: planCode(resolved),
    ignore: planIgnore(resolved, packages, ignoreFile),
  }
}

/** The framework first: it is the largest and changes least. */
function planPackages(image: string, extra: readonly string[], resolved: Resolved): readonly PackageLayer[] {
  const { framework, requirements, packages } = resolved.environment
  const inline = [...packages, ...extra]
  return [
    ...(framework === undefined
      ? []
      : [
          {
            kind: 'framework',
            title: `${framework.title} ${framework.version}`,
            reason: framework.reason,
            requirements: framework.requirements,
            indexArgument: framework.index?.argument,
          } as const,
        ]),
    ...requirements.map((file, index) => planRequirements(file, `${image}.requirements${index === 0 ? '' : index + 1}.txt`, resolved)),
    ...(inline.length === 0 ? [] : [{ kind: 'packages', requirements: inline } as const]),
  ]
}

function planBuilder(files: readonly RequirementsFile[]): Builder | undefined {
  const requirements = files.flatMap(({ compiled }) => compiled)
  const systemPackages = [...new Set(files.flatMap(({ buildPackages }) => buildPackages))].sort()
  return requirements.length === 0 ? undefined : { systemPackages, requirements }
}

function planRequirements(file: RequirementsFile, copyName: string, { layout }: Resolved): PackageLayer {
  const inContext = (path: string) => pathFromContext(path, layout)
  return {
    kind: 'requirements',
    file: file.path,
    path: inContext(file.path),
    includes: file.includes.map(inContext),
    copy: file.rewritten === undefined ? undefined : { path: posix.join(layout.outputFromContext, OWN_FOLDER, copyName), text: file.rewritten },
    isCompiled: file.compiled.length > 0,
    isHashed: file.isHashed,
    isLocked: file.isLocked,
  }
}

function planCode({ code, layout }: Resolved): readonly CodeCopy[] {
  return code.map(({ path, isFolder, target }) => ({ source: pathFromContext(path, layout), isFolder, target }))
}
