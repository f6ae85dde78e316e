/** The command of a role, with the references in it given to whoever is to fill them in: mlstack, the shell in the container, or Compose. */
import type { Command } from '../config/command.ts'
import { substitute, withArgument, type Piece, type Template } from '../config/template.ts'
import type { Words } from './stack.ts'
import type { RoleVariables } from './variables.ts'

/** In words, a name of the container's becomes its value; in a line for a shell, it is left for that shell to read. */
export function planCommand(command: Command | undefined, variables: RoleVariables): Words | undefined {
  if (command === undefined) return undefined
  if (command.kind === 'shell') return { isShell: true, words: [leaveToShell(command.script.value, variables.isOwn)] }
  return { isShell: false, words: command.words.map(({ value }) => substitute(value, variables.valueOf)) }
}

/** References to names of the container's become literal text; those inside a reference of Compose's too. */
function leaveToShell(template: Template, isOwn: (name: string) => boolean): Template {
  return template.flatMap((piece): readonly Piece[] => {
    if (typeof piece === 'string') return [piece]
    const argument = leaveToShell(piece.argument, isOwn)
    if (!isOwn(piece.name)) return [withArgument(piece, argument)]
    return piece.operator === undefined ? [piece.text] : [`\${${piece.name}${piece.operator}`, ...argument, '}']
  })
}
