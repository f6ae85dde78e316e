/** Diagnostics of the stack as a whole, MLS3xxx: names, ports, mounts and waiting that do not go together. */
import { define } from '../diagnostic.ts'
import { didYouMean } from '../suggest.ts'

export const nameFromFolder = define<{ name: string }>(
  {
    code: 'MLS3001',
    severity: 'note',
    title: 'name taken from the folder',
    explanation: 'Without `name`, the project is called after its folder: a clone into another folder would get other volumes, and lose sight of its models.',
  },
  ({ name }) => ({ message: `the project is called \`${name}\`, after its folder`, help: `add name: ${name}, so that a clone elsewhere finds the same volumes` }),
)

export const serviceNameTaken = define<{ name: string; section: string }>(
  { code: 'MLS3002', severity: 'error', title: 'service named like a role', explanation: 'The roles of the config become services of their own name, so no other service can have it.' },
  ({ name, section }) => ({ message: `the service \`${name}\` has the name of a ${section === name ? 'role' : 'job'}`, help: `rename the service, or put its keys under \`${section}\`${section === name ? ' at the top of the file' : ''}` }),
)

export const portTaken = define<{ port: number; other: string }>(
  { code: 'MLS3003', severity: 'error', title: 'port used twice', explanation: 'Two services of the stack would be published on the same port of the host, where only one of them can be.' },
  ({ port, other }) => ({ message: `port ${port} of the host is taken by \`${other}\` already`, help: 'publish one of them on another port' }),
)

export const waitingCircle = define<{ circle: string }>(
  { code: 'MLS3004', severity: 'error', title: 'services that wait for each other', explanation: 'None of the services in the circle could ever start.' },
  ({ circle }) => ({ message: `these wait for each other: ${circle}`, help: 'remove one of the `depends_on`' }),
)

export const mountTaken = define<{ target: string; other: string }>(
  { code: 'MLS3005', severity: 'error', title: 'two mounts at one place', explanation: 'Two things would be mounted at the same place of a container, and one would hide the other.' },
  ({ target, other }) => ({ message: `\`${target}\` is where ${other} is mounted already`, help: 'give one of them another `mount`' }),
)

export const variableTaken = define<{ variable: string; other: string }>(
  {
    code: 'MLS3006',
    severity: 'error',
    title: 'two datasets with one variable',
    explanation: 'The variable of a dataset is its name in upper case, `-` and `.` as `_`; two names that differ only in these get the same variable.',
  },
  ({ variable, other }) => ({ message: `\`${variable}\` would name both this dataset and \`${other}\``, help: 'rename one of the datasets' }),
)

export const refusedFolder = define<{ path: string; reason: string }>(
  { code: 'MLS3007', severity: 'error', title: 'place refused as a dataset', explanation: 'System folders and sockets are not mounted into containers: with them a container could take over the machine.' },
  ({ path, reason }) => ({ message: `\`${path}\` is refused as a dataset: ${reason}`, help: 'name the folder or file that holds the data' }),
)

export const mountPlaceRefused = define<{ target: string; reason: string }>(
  { code: 'MLS3008', severity: 'error', title: 'mount at a place of ours', explanation: 'The place is needed by the system in the container or by mlstack; a dataset mounted there would break it.' },
  ({ target, reason }) => ({ message: `nothing can be mounted at \`${target}\`: ${reason}`, help: 'mount it below /data, for example' }),
)

export const includedTwice = define<{ section: string; name: string; path: string; isOurs: boolean }>(
  {
    code: 'MLS3036',
    severity: 'error',
    title: 'declared here and in an included file',
    explanation: 'Compose refuses an included file that declares something of a name that the stack declares too, unless both say the same.',
  },
  ({ section, name, path, isOurs }) => ({
    message: `${path} declares the ${section} \`${name}\`, which ${isOurs ? 'mlstack writes' : 'this config declares'} too`,
    help: `rename the ${section} in ${path}`,
  }),
)

export const nothingToRunIn = define<{ name: string; hasRoles: boolean }>(
  {
    code: 'MLS3035',
    severity: 'error',
    title: 'service with nothing to run',
    explanation: 'A service with neither `image` nor `build` is a second server: it runs in the image of `serve`, with its command unless it has one of its own. Without a role there is no such image.',
  },
  ({ name, hasRoles }) => ({
    message: hasRoles ? `\`${name}\` has no command, and there is no \`serve\` to take one from` : `\`${name}\` has neither \`image\` nor \`build\`, and there is no \`serve\` in whose image it could run`,
    help: hasRoles ? 'add command, or an image of its own' : 'add image: …, or build: …',
  }),
)

export const portOfReplicas = define<{ service: string; port: number; last: number; container: number }>(
  {
    code: 'MLS3037',
    severity: 'error',
    title: 'one port for several containers',
    explanation: 'A port of the host belongs to one container, so the second one of `replicas` could not start. Of a range, each container takes one that is free.',
  },
  ({ service, port, last, container }) => ({ message: `the containers of \`${service}\` cannot all be published on port ${String(port)}`, help: `publish a range: ports: ["${String(port)}-${String(last)}:${String(container)}"]` }),
)

export const overriddenNothing = define<{ name: string; suggestion: string | undefined }>(
  {
    code: 'MLS3038',
    severity: 'error',
    title: 'override of no service',
    explanation: 'A compose.override.yaml names a service that the stack does not have, and says neither `image` nor `build` of it. Compose refuses the two files together.',
  },
  ({ name, suggestion }) => ({ message: `the stack has no service \`${name}\`, and this one has neither \`image\` nor \`build\``, help: didYouMean(suggestion) ?? 'rename it, or give it an image' }),
)
