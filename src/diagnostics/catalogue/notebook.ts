/** Diagnostics of the notebook: its token, its packages, and the folder that it edits. */
import { define } from '../diagnostic.ts'

export const literalToken = define<Record<never, never>>(
  {
    code: 'MLS1190',
    severity: 'warning',
    title: 'token that everybody can read',
    explanation:
      'A token that stands in the config stands in compose.yaml as well, and both are committed: whoever reads the repository could open the notebook, and run what they like in it. ' +
      'Without `token`, mlstack compile makes a random one in a file that git ignores; `token` may also be the name of a secret, or a variable of the shell such as $JUPYTER_TOKEN.',
  },
  () => ({ message: 'this token is written into compose.yaml, where everybody who has the repository can read it', help: 'leave `token` out, and mlstack makes one that git does not see; or take it from the shell or .env: token: $JUPYTER_TOKEN' }),
)

export const tokenOfNoSecret = define<{ name: string; suggestion: string | undefined }>(
  {
    code: 'MLS1191',
    severity: 'error',
    title: 'token named like a secret that is none',
    explanation: 'A `token` in capitals is meant to name a secret under `secrets`, or a variable of the shell, which begins with a dollar. Taken as it stands, the name itself would open the notebook.',
  },
  ({ name, suggestion }) => ({
    message: `there is no secret \`${name}\``,
    help: suggestion === undefined ? `from the shell or .env: token: $${name}; from a file: declare it under \`secrets\`` : `did you mean \`${suggestion}\`?`,
  }),
)

export const packageOfTheFramework = define<{ name: string; framework: string; version: string; isCompanion: boolean }>(
  {
    code: 'MLS3044',
    severity: 'error',
    title: 'package of the framework for the notebook alone',
    explanation:
      'The notebook has the packages of all roles, and its own are added without moving any of them: what is tried there is to behave as in a job. So the framework cannot come in another version, and what is built for it, ' +
      'such as torchvision for torch, has to be installed with it, in the build that fits.',
  },
  ({ name, framework, version, isCompanion }) => ({
    message: isCompanion ? `\`${name}\` is built for one version of ${framework}, and has to be installed with it` : `the notebook has ${framework} ${version}, as all roles have`,
    help: isCompanion ? `move it to \`python.packages\`` : 'remove it here, or give the version under `framework`',
  }),
)

export const dockerfileWithoutJupyter = define<{ dockerfile: string }>(
  {
    code: 'MLS4059',
    severity: 'warning',
    title: 'notebook in an image without JupyterLab',
    explanation: 'Nothing is installed into the image of a Dockerfile of your own, so it has to have JupyterLab, unless `notebook.command` starts something else. Neither the Dockerfile nor a file of requirements that it names speaks of jupyter. Of an image that builds on more than Python or a plain system nothing is said.',
  },
  ({ dockerfile }) => ({ message: `\`notebook\` starts JupyterLab, of which ${dockerfile} says nothing`, help: `install it there: RUN pip install jupyterlab; or start something else: notebook: {command: …}` }),
)

export const foreignProject = define<{ folder: string; uid: number; gid: number; own: number; isGiven: boolean }>(
  {
    code: 'MLS5010',
    severity: 'note',
    title: 'project that the notebook may not write',
    explanation:
      'The notebook edits the files of the project, and as another user than you: the kernel refuses that, and what it let it write you could not change. ' +
      'Where MLSTACK_UID and MLSTACK_GID in the shell or in .env are your numbers, all files belong to you. With Docker Desktop and rootless engines, files find their owner otherwise: mlstack doctor looks.',
  },
  ({ folder, uid, gid, own, isGiven }) => ({
    message: `the notebook edits ${folder} as user ${uid}, and you are ${own}`,
    help: isGiven || own === 0 ? `give it to that user: sudo chown -R ${uid}:${gid} ${folder}` : "make it write as you: printf 'MLSTACK_UID=%s\\nMLSTACK_GID=%s\\n' \"$(id -u)\" \"$(id -g)\" >> .env",
  }),
)
