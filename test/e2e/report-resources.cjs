/** Preloaded into a session: at SIGUSR2 it clears its garbage away and tells, as one event more, what it still holds. */
const { setFlagsFromString } = require('node:v8')
const { runInNewContext } = require('node:vm')

process.on('SIGUSR2', () => {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  const { rss, heapUsed } = process.memoryUsage()
  const timers = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
  process.stdout.write(`${JSON.stringify({ event: 'resources', rss, heap: heapUsed, timers })}\n`)
})
