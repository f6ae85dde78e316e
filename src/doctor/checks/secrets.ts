/** Whether the secrets that come from the shell are set. Their values are never shown. */
import { failed, NO_STACK, ok, type Check } from '../check.ts'
import { joinWords } from '../words.ts'

export const SECRETS: Check = {
  id: 'secrets',
  title: 'Secrets',
  why: 'Compose starts no service whose secret is not set',
  look: ({ variables }, needs) => {
    if (needs === undefined) return NO_STACK
    if (needs.secrets.length === 0) return ok('the stack takes none from the shell')
    const missing = needs.secrets.filter((name) => (variables[name] ?? '') === '')
    if (missing.length === 0) return ok(`${joinWords(needs.secrets)} ${needs.secrets.length === 1 ? 'is' : 'are'} set`)
    return failed(`${joinWords(missing)} ${missing.length === 1 ? 'is' : 'are'} neither in the shell nor in .env`, missing.map((name) => `read -rs ${name} && export ${name}`).join('\n'))
  },
}
