/** The variable of the shell that moves a service's port on the host. */

export function portVariableOf(service: string): string {
  return `${service.toUpperCase().replace(/[^A-Z0-9]/g, '_')}_PORT`
}
