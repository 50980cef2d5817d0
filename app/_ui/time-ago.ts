const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/**
 * How long ago an instant was, in words. `minutes`: how finely it was noted, within which nothing can be told but "just
 * now".
 */
export function timeAgo(instant: number, now: number, minutes = 2): string {
  const passed = Math.max(0, now - instant)
  if (passed < minutes * MINUTE) return 'just now'
  if (passed < HOUR) return `${Math.floor(passed / MINUTE)} min ago`
  if (passed < DAY) return `${Math.floor(passed / HOUR)} h ago`
  const days = Math.floor(passed / DAY)
  return days === 1 ? 'a day ago' : `${days} days ago`
}
