/** Which images are built and what is in them: roles that need the same share one. */
import { posix } from 'node:path'
import type { Role } from '../config/config.ts'
import { CACHE_VARIABLES, PACKAGES_FOLDER } from '../facts/container.ts'
import { workingFolderOf } from '../resolve/code.ts'
import type { Environment, RequirementsFile } from '../resolve/environment.ts'
import { planExtras } from './build-extras.ts'
import { planIgnore } from './ignore.ts'
import { planInstaller } from './installer.ts'
import { pathFromContext } from './layout.ts'
import { profilesOf } from './jobs.ts'
import { furtherHelpers } from './helpers.ts'
import { outputsOf } from './outputs.ts'
import { OWN_FOLDER } from './own-files.ts'
import { factsOf } from './role-kinds.ts'
import { datasetsOf, environmentOf, type Resolved } from './resolved.ts'
import { builtRoles } from './vendor.ts'
import { normalizeName } from '../project/requirements.ts'
import type { OwnImage } from '../resolve/own-image.ts'
import { trackingMounts } from './tracking.ts'
import type { OwnDockerfile, Builder, CodeCopy, Image, InstalledProject, PackageLayer } from './stack.ts'

/** The images that are built, each named for the first role that uses it. */
export function planImages(resolved: Resolved, ignoreFile: string | undefined): readonly Image[] {
  return groupRoles(builtRoles(resolved), (role) => environmentOf(role, resolved)).map(({ roles, environment, files }) =>
    planImage({ name: roles[0].name.value, roles, environment, files, resolved, ignoreFile }),
  )
}

export interface ImageGroup {
  readonly roles: readonly [Role, ...Role[]]
  readonly environment: Environment
  /** The first role whose image installs the same; files of requirements are named for it. */
  readonly files: string
}

/** Roles whose images hold the same share one. */
export function groupRoles(roles: readonly Role[], environmentFor: (role: Role) => Environment): readonly ImageGroup[] {
  const groups = new Map<string, { roles: [Role, ...Role[]]; environment: Environment; files: string }>()
  const owners = new Map<string, string>()
  const contents = new Map<Environment, string>()
  for (const role of roles) {
    const environment = environmentFor(role)
    const content = contents.get(environment) ?? contentOf(environment)
    contents.set(environment, content)
    // What a person starts by itself has to be built by itself.
    const key = JSON.stringify([factsOf(role).editsProject ? role.name.value : undefined, content])
    const files = owners.get(content) ?? role.name.value
    owners.set(content, files)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { roles: [role], environment, files })
    else group.roles.push(role)
  }
  return [...groups.values()]
}

/** What is in an image, without the words that say why. */
export function contentOf({ baseImage, constraints, frameworks, packages, requirements, systemPackages, variables }: Environment): string {
  const installs = frameworks.map(({ requirements: own, limits, index }) => [own, limits, index])
  return JSON.stringify([baseImage, installs, packages, requirements, constraints, systemPackages.map(({ name }) => name), variables])
}

export interface ImageInput extends ImageGroup {
  readonly name: string
  readonly resolved: Resolved
  readonly ignoreFile: string | undefined
}

export function planImage({ name, roles, environment, files, resolved, ignoreFile }: ImageInput): Image {
  const { config } = resolved
  const isNotebook = factsOf(roles[0]).editsProject
  const added = isNotebook ? environment.ofNotebook.requirements : []
  const packages = [...planPackages({ files, environment, resolved }), ...(added.length === 0 ? [] : [{ kind: 'packages', requirements: added, isAddition: true } as const])]
  const limits = planLimits(files, environment, resolved)
  const installer = planInstaller(config)
  const constraints = environment.constraints.map((path) => pathFromContext(path, resolved.layout))
  const helpers = furtherHelpers(roles, resolved)
  return {
    name,
    helpers,
    roles: builderFirst(roles).map((role) => role.name.value),
    baseImage: environment.baseImage,
    baseImageReason: environment.baseImageReason,
    isForeignBase: config.build.from !== undefined,
    platforms: config.build.platforms?.value.map(({ value }) => value) ?? [],
    systemPackages: environment.systemPackages,
    builder: planBuilder(environment.requirements),
    packages,
    limits,
    constraints,
    installer,
    buildSecrets: packages.length === 0 && environment.requirements.length === 0 ? [] : installer.logins.map(({ secret }) => secret),
    buildArguments: config.build.args.map((argument) => ({ name: argument.name.value, value: argument.value?.value })),
    indexes: environment.frameworks.flatMap(({ index }) => index ?? []),
    frameworkVariables: environment.variables,
    variables: [
      ...(config.cache.scope === 'none' ? [] : CACHE_VARIABLES),
      ['PYTHONPATH', planImports(resolved).join(':')],
    ],
    workingFolder: workingFolderOf(config),
    folders: writableVolumes(roles, resolved),
    // What a Dockerfile of the user's copies, and to where, is its own affair.
    code: resolved.ownImage === undefined ? planCode(resolved) : [],
    projects: resolved.ownImage === undefined ? planProjects(resolved) : [],
    ...(resolved.ownImage === undefined ? {} : { own: planOwn(resolved.ownImage, resolved) }),
    extras: planExtras(roles.map((role) => role.name.value), resolved),
    ignore: planIgnore(resolved, { packages, limits, constraints, installer, helpers }, ignoreFile),
  }
}

