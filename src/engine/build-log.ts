/** Reads BuildKit's plain progress line by line: what of it is worth showing, and why the build failed. */
import { stripVTControlCharacters } from 'node:util'
import { concealUserInfo } from '../diagnostics/secrets.ts'

export interface BuildFailure {
  /** The service whose image was being built; undefined where the output names none. */
  readonly service: string | undefined
  /** The instruction on one line, such as `RUN pip install -r …`; undefined where no step failed (bad reference, daemon gone). */
  readonly instruction: string | undefined
  /** What the step printed last, without numbers, times and empty lines. */
  readonly lines: readonly string[]
  /** BuildKit's own last word. */
  readonly message: string
}

export interface BuildLog {
  /** Takes the next line, and gives back those that are worth showing by now: a step's heading waits until the step does something. */
  read(line: string): readonly string[]
  /** Why the build failed, as far as was read; undefined where nothing tells of a failure. */
  failure(): BuildFailure | undefined
}

interface Step {
  readonly heading: string
  readonly service: string | undefined
  readonly instruction: string | undefined
  readonly lines: string[]
  isHeadingShown: boolean
}

/** How many lines of a failed step are kept. */
const KEPT_LINES = 20

const STEP_LINE = /^#(\d+) (.*)$/s

/** `[train runtime 4/9] RUN …`, `[train internal] load build context`, `[train] exporting to image`. */
const HEADING = /^\[([^\]]*?)(?:\s*(\d+\/\d+))?\] (.+)$/

/** What a step itself prints has a time in front: `0.52 text`. */
const OUTPUT = /^\d+\.\d+ (.*)$/s

const ERROR = /^ERROR: (.*)$/

/** The step did nothing, or is only interrupted by the lines of another. */
const SILENT = /^(?:CACHED|CANCELED|\.\.\.)$/

/** A transfer that one waits for, such as the layers of a base image or a data set in the build context. */
const LARGE_TRANSFER = /\d(?:\.\d+)?[MGT]B\b/

/** Lines beside the steps that are no last word: rules and excerpts of the Dockerfile, Compose's remarks and counts of warnings. */
const REMARK = /^(?:$|\s|-+$|time="|WARN|View build details|\d+ warnings? found|\S*Dockerfile:\d+$)/

/** Starts reading the output of one build. */
export function createBuildLog(): BuildLog {
  const steps = new Map<string, Step>()
  let failed: { readonly step: Step; readonly error: string } | undefined
  let lastWord: string | undefined

  const readStep = (line: string, number: string, text: string): readonly string[] => {
    const step = steps.get(number)
    if (step === undefined || HEADING.test(text)) {
      if (step?.heading === line) step.isHeadingShown = false
      else steps.set(number, openStep(line, text))
      return []
    }
    const [, error] = ERROR.exec(text) ?? []
    if (error !== undefined) failed ??= { step, error }
    keepOutput(step, text)
    return showLine(step, line, text)
  }

  return {
    read: (raw) => {
      const line = cleanLine(raw)
      const [, number, text] = STEP_LINE.exec(line) ?? []
      if (number !== undefined && text !== undefined) return readStep(line, number, text)
      if (!REMARK.test(line)) lastWord = line.replace(/^.*?failed to solve: /, '')
      return []
    },
    failure: () => {
      const message = lastWord ?? failed?.error
      return message === undefined ? undefined : { service: failed?.step.service, instruction: failed?.step.instruction, lines: [...(failed?.step.lines ?? [])], message }
    },
  }
}

function openStep(heading: string, text: string): Step {
  const [, names = '', count, work] = HEADING.exec(text) ?? []
  // The last of the names is the stage.
  const service = names.split(' ').at(-2)
  return { heading, service, instruction: count === undefined ? undefined : work?.replace(/\s{2,}/g, ' '), lines: [], isHeadingShown: false }
}

function keepOutput({ lines }: Step, text: string): void {
  const [, output = ''] = OUTPUT.exec(text) ?? []
  if (output.trim() === '') return
  lines.push(output)
  if (lines.length > KEPT_LINES) lines.shift()
}

function showLine(step: Step, line: string, text: string): readonly string[] {
  const isWork = step.instruction !== undefined && !step.instruction.startsWith('FROM ')
  const isShown = !SILENT.test(text) && (isWork || step.isHeadingShown || LARGE_TRANSFER.test(text) || ERROR.test(text))
  if (!isShown) return []
  const shown = step.isHeadingShown ? [line] : [step.heading, line]
  step.isHeadingShown = true
  return shown
}

/** Without colours and passwords; of a line that a program wrote over and over, what it wrote last. */
function cleanLine(raw: string): string {
  const line = stripVTControlCharacters(raw).trimEnd()
  return concealUserInfo(line.replace(/^(#\d+ \d+\.\d+ )?[^]*\r/, '$1'))
}
