/** Environment markers of requirements, as far as they are the same in every image that is built. */
import { simplifyMarker, type KnownEnvironment, type MarkerValue } from '../project/marker.ts'

/** What every image has, whatever its Python and its processor are; no extra of the project itself is installed. */
const VARIABLES: KnownEnvironment['variables'] = {
  sys_platform: 'linux',
  platform_system: 'Linux',
  os_name: 'posix',
  platform_python_implementation: 'CPython',
  implementation_name: 'cpython',
  extra: '',
}

/** Whether a requirement with this marker holds in an image; undefined where that depends on more than is the same in all of them. */
export function holdsInImages(marker: string, python?: string): boolean | undefined {
  const value = markerInImages(marker, python)
  return typeof value === 'string' ? undefined : value
}

/** What is left of a marker in an image with this Python. */
export function markerInImages(marker: string, python?: string): MarkerValue {
  return simplifyMarker(marker, { variables: VARIABLES, python })
}
