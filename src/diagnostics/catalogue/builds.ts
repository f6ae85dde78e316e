/** Diagnostics of `build` and `secrets`: who may see what, and how images are built. */
import { define } from '../diagnostic.ts'
import { didYouMean } from '../suggest.ts'

export const secretForInRole = define<{ secret: string; role: string }>(
  {
    code: 'MLS1170',
    severity: 'error',
    title: 'for on a secret of a role',
    explanation: 'A secret that stands in a role is for that role. Who else gets it is said where the secret stands at the top of the file.',
  },
  ({ secret, role }) => ({ message: `\`${secret}\` stands in \`${role}\`, so it is for \`${role}\` alone`, help: `remove \`for\`, or move the secret to \`secrets\` at the top of the file` }),
)

export const secretAsValue = define<{ secret: string }>(
  {
    code: 'MLS1171',
    severity: 'error',
    title: 'value of a secret in the file',
    explanation: 'Under `secrets` stands where a secret comes from, never the secret: the config is meant for version control. What stands there is not shown here. If it has been committed, it is no secret any more: replace it.',
    concealed: true,
  },
  ({ secret }) => ({ message: `the value of the secret \`${secret}\` stands in the file`, help: `put it into the shell or .env, and write ${secret}: {environment: ${secret}}; the path of a file is written ${secret}: {file: PATH}` }),
)

export const namedUser = define<{ user: string }>(
  {
    code: 'MLS1172',
    severity: 'error',
    title: 'user without a number',
    explanation: 'The images get a user of this number, with a name and a home, to whom the code and the volumes belong. A number means the same on the machine, in every image and in every volume, which a name does not.',
  },
  ({ user }) => ({ message: `\`${user}\` is no number of a user`, help: 'write a number, or one for the user and one for the group: user: "1000:1000"' }),
)

export const rootUser = define<Record<string, never>>(
  { code: 'MLS1173', severity: 'warning', title: 'root in the containers', explanation: 'Whatever runs in the containers runs as root there: files that it makes on the host are root\'s, and whoever breaks in has one wall less before them.' },
  () => ({ message: 'all containers would run as root', help: 'leave `user` out, or write the number of an ordinary user, such as "1000:1000"' }),
)

export const secretInValue = define<{ kind: string; place: string }>(
  {
    code: 'MLS1174',
    severity: 'error',
    title: 'secret in a value',
    explanation: 'Something that looks like a secret stands in the config, from where it would reach generated files, images and version control. It is not shown here. If it has been committed, it is no secret any more: replace it.',
    concealed: true,
  },
  ({ kind, place }) => ({ message: `\`${place}\` holds what looks like ${kind}`, help: 'keep it out of files: declare it under `secrets`, and read it from its variable or from /run/secrets' }),
)

export const targetOfNothing = define<{ target: string; isThere: boolean }>(
  { code: 'MLS1175', severity: 'error', title: 'target without a Dockerfile', explanation: '`build.target` names a stage of a Dockerfile of yours. The images that mlstack writes have no stages to choose from.' },
  ({ target, isThere }) => ({ message: `\`target\` names a stage of \`build.dockerfile\`, which is not given`, help: `${isThere ? 'write' : 'remove it, or write'} build: {dockerfile: ./Dockerfile, target: ${target}}` }),
)

export const secretInReference = define<{ secret: string }>(
  {
    code: 'MLS1176',
    severity: 'error',
    title: 'reference to a secret',
    explanation: 'Compose would fill the secret in before the container is there, and docker inspect would show it in the command or the environment of the container. In a command that is one string a shell in the container reads it, where nothing shows it.',
  },
  ({ secret }) => ({ message: `\`$${secret}\` is a secret, which would stand in the settings of the container`, help: 'write the command as one string, which a shell reads in the container, or read the variable in the code' }),
)

export const notInOwnImage = define<{ key: string; instead: string }>(
  {
    code: 'MLS2100',
    severity: 'error',
    title: 'key for an image of one\'s own',
    explanation: 'An image from `build.dockerfile` is used as it is: nothing is installed into it or changed in it. What the key asks for would be missing.',
  },
  ({ key, instead }) => ({ message: `\`${key}\` does nothing to an image from a Dockerfile of yours`, help: `${instead}, and remove the key` }),
)

export const unknownStage = define<{ target: string; dockerfile: string; suggestion: string | undefined; stages: readonly string[] }>(
  { code: 'MLS2101', severity: 'error', title: 'unknown stage', explanation: '`build.target` is the name of a stage, `FROM … AS name`, or its number, counted from 0.' },
  ({ target, dockerfile, suggestion, stages }) => ({
    message: `${dockerfile} has no stage \`${target}\``,
    help: didYouMean(suggestion) ?? (stages.length === 0 ? 'no stage in it has a name: FROM … AS NAME' : `its stages: ${stages.join(', ')}`),
  }),
)

