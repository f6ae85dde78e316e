/** Every diagnostic that mlstack can give, by code. */
import type { Entry } from '../diagnostic.ts'
import * as advice from './advice.ts'
import * as builds from './builds.ts'
import * as engine from './engine.ts'
import * as files from './files.ts'
import * as gpus from './gpus.ts'
import * as jobs from './jobs.ts'
import * as knowledge from './knowledge.ts'
import * as nodes from './nodes.ts'
import * as notebook from './notebook.ts'
import * as outputs from './outputs.ts'
import * as packages from './packages.ts'
import * as servers from './servers.ts'
import * as shape from './shape.ts'
import * as sources from './sources.ts'
import * as stack from './stack.ts'
import * as syntax from './syntax.ts'
import * as tracking from './tracking.ts'
import * as vendor from './vendor.ts'

/** In the order of the codes. */
export const CATALOGUE: ReadonlyMap<string, Entry> = new Map(
  [syntax, shape, jobs, sources, knowledge, gpus, advice, stack, files, packages, builds, nodes, notebook, servers, vendor, tracking, outputs, engine]
    .flatMap((module) => Object.values(module).map(({ entry }) => entry))
    .sort((a, b) => (a.code < b.code ? -1 : 1))
    .map((entry) => [entry.code, entry]),
)
