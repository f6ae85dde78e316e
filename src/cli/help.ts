/** The words of `--help`, written by hand. */

export const HELP = `mlstack: a declarative config compiler for machine learning

Usage: mlstack COMMAND [OPTIONS]

Commands:
  compile [FILE]    write the Dockerfiles and the compose.yaml that a config describes
  validate [FILE]   show what is wrong with a config, and write nothing
  lock [FILE]       pin base images and packages in mlstack.lock, which compile then uses
  watch [FILE]      compile, bring the stack up, and answer each save with the work it calls for
  explain [WHAT]    say why the stack is as it is, or more about a key, a service or a diagnostic
  graph [FILE]      print a picture of the stack
  doctor [FILE]     say what on this machine would stop the stack, or what an error in a log means
  eject [FILE]      leave plain files, which no longer need mlstack
  schema            print the JSON Schema of the config
  help [COMMAND]    show this, or more about a command

Options:
  -h, --help        show this; after a command, more about it
      --version     print the version

Without FILE: mlstack.yaml, then mlstack.yml, here or in the nearest folder above.

Examples:
  mlstack compile
  mlstack validate --format json
`

const SHOWING = `      --format FORMAT    diagnostics as text (the default), json, sarif or github
  -q, --quiet            show errors only
      --color WHEN       auto (the default), always or never
  -h, --help             show this
`

const FILE = `FILE is the config: without it mlstack.yaml, then mlstack.yml, here or in the nearest folder above;
with - standard input, and the working folder counts as the config's.
`

const STATUSES = `Exit status: 0 done, with or without warnings; 1 something is wrong with the config, a file that it
names or a file on disk; 2 the command line is wrong, or FILE cannot be read; 3 the machine failed.
`