/** The first one builds the image: one that runs without a profile, where there is one, since Compose leaves out the others. */
function builderFirst(roles: readonly Role[]): readonly Role[] {
  const isHidden = (role: Role) => profilesOf(role).length > 0
  return [...roles.filter((role) => !isHidden(role)), ...roles.filter(isHidden)]
}

/** Where volumes are mounted that jobs write into. */
function writableVolumes(roles: readonly Role[], { config, datasets, outputs }: Resolved): readonly string[] {
  const ofRoles = datasets.filter((dataset) => roles.some((role) => datasetsOf(role, datasets).includes(dataset)))
  const written = ofRoles.filter(({ origin, isReadOnly }) => origin.kind === 'volume' && !isReadOnly).map(({ mount }) => mount.value)
  const ofOutputs = roles.flatMap((role) => outputsOf(role, outputs)).filter(({ volume }) => volume !== undefined)
  const ofTracking = roles.flatMap((role) => trackingMounts(role, config))
  return [...new Set([...written, ...[...ofOutputs, ...ofTracking].map(({ target }) => target)])]
}

/** Frameworks first: they are the largest and change least. */
function planPackages({ files, environment, resolved }: Pick<ImageInput, 'files' | 'environment' | 'resolved'>): readonly PackageLayer[] {
  const { frameworks, requirements, packages, broughtBy } = environment
  return [
    ...frameworks.map(({ name, title, version, build, reason, requirements: own, limits, index }) => ({
      kind: 'framework' as const,
      name,
      version,
      build,
      title: `${title} ${version}`,
      reason,
      requirements: own,
      limits,
      indexArgument: index?.argument,
    })),
    ...requirements.map((file, index) => planRequirements(file, `${files}.requirements${index === 0 ? '' : index + 1}.txt`, resolved)),
    ...(packages.length === 0 ? [] : [{ kind: 'packages', requirements: packages, broughtBy } as const]),
  ]
}

/** As constraints, since a limit should not install what nothing asks for. */
function planLimits(files: string, { frameworks }: Environment, { layout }: Resolved): Image['limits'] {
  const sections = frameworks.filter(({ limits }) => limits.length > 0).map(({ title, version, limits }) => `# ${title} ${version} does not work with what is left out here.\n${limits.map((limit) => `${limit}\n`).join('')}`)
  return sections.length === 0 ? undefined : { path: posix.join(layout.outputFromContext, OWN_FOLDER, `${files}.limits.txt`), text: sections.join('') }
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
    place: placeOf(file, inContext),
    requirements: [...file.requirements, ...file.compiled],
    copy: file.rewritten === undefined ? undefined : { path: posix.join(layout.outputFromContext, OWN_FOLDER, copyName), text: file.rewritten },
    isCompiled: file.compiled.length > 0,
    isHashed: file.isHashed,
    isLocked: file.isLocked,
  }
}

/** A copy of ours names others from the config's folder; what is installed of a project file or a lock is a list for pip all the same. */
function placeOf({ path, rewritten }: RequirementsFile, inContext: (path: string) => string): string {
  const place = inContext(rewritten === undefined ? path : posix.basename(path))
  return /\.(?:toml|lock)$/.test(path) ? `${place}.txt` : place
}

/** A source is seen from the build context, wherever the Dockerfile lies. */
function planOwn({ path, target, sources }: OwnImage, { layout }: Resolved): OwnDockerfile {
  return { path: pathFromContext(path, layout), target, sources: sources.map((source) => posix.normalize(source.replace(/^\/+/, './'))) }
}

function planCode({ code, layout }: Resolved): readonly CodeCopy[] {
  return code.filter(({ isCopied }) => isCopied).map(({ path, isFolder, target }) => ({ source: pathFromContext(path, layout), isFolder, target }))
}

/** The code first, then what tells Python which projects count as installed. */
function planImports({ code, config }: Resolved): readonly string[] {
  const own = [workingFolderOf(config), ...code.flatMap(({ importFolders }) => importFolders)]
  return [...new Set([...own, ...(code.some(({ distribution }) => distribution !== undefined) ? [PACKAGES_FOLDER] : [])])]
}

/** Stands for a version that only a build of the project would tell. */
const UNKNOWN_VERSION = '0.0.0'

/** Of two projects of one name the first counts, as it does where both are installed. */
function planProjects({ code }: Resolved): readonly InstalledProject[] {
  const all = code.flatMap(({ distribution, path }) => (distribution === undefined ? [] : [{ ...distribution, path: posix.join(path, distribution.file), version: distribution.version ?? UNKNOWN_VERSION }]))
  const once = new Map(all.map((each) => [normalizeName(each.name), each] as const).reverse())
  return [...once.values()].reverse().map(({ name, version, requiresPython, entryPoints, path }) => ({ name, version, requiresPython, entryPoints, file: path }))
}
