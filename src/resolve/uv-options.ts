/** Switches of requirements files that uv reads otherwise than pip: as rows, by what it does with each. */
import type { Config } from '../config/config.ts'
import * as packages from '../diagnostics/catalogue/packages.ts'
import type { Sink } from '../diagnostics/sink.ts'
import type { FileOfRequirements } from './requirements-tree.ts'
import type { UserRequirements } from './user-requirements.ts'

/** It takes no notice of these; found with uv 0.13.9. A host that is trusted is one that it is told of otherwise. */
const IGNORED: Readonly<Record<string, string>> = {
  '--pre': 'pin the pre-release that you want, such as name==2.0rc1',
  '--prefer-binary': 'remove the line, or pin a version that has a wheel',
  '--use-feature': 'remove the line',
}

const UNDERSTOOD = ['-i', '--index-url', '--extra-index-url', '-f', '--find-links', '--no-index', '--no-binary', '--only-binary', '--require-hashes', '--trusted-host']

export function checkUvOptions({ python: { installer } }: Config, { files }: UserRequirements, sink: Sink): void {
  if (installer?.value === 'uv') for (const file of files) checkFile(file, installer, sink)
}

function checkFile({ lines }: FileOfRequirements, installer: NonNullable<Config['python']['installer']>, sink: Sink): void {
  const related = [{ span: installer.span, message: 'uv installs here' }]
  for (const line of lines) {
    if (line.included !== undefined) checkFile(line.included, installer, sink)
    const { source, start, end } = line.line
    const text = source.text.slice(start, end).trim()
    const [option] = line.kind === 'option' ? (/^--?[a-z-]+/i.exec(text) ?? []) : line.kind === 'requirement' ? (/(?<=\s)--(?!hash\b)[a-z-]+/.exec(text) ?? []) : []
    if (option === undefined || (line.kind === 'option' && UNDERSTOOD.includes(option))) continue
    const help = line.kind === 'option' && Object.hasOwn(IGNORED, option) ? IGNORED[option] : undefined
    sink.report(help === undefined ? packages.uvRefuses({ option }, { at: line.span, related }) : packages.uvIgnores({ option, help }, { at: line.span, related }))
  }
}
