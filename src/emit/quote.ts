/** Quoting of words and values for the places that generated files have for them. */

const SAFE_IN_SHELL = /^[A-Za-z0-9_@%+:,./=-]+$/
const ASSIGNMENT = /^[A-Za-z_][A-Za-z0-9_]*=/
// A line break ends an instruction, and Dockerfiles have no escape for one.
const IMPOSSIBLE_IN_ENV = /[\0\n\r]/

/** One word for a POSIX shell: as it is where that is safe, else in single quotes. A NUL cannot be in any word. */
export function quoteForShell(word: string): string {
  return SAFE_IN_SHELL.test(word) && !ASSIGNMENT.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}

/** The value in `ENV NAME=value`, in double quotes. Throws on a line break, which callers must have refused before. */
export function quoteForDockerfileEnv(value: string): string {
  if (IMPOSSIBLE_IN_ENV.test(value)) throw new RangeError('a value of ENV cannot hold a line break')
  return `"${value.replace(/["\\$]/g, '\\$&')}"`
}

/** The exec form of CMD, ENTRYPOINT, RUN and HEALTHCHECK: a JSON list, on one line. */
export function formatExecForm(words: readonly string[]): string {
  return `[${words.map((word) => JSON.stringify(word)).join(', ')}]`
}
