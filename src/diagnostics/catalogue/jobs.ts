/** Diagnostics of jobs and their order. */
import { define } from '../diagnostic.ts'

export const jobNameTaken = define<{ name: string }>(
  { code: 'MLS1140', severity: 'error', title: 'job named like a role', explanation: 'A job under `jobs` becomes a service of its name, and that of a role with a section of its own is taken, whether the file has the section or not.' },
  ({ name }) => ({ message: `\`${name}\` is the name of a role, which has a section of its own`, help: `rename the job, or write it as \`${name}\` at the top of the file` }),
)

export const lateVariable = define<{ variable: string }>(
  {
    code: 'MLS1141',
    severity: 'error',
    title: 'variable known only at run time',
    explanation: 'In a list of words, and in a value of `environment`, a name of the container becomes its value when the config is compiled. Whether a run goes on with an earlier one is known only when it starts.',
  },
  ({ variable }) => ({ message: `\`${variable}\` is known only when the job starts`, help: 'write the command as one string, which a shell reads in the container, or read the variable in the code' }),
)

export const paramName = define<{ name: string }>(
  { code: 'MLS1142', severity: 'error', title: 'parameter that no variable can be named for', explanation: 'Each parameter is a variable of the jobs too, PARAM_ and its name in upper case, and names of variables have letters, digits and `_` alone.' },
  ({ name }) => ({ message: `the parameter \`${name}\` cannot be a variable`, help: 'name it with letters, digits, `_`, `-` and `.`' }),
)

export const paramTaken = define<{ variable: string }>(
  { code: 'MLS1143', severity: 'error', title: 'two parameters with one variable', explanation: 'The variable of a parameter is PARAM_ and its name in upper case, with `-` and `.` as `_`; within another parameter, its name follows that of the other.' },
  ({ variable }) => ({ message: `\`${variable}\` would be the variable of two parameters`, help: 'rename one of them' }),
)

export const paramValue = define<{ value: string; problem: string }>(
  { code: 'MLS1144', severity: 'error', title: 'value that no parameter can have', explanation: 'Parameters reach the jobs as JSON and as variables, which cannot hold every value that YAML has.' },
  ({ value, problem }) => ({ message: `\`${value}\` cannot be a parameter: ${problem}`, help: 'write it as a text in quotes, and turn it into what is meant in the code' }),
)

export const outputWithoutTarget = define<{ path: string }>(
  { code: 'MLS1145', severity: 'error', title: 'output without a place', explanation: 'An output is mounted under the working folder, at its name or at the path that it has below the config. Where the path is for Compose to fill in, neither is known.' },
  ({ path }) => ({ message: `nothing says where \`${path}\` is mounted`, help: `give it a name and a place: {NAME: {path: "${path}", target: runs}}` }),
)

export const modelOfOneRole = define<{ role: string }>(
  { code: 'MLS1146', severity: 'error', title: 'model as an output of one role', explanation: 'All roles share the place of the model: one makes what another measures and a third serves.' },
  ({ role }) => ({ message: `the place of the model cannot be an output of \`${role}\` alone`, help: 'move it to `outputs` at the top of the file: outputs: {model: ./model}' }),
)

export const targetOfTheModel = define<{ target: string }>(
  { code: 'MLS1147', severity: 'error', title: 'place of the model in the container', explanation: 'The folder of the model holds the candidate and every release, and the helper keeps them at one place in all containers. The code finds its model at $MODEL_DIR, wherever that is.' },
  ({ target }) => ({ message: `the model cannot be mounted at \`${target}\``, help: 'remove `target`, and read $MODEL_DIR in the code' }),
)

export const outputElsewhere = define<{ path: string; scheme: string }>(
  { code: 'MLS1148', severity: 'error', title: 'output on another machine', explanation: 'An output is a folder that is mounted into the container. mlstack fetches data from elsewhere, but uploads none.' },
  ({ path, scheme }) => ({ message: `\`${path}\` is not a folder: nothing is uploaded to ${scheme}://`, help: 'name a folder, such as ./runs, or volume:NAME, and upload from the code or in a job of its own' }),
)

export const fileBesideParams = define<{ file: string; others: string }>(
  {
    code: 'MLS1149',
    severity: 'warning',
    title: 'file of parameters read as a parameter',
    explanation: 'The long form of `params` has the keys `file` and `values` and no other. With any other key the mapping is the short form, in which each key is a parameter, `file` too, and no file is read.',
  },
  ({ file, others }) => ({ message: `\`file\` is a parameter here, and \`${file}\` is not read`, help: `write the other parameters under \`values\`: {file: ${file}, values: {${others}}}` }),
)

export const hiddenDependency = define<{ role: string; dependency: string; profiles: string }>(
  {
    code: 'MLS3010',
    severity: 'error',
    title: 'waiting for what only a profile starts',
    explanation: 'Without the profile the one that is waited for is not there, and Compose refuses the whole stack: "depends on undefined service".',
  },
  ({ role, dependency, profiles }) => ({
    message: `\`${role}\` waits for \`${dependency}\`, which only the profile ${profiles} starts`,
    help: `give \`${role}\` the same profiles: [${profiles.replaceAll('`', '').replace(' or ', ', ')}], or take those of \`${dependency}\` away`,
  }),
)

