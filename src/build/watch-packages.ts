/** What only `mlstack watch` needs of other packages: a bundle of its own, which no other command reads. */
export { default } from '@balena/dockerignore'
export { FSWatcher } from 'chokidar'
export { execa } from 'execa'
export { pack } from 'tar-stream'
