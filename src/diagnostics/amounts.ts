/** Bytes and times as people say them; nobody needs an estimate to more than two or three digits. */

const UNITS = [
  { unit: 'GB', bytes: 1e9 },
  { unit: 'MB', bytes: 1e6 },
  { unit: 'kB', bytes: 1e3 },
] as const

/** In units of a thousand, as Docker lists images: `1.53 GB`, `865 MB`. */
export function formatBytes(bytes: number): string {
  const { unit, bytes: one } = UNITS.find((each) => bytes >= each.bytes * 0.9995) ?? UNITS[2]
  const amount = bytes / one
  return `${amount >= 99.95 || unit === 'kB' ? Math.round(amount) : Number(amount.toPrecision(amount >= 10 ? 2 : 3))} ${unit}`
}

/** `40 s`, `3 min`, `1 h 20 min`. */
export function formatTime(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 90) return `${minutes} min`
  const rest = Math.round((minutes % 60) / 10) * 10
  return rest === 60 ? `${Math.floor(minutes / 60) + 1} h` : `${Math.floor(minutes / 60)} h${rest === 0 ? '' : ` ${rest} min`}`
}

/** How long a download takes on a line of so many megabits a second. */
export function timeOf(bytes: number, megabits: number): number {
  return (bytes * 8) / (megabits * 1e6)
}
