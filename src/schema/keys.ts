/** Walks the bundled schema key by key, for the page that documents the language, for `explain` and for hints on where a key belongs. */

export type Schema = Readonly<Record<string, unknown>>

export interface Key {
  /** From the section that documents it, such as `count` or `NAME.source`; a section's own is the key at the top of the file. */
  readonly name: string
  /** With all that its reference adds. */
  readonly schema: Schema
  /** The key at the top of the file that means the same and is documented there. */
  readonly sameAs: string | undefined
  /** A config that has `value` at this key, and beside it what is required. */
  readonly configWith: (value: unknown) => Schema
}

/** Keys that several roles share. */
export interface Group {
  readonly name: string
  readonly schema: Schema
  readonly keys: readonly Key[]
}

/** What a name of the user's own is called in paths. */
export const NAME = 'NAME'

const SMALLEST: Schema = { framework: 'scikit-learn', train: 'train.py' }

/** The keys at the top of the file, in the schema's order. */
export function listSections(bundle: Schema): readonly Key[] {
  return Object.entries(propertiesOf(bundle)).map(([name, schema]) => ({
    name,
    schema: withAllExamples(schema, bundle),
    sameAs: undefined,
    configWith: (value) => ({ ...SMALLEST, [name]: value }),
  }))
}

/** A section has room for the examples of the key and of what it refers to. */
function withAllExamples(schema: Schema, bundle: Schema): Schema {
  const { examples: _own, ...reference } = schema
  const resolved = resolve(reference, bundle)
  const examples = [...examplesOf(schema), ...examplesOf(resolved)].map((example) => JSON.stringify(example))
  return { ...resolved, examples: [...new Set(examples)].map((example) => JSON.parse(example) as unknown) }
}

/** Every key below one, at any depth, each before those below it; the keys of groups are not among them. */
export function listKeysBelow(key: Key, bundle: Schema, prefix = ''): readonly Key[] {
  return childrenOf(key, bundle, prefix).flatMap((child) => (child.sameAs === undefined ? [child, ...listKeysBelow(child, bundle, `${child.name}.`)] : [child]))
}

/** For each key that stands directly in sections, which these are: for those who write it elsewhere. */
export function listOwners(bundle: Schema): Readonly<Record<string, readonly string[]>> {
  const owners: Record<string, string[]> = {}
  for (const section of listSections(bundle)) {
    for (const { name } of listKeysBelow(section, bundle)) if (!name.includes('.') && name !== NAME) (owners[name] ??= []).push(section.name)
  }
  return owners
}

/** The groups whose keys stand in this key's mapping too, by their names under `$defs`. */
export function listGroups({ schema }: Key): readonly string[] {
  return ((schema['allOf'] ?? []) as readonly Schema[]).map(definitionName)
}

export function findGroup(name: string, bundle: Schema): Group {
  const schema = definitionsOf(bundle)[name] ?? {}
  const inTrain = (value: unknown) => ({ ...SMALLEST, train: { command: 'train.py', ...(value as Schema) } })
  const owner: Key = { name, schema, sameAs: undefined, configWith: inTrain }
  return { name, schema, keys: listKeysBelow(owner, bundle) }
}

function childrenOf(key: Key, bundle: Schema, prefix: string): readonly Key[] {
  const { schema, configWith } = key
  const required = requiredValues(schema, bundle)
  const own = Object.entries(propertiesOf(schema)).filter(([, child]) => saysWhatItTakes(child))
  const children = own.map(([name, child]) => makeKey(`${prefix}${name}`, child, bundle, (value) => configWith({ ...required, [name]: value })))
  const ofUsers = schema['additionalProperties']
  if (isSchema(ofUsers) && schema['propertyNames'] !== undefined) {
    children.push(makeKey(`${prefix}${NAME}`, ofUsers, bundle, (value) => configWith({ [NAME]: value })))
  }
  if (children.length > 0 || !isSchema(schema['items'])) return children
  const item = makeKey(key.name, schema['items'], bundle, (value) => configWith([value]))
  return childrenOf(item, bundle, prefix)
}

function makeKey(name: string, schema: Schema, bundle: Schema, configWith: Key['configWith']): Key {
  const target = schema['$ref'] === undefined ? '' : definitionName(schema)
  return { name, schema: resolve(schema, bundle), sameAs: target in propertiesOf(bundle) ? target : undefined, configWith }
}

/** A schema with what its reference and its branches add: nothing of it is lost but that some of it holds of one form only. */
function resolve(schema: Schema, bundle: Schema): Schema {
  const { $ref, ...own } = schema
  const target = $ref === undefined ? {} : resolve(definitionsOf(bundle)[definitionName(schema)] ?? {}, bundle)
  const branch = isSchema(own['then']) ? resolve(own['then'], bundle) : {}
  const merged: Schema = { ...target, ...own, properties: { ...propertiesOf(target), ...propertiesOf(branch), ...propertiesOf(own) } }
  return 'enum' in branch ? { ...merged, enum: branch['enum'] } : merged
}

/** Overlays list names without schemas, and roles list the keys of their groups as merely allowed. */
function saysWhatItTakes(schema: unknown): schema is Schema {
  return isSchema(schema) && ['type', 'enum', '$ref'].some((keyword) => keyword in schema)
}

function requiredValues(schema: Schema, bundle: Schema): Schema {
  const names = (schema['required'] ?? []) as readonly string[]
  return Object.fromEntries(names.map((name) => [name, examplesOf(resolve(propertiesOf(schema)[name] ?? {}, bundle))[0]]))
}

/** The values of a text, or of any kind, where only some are allowed. */
export function choicesOf(schema: Schema): readonly unknown[] {
  return (schema['enum'] ?? []) as readonly unknown[]
}

export function examplesOf(schema: Schema): readonly unknown[] {
  return (schema['examples'] ?? []) as readonly unknown[]
}

function propertiesOf(schema: Schema): Readonly<Record<string, Schema>> {
  return (schema['properties'] ?? {}) as Readonly<Record<string, Schema>>
}

function definitionsOf(bundle: Schema): Readonly<Record<string, Schema>> {
  return bundle['$defs'] as Readonly<Record<string, Schema>>
}

function definitionName({ $ref }: Schema): string {
  return String($ref).replace('#/$defs/', '')
}

/** Whether a value is a mapping, as all schemas but `true` and `false` are. */
export function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
