/** The probe of a healthcheck: a line of Python, since slim images have no curl. */
import type { Health } from '../../plan/stack.ts'

const HOST = '127.0.0.1'
/** Seconds; less than the healthcheck's own timeout, so that the probe ends by itself. */
const TIMEOUT = 4

/** Ends with an error unless the path answers with 2xx or 3xx, or the port takes a connection. */
export function formatProbe({ path, port }: Health): string {
  if (path === undefined) return `import socket; socket.create_connection(("${HOST}", ${port}), ${TIMEOUT})`
  const connection = `http.client.HTTPConnection("${HOST}", ${port}, timeout=${TIMEOUT})`
  return `import http.client; c = ${connection}; c.request("GET", ${JSON.stringify(path)}); assert 200 <= c.getresponse().status < 400`
}
