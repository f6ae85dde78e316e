/** Where a service is published on the host, and the variable of the shell that moves it. */

export function portVariableOf(service: string): string {
  return `${service.toUpperCase().replace(/[^A-Z0-9]/g, '_')}_PORT`
}

/** The ports of the host: one for each container, since they cannot share one. */
export function portsOf(port: number, replicas = 1): string {
  return replicas > 1 ? `${port}-${port + replicas - 1}` : String(port)
}