export const impossibleCondition = define<{ role: string; dependency: string; condition: string; isJob: boolean }>(
  {
    code: 'MLS3014',
    severity: 'error',
    title: 'waiting for what never comes',
    explanation: 'A job ends and has no health, and a server is never done. Compose waits for what cannot be, or fails: "has no healthcheck configured".',
  },
  ({ role, dependency, condition, isJob }) => ({
    message: `\`${role}\` waits for ${condition} of \`${dependency}\`, ${isJob ? 'a job, which ends and has no health' : 'a server, which never ends'}`,
    help: `write condition: ${isJob ? 'service_completed_successfully' : 'service_healthy'}`,
  }),
)

export const unsetReference = define<{ variable: string; role: string; suggestion: string | undefined; why: string }>(
  {
    code: 'MLS3015',
    severity: 'warning',
    title: 'variable of a container that it does not have',
    explanation: 'A name that mlstack does not set in the container is left to Compose, which takes it from the shell or `.env` at `up`, and nothing where neither has it. Parameters, datasets and the places of models have names that are hardly meant so.',
  },
  ({ variable, role, suggestion, why }) => ({
    message: `\`${role}\` has no variable \`${variable}\`, so Compose will look for it in the shell`,
    help: suggestion === undefined ? `${why}; where the shell is meant: \${${variable}:-}` : `did you mean $${suggestion}?`,
  }),
)

export const outputRefused = define<{ path: string; reason: string }>(
  { code: 'MLS3011', severity: 'error', title: 'place refused as an output', explanation: 'Jobs may write to an output whatever they like, so it is neither a folder of the system nor one that holds the code.' },
  ({ path, reason }) => ({ message: `\`${path}\` is refused as an output: ${reason}`, help: 'name a folder for it alone, such as ./runs' }),
)

export const outputPlaceRefused = define<{ target: string; reason: string }>(
  { code: 'MLS3012', severity: 'error', title: 'output at a place of ours', explanation: 'The place is needed by the system in the container or by mlstack; an output mounted there would hide it.' },
  ({ target, reason }) => ({ message: `no output can be mounted at \`${target}\`: ${reason}`, help: 'give it a `target` below the working folder, such as runs' }),
)

export const outputTaken = define<{ place: string; other: string; help: string }>(
  {
    code: 'MLS3013',
    severity: 'error',
    title: 'output where something else is',
    explanation: 'Two outputs at one place would mix, and an output within a dataset that the same role reads would change, with each run, what the next one is made from.',
  },
  ({ place, other, help }) => ({ message: `\`${place}\` is in ${other}`, help }),
)

export const missingParams = define<{ path: string; isFolder: boolean }>(
  { code: 'MLS4030', severity: 'error', title: 'no such file of parameters', explanation: 'The file is looked for where `params` says, relative to the config, when it is compiled: its values become part of the outputs.' },
  ({ path, isFolder }) => ({ message: isFolder ? `\`${path}\` is a folder, and no file of parameters` : `there is no file \`${path}\` that can be read as text`, help: 'name a YAML, JSON or TOML file relative to the config' }),
)

export const jsonWithGap = define<{ path: string }>(
  { code: 'MLS4036', severity: 'error', title: 'JSON without a value', explanation: 'Each key of a JSON file has a value after its colon. Without one the code that reads the file itself would fail, hours later perhaps.' },
  ({ path }) => ({ message: `${path} is no JSON: a value is missing`, help: 'write the value, or null' }),
)

export const paramsNoMapping = define<{ path: string; found: string }>(
  { code: 'MLS4031', severity: 'error', title: 'parameters without names', explanation: 'A file of parameters holds a mapping from their names to their values.' },
  ({ path, found }) => ({ message: `\`${path}\` holds ${found}, not a mapping of parameters`, help: 'write, for example: lr: 0.001' }),
)

export const outputIsFile = define<{ path: string }>(
  { code: 'MLS4032', severity: 'error', title: 'output that is no folder', explanation: 'An output is a folder: a file that is mounted could not be replaced by the job, as most libraries save.' },
  ({ path }) => ({ message: `\`${path}\` is no folder, and an output is one`, help: 'name the folder that the file is to be in' }),
)

export const restartedJob = define<{ restart: string }>(
  {
    code: 'MLS1139',
    severity: 'warning',
    title: 'job that is started again for ever',
    explanation: 'A job runs to its end, and what waits for it goes on when it has succeeded. With this policy Docker starts it again each time that it has ended.',
  },
  ({ restart }) => ({ message: `\`restart: ${restart}\` starts a job again each time that it has ended`, help: 'use restart: on-failure:3, which starts again only what has failed' }),
)
