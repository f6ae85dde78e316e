/** Whether the servers that data and models are fetched from can be reached. */
import { NO_STACK, ok, skipped, warning, type Check } from '../check.ts'
import { isRemote } from '../machine.ts'
import { joinFew } from '../words.ts'

const WORDS: Readonly<Record<string, string>> = { ENOTFOUND: 'no such name', EAI_AGAIN: 'names are not answered', ECONNREFUSED: 'nothing listens there', ETIMEDOUT: 'it does not answer' }

export const FETCHES: Check = {
  id: 'fetches',
  title: 'Servers of data',
  why: 'a dataset or a model that cannot be fetched stops the jobs that need it',
  look: (machine, needs) => {
    if (needs === undefined) return NO_STACK
    if (machine.hosts.length === 0) return ok('the stack fetches nothing')
    if (isRemote(machine)) return skipped('the engine is on another machine, which does the fetching')
    if (['HTTP_PROXY', 'HTTPS_PROXY'].some((name) => (machine.variables[name] ?? '') !== '')) return skipped('a proxy does the fetching')
    const away = machine.hosts.flatMap(({ need, error }) => (error === undefined ? [] : [`${need.host}:${need.port} of ${need.service} (${WORDS[error] ?? error})`]))
    if (away.length > 0) return warning(`${joinFew([...new Set(away)])} cannot be reached from here`, 'correct `source`, or connect to the network; what is in its volume already is not fetched again')
    return ok(`${joinFew([...new Set(machine.hosts.map(({ need }) => need.host))])}: reached`)
  },
}
