/** Proxies and certificates of the shell, by name only: their values may hold passwords. */
import { ok, warning, type Check } from '../check.ts'
import { joinWords } from '../words.ts'

const PROXIES = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'] as const
const CERTIFICATES = ['SSL_CERT_FILE', 'REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE', 'PIP_CERT', 'NODE_EXTRA_CA_CERTS'] as const
const THIS_MACHINE = /^(?:[a-z]+:\/\/)?(?:[^@/]*@)?(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::|\/|$)/i

export const PROXY: Check = {
  id: 'proxy',
  title: 'Proxy and certificates',
  why: 'a build reaches the network as a container does: by the proxy that it is given, and trusting only the certificates in its image',
  look: ({ variables }) => {
    const isSet = (name: string) => (variables[name] ?? '') !== ''
    const proxies = PROXIES.filter(isSet)
    const small = PROXIES.filter((name) => !isSet(name) && isSet(name.toLowerCase()))
    const unreachable = PROXIES.slice(0, 2).filter((name) => THIS_MACHINE.test(variables[name] ?? variables[name.toLowerCase()] ?? ''))
    const certificates = CERTIFICATES.filter(isSet)
    if (small.length > 0) {
      return warning(`${joinWords(small.map((name) => name.toLowerCase()))} in small letters only, which a build is not given`, small.map((name) => `export ${name}="$${name.toLowerCase()}"`).join('\n'))
    }
    if (unreachable.length > 0) return warning(`${joinWords(unreachable)} names this machine, which in a container is the container`, 'name an address that containers reach, such as http://172.17.0.1:3128, and let the proxy listen there')
    if (certificates.length > 0) return warning(`${joinWords(certificates)} ${certificates.length === 1 ? 'names' : 'name'} certificates of your own, which a build does not know`, 'if a build fails with CERTIFICATE_VERIFY_FAILED: build: { from: IMAGE }, with an image of yours that trusts them')
    return ok(proxies.length === 0 ? 'none is set' : `${joinWords(proxies)} ${proxies.length === 1 ? 'is' : 'are'} set, and passed to builds`)
  },
}
