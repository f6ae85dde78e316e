/** Preloaded into a measured process: writes its peak resident memory in KiB to file descriptor 3 as it ends. */
const { readFileSync, writeSync } = require('node:fs')

/** Linux counts the parent's memory at the fork into `maxRSS`, but not into `VmHWM`. */
function peak() {
  try {
    return /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]
  } catch {
    return process.resourceUsage().maxRSS
  }
}

process.on('exit', () => writeSync(3, String(peak())))
