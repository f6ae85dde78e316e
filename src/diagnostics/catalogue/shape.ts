/** Diagnostics of the config's shape, MLS11xx: keys, types, choices, and values that mean nothing. */
import { define } from '../diagnostic.ts'
import { didYouMean } from '../suggest.ts'

type Nothing = Record<string, never>

export const unknownKey = define<{ key: string; parent: string; suggestion: string | undefined; sections: string; choices: string }>(
  {
    code: 'MLS1101',
    severity: 'error',
    title: 'unknown key',
    explanation: 'The language has no such key at this place. Nothing is ignored, so that a misspelt key cannot go unnoticed. Keys that begin with `x-` are yours.',
  },
  ({ key, parent, suggestion, sections, choices }) => ({
    message: parent === '' ? `unknown key \`${key}\`` : `unknown key \`${key}\` in \`${parent}\``,
    help: didYouMean(suggestion) ?? (sections === '' ? (choices === '' ? undefined : `known here: ${choices}`) : `put it into ${sections}`),
  }),
)

export const wrongType = define<{ name: string; expected: string; found: string; suggestion: string | undefined; example: string | undefined }>(
  {
    code: 'MLS1102',
    severity: 'error',
    title: 'wrong type',
    explanation: 'The value is of a kind that this key does not take.',
  },
  ({ name, expected, found, suggestion, example }) => ({
    message: found === 'nothing' ? `\`${name}\` has no value; it takes ${expected}` : `\`${name}\` takes ${expected}, not ${found}`,
    help: didYouMean(suggestion) ?? (example === undefined ? undefined : `for example: ${example}`),
  }),
)

export const wrongChoice = define<{ name: string; found: string; suggestion: string | undefined; choices: string }>(
  {
    code: 'MLS1103',
    severity: 'error',
    title: 'wrong choice',
    explanation: 'This key takes one of a few values, and the value given is none of them.',
  },
  ({ name, found, suggestion, choices }) => ({
    message: `\`${found}\` is no choice for \`${name}\``,
    help: `${suggestion === undefined ? '' : `did you mean \`${suggestion}\`? `}choices: ${choices}`,
  }),
)

export const missingKey = define<{ key: string; parent: string; example: string | undefined }>(
  {
    code: 'MLS1104',
    severity: 'error',
    title: 'missing key',
    explanation: 'A key that is required here is not given.',
  },
  ({ key, parent, example }) => ({
    message: parent === '' ? `the key \`${key}\` is missing` : `\`${parent}\` lacks the key \`${key}\``,
    help: example === undefined ? undefined : `add, for example: ${key}: ${example}`,
  }),
)

export const emptyConfig = define<Nothing>(
  { code: 'MLS1105', severity: 'error', title: 'empty file', explanation: 'The config holds nothing. The least is `framework` and one of `train`, `evaluate`, `serve`, `jobs`, `notebook` and `services`.' },
  () => ({ message: 'the file is empty', help: 'begin with: framework: scikit-learn' }),
)

export const rootNotMapping = define<{ found: string }>(
  { code: 'MLS1106', severity: 'error', title: 'root is no mapping', explanation: 'A config is a mapping of keys such as `framework` and `train`.' },
  ({ found }) => ({ message: `the file holds ${found}, not a mapping of keys`, help: 'begin with: framework: scikit-learn' }),
)

export const badFormat = define<{ name: string; found: string; expects: string; suggestion?: string | undefined }>(
  { code: 'MLS1107', severity: 'error', title: 'bad format', explanation: 'The value is of the right kind, but not written as this key needs it.' },
  ({ name, found, expects, suggestion }) => ({ message: `\`${found}\` is no valid \`${name}\``, help: `${suggestion === undefined ? '' : `did you mean \`${suggestion}\`? `}it must be ${expects}` }),
)

export const outOfRange = define<{ name: string; found: string; limit: string }>(
  { code: 'MLS1108', severity: 'error', title: 'out of range', explanation: 'The value lies outside of what this key takes.' },
  ({ name, found, limit }) => ({ message: `\`${name}\` must be ${limit}, not ${found}` }),
)

export const nothingToRun = define<Nothing>(
  { code: 'MLS1109', severity: 'error', title: 'nothing to run', explanation: 'A stack needs something to run: one of `train`, `evaluate`, `serve`, `jobs`, `notebook` and `services`.' },
  () => ({ message: 'there is nothing to run: `train`, `evaluate`, `serve`, `jobs`, `notebook` or `services` is needed', help: 'add, for example: train: train.py' }),
)

