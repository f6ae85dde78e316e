/** Tells literal secrets from harmless values: tokens of known kinds by their shape, others by the variable's name and their randomness. */

/** Shapes that services give their secrets, in the words of a diagnostic: `the value of X looks like …`. */
const KNOWN_SHAPES: readonly { readonly kind: string; readonly pattern: RegExp }[] = [
  { kind: 'a private key', pattern: /-----BEGIN [A-Z ]{0,40}PRIVATE KEY/ },
  { kind: 'a Hugging Face token', pattern: /(?<![A-Za-z0-9])hf_[A-Za-z0-9]{20}/ },
  { kind: 'a GitHub token', pattern: /(?<![A-Za-z0-9])(?:gh[oprsu]_[A-Za-z0-9]{20}|github_pat_[A-Za-z0-9_]{20})/ },
  { kind: 'a GitLab token', pattern: /(?<![A-Za-z0-9])glpat-[A-Za-z0-9_-]{20}/ },
  { kind: 'an AWS access key', pattern: /(?<![A-Za-z0-9])A(?:KI|SI)A[A-Z0-9]{16}(?![A-Za-z0-9])/ },
  { kind: 'a Google API key', pattern: /(?<![A-Za-z0-9])AIza[A-Za-z0-9_-]{30}/ },
  { kind: 'a Slack token', pattern: /(?<![A-Za-z0-9])xox[abeoprs]-[A-Za-z0-9-]{10}/ },
  { kind: 'an npm token', pattern: /(?<![A-Za-z0-9])npm_[A-Za-z0-9]{30}/ },
  { kind: 'a PyPI token', pattern: /(?<![A-Za-z0-9])pypi-[A-Za-z0-9_-]{50}/ },
  // `sk-` alone also begins words, such as `sk-learn-…`: a key has capitals and digits.
  { kind: 'an API key', pattern: /(?<![A-Za-z0-9])sk-(?=[^\s]{0,200}[A-Z])(?=[^\s]{0,200}\d)[A-Za-z0-9_-]{20}/ },
  { kind: 'a signed token', pattern: /(?<![A-Za-z0-9])eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+/ },
]

const URL_PASSWORD = /[A-Za-z][A-Za-z0-9+.-]{0,30}:\/\/[^\s/?#:@]{0,256}:([^\s/?#@]{1,512})@(?!sha256:)/
const SECRET_NAME = /(?:TOKEN|SECRET|PASSWORD|PASSWD|API_?KEY|ACCESS_KEY|SECRET_KEY|PRIVATE_KEY)$/i
const PLACEHOLDER = /^(?:$|[<[{*]|x{3,}$|your|my[_-]|change|replace|insert|todo|example|dummy|test|placeholder|fake|none|null|true|false)/i
const PATH = /^(?:\.{0,2}\/|~|[A-Za-z][A-Za-z0-9+.-]{0,30}:\/\/)/

/** Shorter values are rarely random, and seldom more than a default for trying things out. */
const SHORTEST_RANDOM = 16
const FEWEST_DIFFERENT = 9

/** Whether a variable of this name holds a secret, whatever its value is. */
export function isNamedLikeSecret(variable: string): boolean {
  return SECRET_NAME.test(variable)
}

/** What kind of secret a literal value seems to be, in words that follow `looks like`; undefined where it seems to be none. */
export function looksLikeSecret(variable: string, value: string): { readonly kind: string } | undefined {
  const shape = KNOWN_SHAPES.find(({ pattern }) => pattern.test(value))
  if (shape !== undefined) return { kind: shape.kind }
  const [, password] = URL_PASSWORD.exec(value) ?? []
  if (password !== undefined && !PLACEHOLDER.test(password)) return { kind: 'a URL with a password' }
  return isNamedLikeSecret(variable) && looksRandom(value) ? { kind: 'a secret' } : undefined
}

function looksRandom(value: string): boolean {
  if (value.length < SHORTEST_RANDOM || /\s/.test(value) || PLACEHOLDER.test(value) || PATH.test(value)) return false
  const hasMixedCase = /[a-z]/.test(value) && /[A-Z]/.test(value)
  const hasDigitsAndLetters = /\d/.test(value) && /[A-Za-z]/.test(value)
  return (hasMixedCase || hasDigitsAndLetters) && new Set(value).size >= FEWEST_DIFFERENT
}
