/** Which of Compose's service keys a role may not have, or should not, and why: one row a rule. */
import * as shape from '../diagnostics/catalogue/shape.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Sink } from '../diagnostics/sink.ts'
import type { Entry, Tree } from '../syntax/tree.ts'
import type { ComposeKey } from './config.ts'

type Verdict = 'replaced' | 'refused' | 'weakens' | 'nameless'

interface Rule {
  readonly key: string
  readonly verdict: Verdict
  /** For `replaced` and `nameless`, what to do instead; otherwise the reason. */
  readonly words: string
  /** The parts of the value that the rule is about; the key as a whole where the rule has no such function. */
  readonly find?: (value: Tree) => readonly Tree[]
}

const isTextLike = (pattern: RegExp) => (value: Tree) => (value.kind === 'scalar' && pattern.test(value.text) ? [value] : [])
const isFlag = (flag: boolean) => (value: Tree) => (value.kind === 'scalar' && value.value === flag ? [value] : [])
const itemsLike = (pattern: RegExp) => (value: Tree) => (value.kind === 'list' ? value.items.filter((item) => pattern.test(allText(item))) : [])
const hasKey = (name: string) => (value: Tree) => (value.kind === 'map' ? value.entries.filter(({ key }) => key === name).map((entry) => entry.value) : [])

const HOST = /^\s*(host|container:.*)\s*$/
const DOCKER_SOCKET = /(^|[/:])(docker|containerd|podman)\.sock\b/

/** https://docs.docker.com/reference/compose-file/services/ has all keys. */
const RULES: readonly Rule[] = [
  { key: 'container_name', verdict: 'replaced', words: 'containers are named by `name` and the role, such as digits-train-1' },
  { key: 'entrypoint', verdict: 'replaced', words: 'write the whole command in `command`' },
  { key: 'image', verdict: 'replaced', words: 'the image is built; choose its base with build.from' },
  { key: 'build', verdict: 'replaced', words: 'the image is built by `build` at the top of the file' },
  { key: 'deploy', verdict: 'replaced', words: 'use `resources` for limits and `gpu` for devices', find: hasKey('resources') },
  { key: 'gpus', verdict: 'replaced', words: 'use `gpu` at the top of the file' },
  { key: 'cpus', verdict: 'replaced', words: 'use resources: {cpus: …}' },
  { key: 'mem_limit', verdict: 'replaced', words: 'use resources: {memory: …}' },
  { key: 'shm_size', verdict: 'replaced', words: 'use resources: {shm_size: …}' },
  { key: 'pids_limit', verdict: 'replaced', words: 'use resources: {pids: …}' },
  { key: 'privileged', verdict: 'refused', words: 'a privileged container can do all that root can on the machine', find: isFlag(true) },
  { key: 'network_mode', verdict: 'refused', words: 'the container would be in a network that is not its own', find: isTextLike(HOST) },
  { key: 'pid', verdict: 'refused', words: 'the container would see and signal processes that are not its own', find: isTextLike(HOST) },
  { key: 'ipc', verdict: 'refused', words: 'the container would share memory with others; use resources: {shm_size: …}', find: isTextLike(HOST) },
  { key: 'uts', verdict: 'refused', words: 'the container would share the name of the machine', find: isTextLike(HOST) },
  { key: 'userns_mode', verdict: 'refused', words: 'the users of the container would be those of the machine', find: isTextLike(HOST) },
  { key: 'cgroup', verdict: 'refused', words: 'the container would see the resource groups of the machine', find: isTextLike(HOST) },
  { key: 'use_api_socket', verdict: 'refused', words: 'who reaches the Docker socket is root on the machine', find: isFlag(true) },
  { key: 'volumes', verdict: 'refused', words: 'who reaches the Docker socket is root on the machine', find: itemsLike(DOCKER_SOCKET) },
  { key: 'cap_add', verdict: 'weakens', words: 'all capabilities are dropped otherwise' },
  { key: 'security_opt', verdict: 'weakens', words: 'an unconfined container has one wall less', find: itemsLike(/unconfined|no-new-privileges[:=]false|label[:=]disable/) },
  { key: 'read_only', verdict: 'weakens', words: 'whoever breaks in could change the code that runs', find: isFlag(false) },
  { key: 'user', verdict: 'weakens', words: 'the process runs as root, and so do its files', find: isTextLike(/^(root|0)(:.*)?$/) },
  { key: 'user', verdict: 'nameless', words: 'leave it out, and set MLSTACK_UID and MLSTACK_GID in .env or the shell, for the build too', find: isTextLike(/^[1-9]\d*(:\d+)?$/) },
  { key: 'devices', verdict: 'weakens', words: 'the container reaches a device of the machine' },
]

/** The diagnostics for one of Compose's keys on a role; none for a key that is fine. */
export function checkComposeKey(entry: Entry): readonly Diagnostic[] {
  return RULES.filter(({ key }) => key === entry.key).flatMap((rule) => {
    if (rule.find === undefined) return [describe(rule, entry.keySpan)]
    return rule.find(entry.value).map(({ span }) => describe(rule, span))
  })
}

/** Reports what was found of one of Compose's keys, and gives the key unless an error is among that. */
export function keepAccepted({ key, keySpan, value }: Entry, findings: readonly Diagnostic[], sink: Sink): readonly ComposeKey[] {
  for (const finding of findings) sink.report(finding)
  return findings.some(({ severity }) => severity === 'error') ? [] : [{ name: { value: key, span: keySpan }, value }]
}

/** What one of Compose's keys takes from a container's protection, in a file that is the user's own. */
export function findWeakening(entry: Entry): readonly Diagnostic[] {
  const rules = RULES.filter(({ key, verdict }) => key === entry.key && (verdict === 'refused' || verdict === 'weakens'))
  return rules.flatMap(({ key, words, find }) => (find?.(entry.value) ?? [entry.value]).map(({ span }) => shape.weakeningComposeKey({ key, reason: words }, { at: find === undefined ? entry.keySpan : span })))
}

function describe({ key, verdict, words }: Rule, at: Entry['keySpan']): Diagnostic {
  if (verdict === 'replaced') return shape.replacedComposeKey({ key, instead: words }, { at })
  if (verdict === 'refused') return shape.refusedComposeKey({ key, reason: words }, { at })
  if (verdict === 'nameless') return shape.namelessUser({ instead: words }, { at })
  return shape.weakeningComposeKey({ key, reason: words }, { at })
}

function allText(tree: Tree): string {
  if (tree.kind === 'scalar') return tree.text
  if (tree.kind === 'list') return tree.items.map(allText).join(' ')
  return tree.kind === 'map' ? tree.entries.map(({ value }) => allText(value)).join(' ') : ''
}
