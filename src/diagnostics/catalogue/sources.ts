/** Diagnostics of what data and models come from: sources, what is asked of them, and the services that fetch them. */
import { define } from '../diagnostic.ts'

export const unknownScheme = define<{ scheme: string; suggestion: string | undefined; forms: string }>(
  {
    code: 'MLS1150',
    severity: 'error',
    title: 'source that cannot be fetched',
    explanation: 'A source with `://` in it is fetched by the client of its scheme, and there is none for this one. What can be mounted, such as a folder of another machine, is a local path or a volume.',
  },
  ({ scheme, suggestion, forms }) => ({ message: `\`${scheme}://\` is no source that mlstack can fetch`, help: suggestion === undefined ? `a path, volume:NAME, or one of ${forms}` : `did you mean \`${suggestion}://\`?` }),
)

export const badSource = define<{ form: string; problem: string }>(
  { code: 'MLS1151', severity: 'error', title: 'unreadable source', explanation: 'A source has the form that its client reads: where the data is, and nothing else.' },
  ({ form, problem }) => ({ message: problem, help: `it is written ${form}` }),
)

export const secretInSource = define<{ kind: string; help: string }>(
  {
    code: 'MLS1152',
    severity: 'error',
    title: 'secret in a source',
    explanation: 'The source holds what gives access to it, from where it would reach compose.yaml, version control and `docker inspect`. It is not shown here. Clients take their credentials from `secrets`; a signed URL is filled in by Compose where its query is a reference.',
    concealed: true,
  },
  ({ kind, help }) => ({ message: `the source holds ${kind}`, help }),
)

export const meaninglessKey = define<{ key: string; why: string; help: string }>(
  { code: 'MLS1153', severity: 'error', title: 'key that means nothing here', explanation: 'What is fetched can be verified, chosen from and unpacked; what is mounted as it is cannot. A SHA-256 is that of one file.' },
  ({ key, why, help }) => ({ message: `\`${key}\` means nothing here: ${why}`, help }),
)

export const unpinnedRevision = define<{ source: string; pinned: string }>(
  {
    code: 'MLS2085',
    severity: 'note',
    title: 'revision not pinned',
    explanation: 'Without a revision the newest one is fetched, which another machine may fetch another day and find changed. A commit never changes; a tag seldom does.',
  },
  ({ source, pinned }) => ({ message: `\`${source}\` names no revision, so each machine gets the newest of its day`, help: `pin it: ${pinned}` }),
)

export const fetchNameTaken = define<{ name: string; fetched: string }>(
  { code: 'MLS3020', severity: 'error', title: 'name of a fetch', explanation: 'What is fetched gets a service `fetch-NAME` (`fetch-model` for `model.source`), and all of them share the image `fetch`. No other service can have these names.' },
  ({ name, fetched }) => ({ message: `\`${name}\` is the name of what fetches ${fetched}`, help: 'give this one another name' }),
)

export const ownVolume = define<{ volume: string; holds: string }>(
  { code: 'MLS3021', severity: 'error', title: 'volume of ours as a dataset', explanation: 'The volume belongs to mlstack, which changes it as it needs. Jobs find what is in it by their variables, such as MODEL_DIR.' },
  ({ volume, holds }) => ({ message: `the volume \`${volume}\` holds ${holds}, and cannot be a dataset`, help: 'name another volume' }),
)

export const missingModelSource = define<{ source: string }>(
  { code: 'MLS4035', severity: 'error', title: 'missing model source', explanation: 'A local `model.source` is mounted from the machine that runs the stack. Paths are relative to the config.' },
  ({ source }) => ({ message: `\`${source}\`, the source of the model, does not exist`, help: 'a path is relative to the config; a model elsewhere is written as a URL' }),
)
