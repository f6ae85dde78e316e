/** Diagnostics of the YAML front end, MLS10xx: bytes, limits, and YAML itself. */
import { define } from '../diagnostic.ts'

export const notUtf8 = define<Record<string, never>>(
  {
    code: 'MLS1001',
    severity: 'error',
    title: 'not UTF-8',
    explanation: 'The file holds bytes that are no UTF-8 text. Save it as UTF-8; a byte order mark is fine.',
  },
  () => ({ message: 'this file is not UTF-8 text', help: 'save it with the encoding UTF-8' }),
)

export const loneCarriageReturn = define<Record<string, never>>(
  {
    code: 'MLS1002',
    severity: 'error',
    title: 'lone carriage return',
    explanation: 'A carriage return that no line feed follows ends a line for some readers and not for others. Use LF or CR LF.',
  },
  () => ({ message: 'a carriage return without a line feed', help: 'save the file with LF or CR LF line ends' }),
)

export const controlCharacter = define<{ code: number }>(
  {
    code: 'MLS1003',
    severity: 'error',
    title: 'control character',
    explanation: 'YAML allows no control characters besides tab, line feed and carriage return. In a double-quoted string, write an escape such as \\x1b.',
  },
  ({ code }) => ({
    message: `control character U+${code.toString(16).toUpperCase().padStart(4, '0')} is not allowed`,
    help: `remove it, or write it as "\\x${code.toString(16).padStart(2, '0')}" in double quotes`,
  }),
)

export const fileTooLarge = define<{ limit: string }>(
  {
    code: 'MLS1004',
    severity: 'error',
    title: 'file too large',
    explanation: 'A config over 1 MiB is refused before it is parsed, so that a hostile file cannot exhaust the machine.',
  },
  ({ limit }) => ({ message: `the file is larger than ${limit}` }),
)

export const nestedTooDeep = define<{ limit: number }>(
  {
    code: 'MLS1005',
    severity: 'error',
    title: 'nested too deep',
    explanation: 'Collections nested deeper than 64 levels are refused before the file is composed, since they can exhaust the stack.',
  },
  ({ limit }) => ({ message: `nested deeper than ${limit} levels` }),
)

export const tooManyKeys = define<{ limit: number }>(
  {
    code: 'MLS1006',
    severity: 'error',
    title: 'too many keys',
    explanation: 'A mapping with more than 10,000 keys is refused.',
  },
  ({ limit }) => ({ message: `a mapping with more than ${limit} keys` }),
)

export const aliasesExpandTooFar = define<{ alias: string }>(
  {
    code: 'MLS1007',
    severity: 'error',
    title: 'aliases expand too far',
    explanation: 'Aliases of aliases can stand for billions of values in a few lines. Expansion stops at 100,000 values.',
  },
  ({ alias }) => ({ message: `the aliases of this file expand too far at \`*${alias}\`` }),
)

export const aliasInsideItself = define<{ alias: string }>(
  {
    code: 'MLS1008',
    severity: 'error',
    title: 'alias inside its own anchor',
    explanation: 'An alias inside the value that its anchor names would make that value endless.',
  },
  ({ alias }) => ({ message: `\`*${alias}\` stands inside the value that \`&${alias}\` names` }),
)

export const unknownAlias = define<{ alias: string; suggestion: string | undefined }>(
  {
    code: 'MLS1009',
    severity: 'error',
    title: 'unknown alias',
    explanation: 'An alias needs an anchor (`&name`) further up in the file.',
  },
  ({ alias, suggestion }) => ({
    message: `no anchor \`&${alias}\` comes before this alias`,
    help: suggestion === undefined ? undefined : `did you mean \`*${suggestion}\`?`,
  }),
)

export const invalidYaml = define<{ problem: string; help: string | undefined }>(
  {
    code: 'MLS1010',
    severity: 'error',
    title: 'invalid YAML',
    explanation: 'The text is not YAML 1.2. The first problem is shown; what follows it cannot be read with certainty.',
  },
  ({ problem, help }) => ({ message: problem, help }),
)

export const tabIndentation = define<Record<string, never>>(
  {
    code: 'MLS1011',
    severity: 'error',
    title: 'tab in indentation',
    explanation: 'YAML indents with spaces; a tab there is an error in every YAML reader.',
  },
  () => ({ message: 'a tab cannot indent YAML', help: 'use spaces' }),
)

export const duplicateKey = define<{ key: string }>(
  {
    code: 'MLS1012',
    severity: 'error',
    title: 'duplicate key',
    explanation: 'The same key twice in one mapping: readers disagree about which one counts. Keep one.',
  },
  ({ key }) => ({ message: `\`${key}\` is given twice` }),
)

export const explicitTag = define<{ tag: string }>(
  {
    code: 'MLS1013',
    severity: 'error',
    title: 'tag',
    explanation: 'Tags such as `!!str` or `!custom` change the meaning of a value and are not part of the language. Quote a value to make it a string.',
  },
  ({ tag }) => ({ message: `tags such as \`${tag}\` are not allowed`, help: 'quote the value to make it a string' }),
)

export const directive = define<{ directive: string }>(
  {
    code: 'MLS1014',
    severity: 'error',
    title: 'directive',
    explanation: 'Directives such as `%YAML 1.1` change how the file is read. The language is YAML 1.2, always.',
  },
  ({ directive: text }) => ({ message: `directives such as \`${text}\` are not allowed` }),
)

export const secondDocument = define<Record<string, never>>(
  {
    code: 'MLS1015',
    severity: 'error',
    title: 'second document',
    explanation: 'A file is one YAML document. A line `---` in the middle starts a second one.',
  },
  () => ({ message: 'a second YAML document begins here', help: 'keep one document in a file' }),
)

export const keyNotText = define<Record<string, never>>(
  {
    code: 'MLS1016',
    severity: 'error',
    title: 'key is no text',
    explanation: 'Keys are texts. A list, a mapping or nothing at all cannot be a key.',
  },
  () => ({ message: 'a key must be a text' }),
)

export const badMerge = define<{ found: string }>(
  {
    code: 'MLS1017',
    severity: 'error',
    title: 'merge of no mapping',
    explanation: 'The merge key `<<` takes a mapping, usually an alias, or a list of mappings.',
  },
  ({ found }) => ({ message: `\`<<\` merges mappings, not ${found}`, help: 'give it an alias of a mapping, such as `<<: *defaults`' }),
)
