/** All that the user wrote in Compose's own words about services: those that pass through, and keys on roles. */
import type { Config } from '../../config/config.ts'
import type { MapTree } from '../../syntax/tree.ts'

export interface ServiceTree {
  readonly name: string
  readonly tree: MapTree
  readonly isRole: boolean
}

export function serviceTrees({ services, roles }: Pick<Config, 'services' | 'roles'>): readonly ServiceTree[] {
  const passed = services.flatMap(({ name, value }) => (value.kind === 'map' ? [{ name: name.value, tree: value, isRole: false }] : []))
  const ofRoles = roles.map(({ name, span, compose, ports }) => {
    const written = compose.map((key) => ({ key: key.name.value, keySpan: key.name.span, value: key.value }))
    const entries = ports === undefined ? written : [...written, { key: 'ports', keySpan: ports.span, value: ports }]
    return { name: name.value, tree: { kind: 'map', entries, span } as const, isRole: true }
  })
  return [...ofRoles, ...passed]
}