export const referenceNotAllowed = define<{ reference: string; name: string }>(
  {
    code: 'MLS1111',
    severity: 'error',
    title: 'reference not allowed',
    explanation: 'References such as `${NAME}` are filled in by Compose at `up`. This value is needed when compiling, so it must be written out.',
  },
  ({ reference, name }) => ({ message: `\`${reference}\` cannot be filled in when compiling, so \`${name}\` takes no reference`, help: 'write the value out; a dollar sign itself is written $$' }),
)

export const badReference = define<{ problem: string }>(
  { code: 'MLS1112', severity: 'error', title: 'bad reference', explanation: 'A reference is `$NAME`, `${NAME}`, or `${NAME:-default}` with one of the operators `:-`, `-`, `:+`, `+`, `:?` and `?`.' },
  ({ problem }) => ({ message: problem, help: 'write ${NAME} or ${NAME:-default}; a dollar sign itself is written $$' }),
)

export const badCommand = define<{ problem: string; help: string | undefined }>(
  { code: 'MLS1113', severity: 'error', title: 'bad command', explanation: 'A command is a list of words, or a string that is split into words or run by bash.' },
  ({ problem, help }) => ({ message: problem, help }),
)

export const badByteSize = define<{ name: string; found: string }>(
  { code: 'MLS1114', severity: 'error', title: 'bad size', explanation: 'Sizes are Compose byte values: a number and one of b, k, m, g and t, with `B` or `iB` after it if you like.' },
  ({ name, found }) => ({ message: `\`${found}\` is no size for \`${name}\``, help: 'write a number with a unit, such as 512m, 16gb or 16GiB' }),
)

export const badRequirement = define<{ metric: string; found: string; problem: string }>(
  { code: 'MLS1115', severity: 'error', title: 'bad requirement', explanation: 'A requirement is a comparison and a number, such as ">= 0.95", or relative to the model now served, such as ">= served - 0.005".' },
  ({ metric, found, problem }) => ({ message: `\`${found}\` is no requirement for \`${metric}\`: ${problem}`, help: `write, for example: ${metric}: ">= 0.9"` }),
)

export const bareRequirement = define<{ metric: string; number: string }>(
  { code: 'MLS1116', severity: 'error', title: 'requirement without a direction', explanation: 'A bare number does not say whether more or less is better.' },
  ({ metric, number }) => ({
    message: `\`${metric}: ${number}\` does not say which way is better`,
    help: `write ${metric}: ">= ${number}" if more is better, or ${metric}: "<= ${number}" if less is`,
  }),
)

export const reservedVariable = define<{ variable: string; instead?: string | undefined }>(
  { code: 'MLS1117', severity: 'error', title: 'variable set by mlstack', explanation: 'mlstack sets this variable in the container; a value of yours would break what relies on it.' },
  ({ variable, instead = 'give the variable another name' }) => ({ message: `\`${variable}\` is set by mlstack itself`, help: instead }),
)

export const replacedComposeKey = define<{ key: string; instead: string }>(
  { code: 'MLS1118', severity: 'error', title: 'key of ours instead', explanation: 'mlstack uses this Compose key itself; a key of the language does what you need.' },
  ({ key, instead }) => ({ message: `\`${key}\` is used by mlstack itself`, help: instead }),
)

export const refusedComposeKey = define<{ key: string; reason: string }>(
  { code: 'MLS1119', severity: 'error', title: 'refused key', explanation: 'This setting would give the container the run of the machine.' },
  ({ key, reason }) => ({ message: `\`${key}\` is refused: ${reason}` }),
)

export const weakeningComposeKey = define<{ key: string; reason: string }>(
  { code: 'MLS1120', severity: 'warning', title: 'weaker isolation', explanation: 'The setting is passed on, but takes away a protection that the generated service has.' },
  ({ key, reason }) => ({ message: `\`${key}\` weakens the container: ${reason}` }),
)

export const gpuZero = define<Nothing>(
  { code: 'MLS1121', severity: 'error', title: 'GPU 0', explanation: '`gpu: 0` could mean no GPU, or the device with the number 0.' },
  () => ({ message: '`gpu: 0` could mean no GPU or device 0', help: 'write gpu: false for none, or gpu: [0] for device 0' }),
)

