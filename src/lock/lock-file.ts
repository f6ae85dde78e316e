/** The lock as data, and as the text of `mlstack.lock`: YAML in one order, a line a package, so that a change reads well in a review. */
import { stringify } from 'yaml'
import { formatRequirement as formatAny } from '../project/requirement-entry.ts'

/** Beside the config. */
export const LOCK_FILE = 'mlstack.lock'

/** The version of the file's format. */
export const LOCK_VERSION = 1

export interface Lock {
  /** In the order of the plan. */
  readonly images: readonly LockedImage[]
}

export interface LockedImage {
  readonly name: string
  /** The base image as the plan names it, and the digest that its registry gave for that. */
  readonly base: string
  readonly digest: string
  /** The whole version of the Python in the base image. */
  readonly python: string
  /** Such as `linux/amd64`; hashes are those of files for these. */
  readonly platforms: readonly string[]
  readonly layers: readonly LockedLayer[]
}

export interface LockedLayer {
  /** What it installs: `PyTorch 2.13.0`, the path of a requirements file, or `packages`. */
  readonly title: string
  /** The framework's own index as the plan has it, such as `PYTORCH_INDEX_URL=https://…`. */
  readonly index: string | undefined
  /** The requirements that were resolved, as written; one that only limits others begins with `-c`. */
  readonly asked: readonly string[]
  /** What this layer adds to those before it, by name. */
  readonly packages: readonly LockedPackage[]
}

export interface LockedPackage {
  /** In its normalised spelling. */
  readonly name: string
  readonly version: string
  /** Where it comes from, for one that is no file of an index; a URL of a version control ends with `@COMMIT`. */
  readonly url: string | undefined
  /** Empty where it is the same on every platform of the image. */
  readonly marker: string
  /** SHA-256 in lower-case hex digits, sorted; none for what comes from version control. */
  readonly hashes: readonly string[]
}

const COMMENT = `# Made by \`mlstack lock\`. Commit it: compiling uses it, and needs no network for that.
# Base images are held by digest, packages by version and hash. Run \`mlstack lock\` again to renew it; do not edit it by hand.
`

/** The whole text of the file. */
export function formatLock({ images }: Lock): string {
  const body = { version: LOCK_VERSION, images: Object.fromEntries(images.map((image) => [image.name, imageEntries(image)])) }
  return `${COMMENT}${stringify(body, { lineWidth: 0, aliasDuplicateObjects: false })}`
}

/** A package on one line: its requirement, then the hashes. */
export function formatPackage({ hashes, ...locked }: LockedPackage): string {
  return [formatRequirement(locked), ...hashes.map((hash) => `sha256:${hash}`)].join(' ')
}

/** The PEP 508 requirement that allows this package alone. */
export function formatRequirement({ name, version, url, marker }: Omit<LockedPackage, 'hashes'>): string {
  return formatAny({ name, extras: [], specifier: `==${version}`, url, marker })
}

/** The image under its tag and its digest: the tag is for people, the digest decides. */
export function withDigest(image: string, digest: string): string {
  return image.includes('@') ? image : `${image}@${digest}`
}

function imageEntries({ base, digest, python, platforms, layers }: LockedImage): object {
  return { base, digest, python, platforms, layers: layers.map(layerEntries) }
}

function layerEntries({ title, index, asked, packages }: LockedLayer): object {
  return { for: title, ...(index === undefined ? {} : { index }), asked, packages: packages.map(formatPackage) }
}
