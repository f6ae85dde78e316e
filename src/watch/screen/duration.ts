/** Durations as people read them. */

/** How long something took: `84 ms`, `0.4 s`, `2 min 05 s`. */
export function formatDuration(milliseconds: number): string {
  const whole = Math.round(milliseconds)
  if (whole < 100) return `${whole} ms`
  const tenths = Math.round(whole / 100)
  return tenths < 600 ? `${(tenths / 10).toFixed(1)} s` : formatElapsed(tenths * 100)
}

/** How long something has been going on, in steps that a clock would take: `12 s`, `2 min 05 s`, `3 h 07 min`. */
export function formatElapsed(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000))
  const minutes = Math.floor(seconds / 60)
  if (minutes === 0) return `${seconds} s`
  return minutes < 60 ? `${minutes} min ${twoDigits(seconds % 60)} s` : `${Math.floor(minutes / 60)} h ${twoDigits(minutes % 60)} min`
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0')
}
