/** Takes names, versions and reasons out of pip's sentences. */

/** How many of a package's versions are offered. */
const OFFERED_VERSIONS = 3

/** The newest of a list of versions, without those before a release unless there are no others. */
export function newestOf(list: string): readonly string[] {
  const versions = list.split(', ')
  const releases = versions.filter((version) => !/\d(?:a|b|rc|\.dev)\d/.test(version))
  return (releases.length > 0 ? releases : versions).slice(-OFFERED_VERSIONS)
}

/** The packages that exclude each other; from the reasons where they are given, since pip calls what stands in a file `-r requirements.txt (line 1)`. */
export function namesInConflict(culprit: string, reasons: string): readonly string[] {
  const subjects = [...reasons.matchAll(/^ +(?:The user requested (?:\(constraint\) )?(\S+)|(\S+) (\S+) depends on)/gm)]
  const names = subjects.map(([, asked, name, version]) => asked ?? `${name}==${version}`)
  // pip tries one version of a package after the other; the first stands for all.
  const distinct = names.filter((name, index) => names.findIndex((other) => nameOf(other) === nameOf(name)) === index)
  return distinct.length > 0 ? distinct : culprit.split(/, (?:and )?| and /)
}

/** Which package wants what; that the user wanted something is known. */
export function reasonsIn(reasons: string): readonly string[] {
  return reasons.split('\n').map((line) => line.trim()).filter((line) => / depends on /.test(line))
}

function nameOf(requirement: string): string {
  return requirement.replace(/[^\w.-].*$/, '')
}
