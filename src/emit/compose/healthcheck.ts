/** The probe of a healthcheck: a line of Python, or of bash in an image without Python, since curl is in neither. */
import type { Health } from '../../plan/stack.ts'
import { quoteForShell } from '../quote.ts'

const HOST = '127.0.0.1'
/** Seconds; less than the healthcheck's own timeout, so that the probe ends by itself. */
const TIMEOUT = 4

/** Ends with an error unless the path answers with 2xx or 3xx, or the port takes a connection. */
export function formatProbe(health: Health): string {
  return health.by === 'bash' ? formatBash(health) : formatPython(health)
}

function formatPython({ path, port }: Health): string {
  if (path === undefined) return `import socket; socket.create_connection(("${HOST}", ${port}), ${TIMEOUT})`
  const connection = `http.client.HTTPConnection("${HOST}", ${port}, timeout=${TIMEOUT})`
  return `import http.client; c = ${connection}; c.request("GET", ${JSON.stringify(path)}); assert 200 <= c.getresponse().status < 400`
}

/** Where an answer is asked for, the status alone does not tell. */
function formatBash({ path, port, answer }: Health): string {
  const connect = `exec 3<>/dev/tcp/${HOST}/${port}`
  if (path === undefined) return connect
  const ask = `printf 'GET %s HTTP/1.1\\r\\nHost: ${HOST}\\r\\nConnection: close\\r\\n\\r\\n' ${quoteForShell(path)} >&3`
  const judge = answer === undefined ? `read -rt ${TIMEOUT} _ status _ <&3 && [[ $status == [23]* ]]` : `grep -q ${quoteForShell(answer)} <&3`
  return `${connect} && ${ask} && ${judge}`
}
