/** Certificates of the user's in an image: in the system's list, and named to the programs that have a list of their own. */
import { posix } from 'node:path'
import { CERTIFICATE_LIST, CERTIFICATE_VARIABLES, OWN_CERTIFICATES } from '../../facts/container.ts'
import type { BuildExtras } from '../../plan/stack.ts'
import { formatCopy } from './instructions.ts'

/** Instructions that work before anything is installed: an image without Debian's tool for it gets a list of these alone. */
export function formatCertificates({ certificates }: BuildExtras): readonly string[] {
  if (certificates === undefined) return []
  const byHand = `mkdir -p ${posix.dirname(CERTIFICATE_LIST)} && cat ${OWN_CERTIFICATES} >> ${CERTIFICATE_LIST}`
  return [
    formatCopy([certificates], OWN_CERTIFICATES, ['--chmod=0644']),
    `RUN if command -v update-ca-certificates > /dev/null; then update-ca-certificates; \\\n    else ${byHand}; fi`,
    ...CERTIFICATE_VARIABLES.map((name) => `ENV ${name}="${CERTIFICATE_LIST}"`),
  ]
}
