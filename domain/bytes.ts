const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const
/** As PostgreSQL and `ls -h` count. */
const STEP = 1024

/** Bytes as people read them at a glance: "512 B", "8 kB", "3.4 MB", "120 GB". */
export function formatBytes(bytes: number): string {
  const size = Math.abs(bytes)
  const power = size < STEP ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log(size) / Math.log(STEP)))
  const value = bytes / STEP ** power
  const digits = power === 0 || Math.abs(value) >= 9.95 ? 0 : 1
  return `${value.toFixed(digits).replace(/\.0$/, '')} ${UNITS[power]}`
}
