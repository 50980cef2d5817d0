/** `under a second`, `about 3 s`, `about 4 min`, `about 2 h`. */
export function duration(seconds: number): string {
  if (seconds < 1) return 'under a second'
  if (seconds < 120) return `about ${Math.round(seconds)} s`
  if (seconds < 7200) return `about ${Math.round(seconds / 60)} min`
  return `about ${Math.round(seconds / 3600)} h`
}

/** `12 kB`, `3.4 MB`, `1.2 GB`. */
export function bytes(count: number): string {
  if (count >= 2 ** 30) return `${(count / 2 ** 30).toFixed(1)} GB`
  if (count >= 2 ** 20) return `${(count / 2 ** 20).toFixed(1)} MB`
  return `${Math.ceil(count / 1024)} kB`
}

/** `Sat 12:00 UTC`. */
export function hour(at: Date): string {
  const day = at.toLocaleDateString('en', { weekday: 'short', timeZone: 'UTC' })
  return `${day} ${String(at.getUTCHours()).padStart(2, '0')}:00 UTC`
}