export const dockerfileWithoutPython = define<{ image: string }>(
  {
    code: 'MLS2102',
    severity: 'warning',
    title: 'Dockerfile without Python',
    explanation: 'A helper in Python runs the commands of all roles: it holds a model to its gate and promotes it. It needs a python3 in the image, of version 3.8 or newer, and nothing besides.',
  },
  ({ image }) => ({ message: `\`${image}\` has no Python, and no line of the Dockerfile seems to install one`, help: 'begin from an image with Python, or install it: RUN apt-get update && apt-get install -y python3' }),
)

export const unreadForOwnImage = define<{ key: string }>(
  { code: 'MLS2103', severity: 'warning', title: 'key without effect', explanation: 'An image from `build.dockerfile` has what its Dockerfile puts into it, whatever the config says of it.' },
  ({ key }) => ({ message: `\`${key}\` has no effect on an image from a Dockerfile of yours`, help: 'remove it' }),
)

export const userNotThere = define<Record<string, never>>(
  { code: 'MLS2104', severity: 'error', title: 'user that is not there yet', explanation: 'The user of the containers is made after all packages, so that another number for it installs nothing again. Steps before that run as root, or as a user that the base image has.' },
  () => ({ message: 'the user `mlstack` is not there before the code is', help: 'write after: code, or leave `user` out' }),
)

export const unreadSecret = define<{ secret: string }>(
  { code: 'MLS3032', severity: 'warning', title: 'secret that no step reads', explanation: 'A secret for the build is seen by the steps of `build.run` that name no secrets of their own, and by a Dockerfile of yours. Installing packages sees none but that of the index.' },
  ({ secret }) => ({ message: `nothing in the build reads \`${secret}\``, help: 'add the step that needs it under build.run; a login for an index belongs to python.index' }),
)

export const unknownSecret = define<{ secret: string; suggestion: string }>(
  {
    code: 'MLS3030',
    severity: 'error',
    title: 'misspelt secret',
    explanation: 'A secret that is declared nowhere is taken from the variable of its name in the shell or .env. This one is so much like a declared one that it is rather misspelt.',
  },
  ({ secret, suggestion }) => ({ message: `\`${secret}\` is declared nowhere`, help: `did you mean \`${suggestion}\`? One that is really called so has to be declared under \`secrets\`` }),
)

export const secretOfTwoSources = define<{ secret: string }>(
  { code: 'MLS3031', severity: 'error', title: 'secret of two sources', explanation: 'A secret has one source in a stack, since Compose knows secrets by their names.' },
  ({ secret }) => ({ message: `\`${secret}\` comes from somewhere else at another place`, help: 'give one of the two another name, or leave the source out here' }),
)

export const missingCertificates = define<{ path: string; suggestion: string | undefined }>(
  { code: 'MLS4050', severity: 'error', title: 'missing certificate', explanation: 'The certificate is copied into the images at the beginning of each build. Its path is relative to the config.' },
  ({ path, suggestion }) => ({ message: `\`${path}\`, named by \`build.ca\`, does not exist`, help: didYouMean(suggestion) }),
)

const CERTIFICATE_PROBLEMS = {
  folder: { message: 'is a folder', help: 'name the file of the certificate' },
  binary: { message: 'is no text, as a certificate in PEM form is', help: 'convert it: openssl x509 -inform der -in FILE -out company-ca.pem' },
  other: { message: 'holds no certificate', help: 'a certificate begins with -----BEGIN CERTIFICATE-----' },
  key: { message: 'holds a private key, which would be in every image', help: 'leave the certificate alone in the file' },
  place: { message: 'is no place that a build reads', help: 'copy the certificate beside the config: a build reads nothing outside of the project' },
} as const

export const unusableCertificates = define<{ path: string; problem: keyof typeof CERTIFICATE_PROBLEMS }>(
  {
    code: 'MLS4051',
    severity: 'error',
    title: 'unusable certificate',
    explanation: '`build.ca` names a text file with one or more certificates in PEM form, in the project. It is in every image, so it must hold nothing but certificates.',
  },
  ({ path, problem }) => ({ message: `\`${path}\` ${CERTIFICATE_PROBLEMS[problem].message}`, help: CERTIFICATE_PROBLEMS[problem].help }),
)

const DOCKERFILE_PROBLEMS = { missing: 'does not exist', folder: 'is a folder', binary: 'is no UTF-8 text', empty: 'has no FROM, so nothing can be built from it' } as const

export const unusableDockerfile = define<{ path: string; problem: keyof typeof DOCKERFILE_PROBLEMS; suggestion: string | undefined }>(
  { code: 'MLS4052', severity: 'error', title: 'unusable Dockerfile', explanation: '`build.dockerfile` names a Dockerfile of yours, relative to the config.' },
  ({ path, problem, suggestion }) => ({ message: `\`${path}\`, named by \`build.dockerfile\`, ${DOCKERFILE_PROBLEMS[problem]}`, help: didYouMean(suggestion) }),
)

export const secretFolder = define<{ secret: string; path: string }>(
  { code: 'MLS4054', severity: 'error', title: 'folder as a secret', explanation: 'A secret is a file: Compose mounts it at /run/secrets under its name.' },
  ({ secret, path }) => ({ message: `\`${path}\`, the file of the secret \`${secret}\`, is a folder`, help: 'name the file in it' }),
)