export const secretLiteral = define<{ kind: string; variable: string }>(
  {
    code: 'MLS1122',
    severity: 'error',
    title: 'secret in the file',
    explanation: 'A value that looks like a secret stands in the config, from where it would reach compose.yaml and version control. It is not shown here.',
    concealed: true,
  },
  ({ kind, variable }) => ({ message: `the value of \`${variable}\` looks like ${kind}`, help: `keep it out of files: secrets: [${variable}]` }),
)

export const unknownName = define<{ kind: string; name: string; suggestion: string | undefined; choices: string }>(
  { code: 'MLS1123', severity: 'error', title: 'unknown name', explanation: 'A name that refers to something in the same file has no such thing to refer to.' },
  ({ kind, name, suggestion, choices }) => ({
    message: `there is no ${kind} \`${name}\``,
    help: didYouMean(suggestion) ?? (choices === '' ? `declare it under \`${kind}s\`` : `known: ${choices}`),
  }),
)

export const emptyText = define<{ name: string }>(
  { code: 'MLS1124', severity: 'error', title: 'empty value', explanation: 'An empty text means nothing here.' },
  ({ name }) => ({ message: `\`${name}\` is empty` }),
)

export const repeatedValue = define<{ name: string; found: string }>(
  { code: 'MLS1125', severity: 'error', title: 'repeated value', explanation: 'The same value stands twice in a list whose values must differ.' },
  ({ name, found }) => ({ message: `\`${found}\` stands twice in \`${name}\`` }),
)

export const badName = define<{ name: string; parent: string; expects: string }>(
  { code: 'MLS1126', severity: 'error', title: 'bad name', explanation: 'Names in this mapping become names in containers or in Compose, which take only some characters.' },
  ({ name, parent, expects }) => ({ message: `\`${name}\` is no valid name in \`${parent}\``, help: `it must be ${expects}` }),
)

export const excludingKeys = define<{ key: string; other: string; parent: string }>(
  { code: 'MLS1127', severity: 'error', title: 'keys that exclude each other', explanation: 'Only one of the two keys can be given: each says the same thing in another way.' },
  ({ key, other, parent }) => ({ message: `\`${parent}\` has both \`${other}\` and \`${key}\``, help: 'remove one of them' }),
)

export const unwritableReference = define<{ reference: string }>(
  {
    code: 'MLS1128',
    severity: 'error',
    title: 'brace inside a reference',
    explanation: 'A value that mlstack puts into the default of a reference holds a brace, and Compose, which has no escape for one, would end the reference there.',
  },
  ({ reference }) => ({ message: `Compose would misread \`${reference}\`: the braces in it do not pair`, help: 'leave the brace out, or set the whole value in the shell' }),
)

export const namelessUser = define<{ instead: string }>(
  {
    code: 'MLS1129',
    severity: 'warning',
    title: 'user without a name',
    explanation:
      'The image has one user with a name and a home, that of MLSTACK_UID. A process under another number has neither, and fails with `getpwuid(): uid not found`, or where it keeps files in its home.',
  },
  ({ instead }) => ({ message: '`user`: in the image, only the number of MLSTACK_UID has a name and a home', help: instead }),
)

export const secretArgument = define<{ variable: string }>(
  {
    code: 'MLS1130',
    severity: 'warning',
    title: 'secret as a build argument',
    explanation: 'Build arguments stay in the image: `docker history` shows them to everyone who has it.',
  },
  ({ variable }) => ({ message: `\`${variable}\` would stay in the image as a build argument`, help: `give it to the running jobs instead: secrets: [${variable}]` }),
)

export const nothingToRemove = define<{ key: string; variant: string; suggestion: string | undefined }>(
  {
    code: 'MLS1180',
    severity: 'error',
    title: 'nothing to remove',
    explanation: 'In a variant, a key without a value removes what the file has there. The file has nothing there, so the key is misspelt, or its value is missing.',
  },
  ({ key, variant, suggestion }) => ({
    message: `the variant \`${variant}\` removes \`${key}\`, which the file does not have`,
    help: didYouMean(suggestion) ?? 'give it a value, or remove the line',
  }),
)

export const unknownVariant = define<{ name: string; suggestion: string | undefined; choices: string }>(
  { code: 'MLS1181', severity: 'error', title: 'unknown variant', explanation: '--variant names none of the overlays that stand under `variants`.' },
  ({ name, suggestion, choices }) => ({
    message: `there is no variant \`${name}\``,
    help: didYouMean(suggestion) ?? (choices === '' ? 'add it to the config: variants: {' + name + ': {…}}' : `known: ${choices}`),
  }),
)