const COMMAND_HELP: Readonly<Record<string, string>> = {
  compile: `Usage: mlstack compile [FILE] [OPTIONS]

Writes the Dockerfiles and the compose.yaml that a config describes, beside the config. Only what
changed is written, and files that are no longer needed are removed. If a file in the way was
written or edited by hand, nothing at all is written.

${FILE}
Options:
  -o, --output DIR       write into DIR and not beside the config
      --check            write nothing; exit with 1 where the disk holds something else
      --dry-run          write nothing; list what would be
      --diff             write nothing; print the difference to what is on disk
      --force            overwrite files that were written or edited by hand
      --emit plan        write nothing; print the plan as JSON
      --target compose   what to write for; kubernetes is not supported yet
      --variant NAME     lay an overlay of the config's variants over it; --check uses the last
${SHOWING}
${STATUSES}
Examples:
  mlstack compile && docker compose up --build
  mlstack compile models/mlstack.yaml -o build --diff
`,
  validate: `Usage: mlstack validate [FILE] [OPTIONS]

Shows on standard output what is wrong with a config, and writes nothing.

${FILE}
Options:
      --variant NAME     lay an overlay of the config's variants over it
${SHOWING}
${STATUSES}
Examples:
  mlstack validate
  mlstack validate --format sarif > mlstack.sarif
`,
  lock: `Usage: mlstack lock [FILE] [OPTIONS]

Pins base images by digest and Python packages by version and hash in mlstack.lock, beside the config.
compile then uses it, without a network. Packages are resolved with uv where it is installed, else with
pip in the base image. Either the whole file is written, or nothing.

${FILE}
Options:
      --variant NAME     lay an overlay of the config's variants over it
      --with TOOL        uv or pip
      --platform LIST    what images are built for, such as linux/amd64,linux/arm64; without it what
                         build.platforms or the lock names, else what this machine's Docker builds for
${SHOWING}
${STATUSES}
Examples:
  mlstack lock && mlstack compile
  mlstack lock --with pip
`,
  watch: `Usage: mlstack watch [FILE] [OPTIONS]

Compiles, brings the stack up, and stays: each save of the config, the code or a dependency file leads
to the work that it calls for, and to no more. What is wrong is shown, and the stack stays as it was.
Ctrl-C ends watching and leaves the containers as they are.

${FILE}
Options:
  -o, --output DIR       write into DIR and not beside the config
      --variant NAME     lay an overlay of the config's variants over it
      --no-up            write files only: build and run nothing
      --down             stop and remove the containers at the end; volumes stay
      --poll             look at the files each second, for disks that tell of no change
      --format FORMAT    text (the default), or json: one object a line
      --color WHEN       auto (the default), always or never
  -h, --help             show this

Keys: r builds and compiles anew, t trains again, l hides or shows logs, q ends.

${STATUSES}
Examples:
  mlstack watch
  mlstack watch --no-up --format json
`,
  doctor: `Usage: mlstack doctor [FILE] [OPTIONS]
       mlstack doctor --explain [LOG]

Looks at what on this machine would stop the stack from running: Docker and its parts, disk, memory,
ports, GPUs with their driver and runtime, users, datasets and secrets. Each check that is not well
comes with why it matters and what mends it. Nothing is changed.
Without a config, or with one that has errors, the machine alone is looked at.

With --explain it reads a log, from LOG or standard input, and says of each error that it knows what
causes it and what cures it.

${FILE}
Options:
      --variant NAME     lay an overlay of the config's variants over it
      --explain          explain a log rather than look at the machine
      --format FORMAT    text (the default) or json
      --color WHEN       auto (the default), always or never
  -h, --help             show this

Exit status: 0 all is well, warnings included, or the log was explained; 1 a check failed, or
nothing in the log is known; 2 the command line is wrong, or FILE cannot be read; 3 doctor itself
failed.

Examples:
  mlstack doctor
  mlstack doctor --explain < train.log
`,
  explain: `Usage: mlstack explain [WHAT] [FILE] [OPTIONS]

Says what was decided and why: with the line of the config that it follows from, and the fact that
made it. WHAT is one of these; without it, everything that was decided is shown.

  a key, such as gpu or datasets.*.mount    what it is for, what it takes, what the config has there
  a service, such as train                  what was decided of it and of its image
  image                                     what each image will download and weigh, layer by layer
  a code, such as MLS2003                   what the diagnostic means, with an example

${FILE}Keys and codes are explained without a config too.

Options:
      --variant NAME     lay an overlay of the config's variants over it
      --format FORMAT    text (the default) or json
      --color WHEN       auto (the default), always or never
  -h, --help             show this

${STATUSES}
Examples:
  mlstack explain serve
  mlstack explain image --format json
`,
  graph: `Usage: mlstack graph [FILE] [OPTIONS]

Prints a picture of the stack: data, fetches, jobs, the gate, servers, volumes, your own services,
who comes before whom, who has GPUs, and who is reached on which port. The same config is the same
picture on every machine.

${FILE}
Options:
      --format FORMAT    svg (the default), for light and dark pages; or mermaid, the text of a
                         flowchart, which GitHub and GitLab draw
      --variant NAME     lay an overlay of the config's variants over it
  -q, --quiet            show errors only
      --color WHEN       auto (the default), always or never
  -h, --help             show this

${STATUSES}
Examples:
  mlstack graph > stack.svg
  mlstack graph --format mermaid > stack.mmd
`,
  eject: `Usage: mlstack eject [FILE] [OPTIONS]

Leaves plain files that no longer need mlstack: takes the headers off what compile wrote, and removes
the manifest. The files stay where they are, comments and all, and from then on they are a person's,
which compile does not overwrite. They must be what the config compiles to: else nothing is changed.

${FILE}
Options:
  -o, --output DIR       the folder that compile wrote into
      --variant NAME     what was written is of this variant; without it the one written last
      --dry-run          change nothing; list what would be
${SHOWING}
${STATUSES}
Examples:
  mlstack compile && mlstack eject
`,
  schema: `Usage: mlstack schema

Prints the JSON Schema of the config, for editors and other programs.

Options:
  -h, --help             show this

Examples:
  mlstack schema > mlstack.schema.json
  mlstack schema | jq '.properties | keys'
`,
}

/** The help of one command. */
export function helpFor(command: string): string {
  const help = COMMAND_HELP[command]
  if (help === undefined) throw new Error(`no help for ${command}`)
  return help
}
