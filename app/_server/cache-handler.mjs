// Where Next keeps finished pages and the data they were made from (`cacheHandler` in next.config.js). Its own cache
// can drop entries by tag only inside a request, and only in the process that served it; this one does so whenever
// `expireTags` is called, which app/_server/invalidations.ts does for every process. Plain JavaScript, because Next loads
// it from the file as well as through the bundler; so the state lives on `globalThis`.

const MOST_BYTES = 64 * 1024 * 1024
const MOST_TAGS = 5000
/** A time by which everything is too old; Next takes 0 for none. */
const LONG_AGO = 1

/**
 * @typedef {{ value: any, tags: string[], madeAt: number, lastModified: number, cacheControl: unknown, bytes: number }}
 *   Entry `madeAt`: how many expiries had happened when its making began
 * @typedef {{
 *   entries: Map<string, Entry>, bytes: number,
 *   expiries: number, expiredAt: Map<string, number>, forgottenUpTo: number,
 * }} Store `expiredAt`: the number of each tag's last expiry; `forgottenUpTo`: those up to here were dropped from it
 */

/** @returns {Store} */
function store() {
  const key = Symbol.for('brigade.pages')
  globalThis[key] ??= { entries: new Map(), bytes: 0, expiries: 0, expiredAt: new Map(), forgottenUpTo: 0 }
  return globalThis[key]
}

/**
 * Makes everything stale that carries one of the tags, in this process, including what is being made at this moment.
 * @param {readonly string[]} tags
 */
export function expireTags(tags) {
  const { expiredAt } = store()
  for (const tag of tags) {
    expiredAt.delete(tag)
    expiredAt.set(tag, ++store().expiries)
  }
  for (const [tag, at] of expiredAt) {
    if (expiredAt.size <= MOST_TAGS) break
    expiredAt.delete(tag)
    store().forgottenUpTo = at
  }
}

/** Of entries: the first in a `Map` is the one that nobody asked for the longest. */
function dropLeastUsed() {
  for (const [key, entry] of store().entries) {
    if (store().bytes <= MOST_BYTES) return
    drop(key, entry)
  }
}

/**
 * @param {string} key
 * @param {Entry | undefined} entry
 */
function drop(key, entry) {
  if (!entry) return
  store().entries.delete(key)
  store().bytes -= entry.bytes
}

/** Next makes one for each request, before anything is rendered for it. */
export default class CacheHandler {
  /** What is made from here on knows of all expiries so far. An instant would not do: two can share a millisecond. */
  madeAt = store().expiries
  startedAt = Date.now()

  /**
   * A stale page is gone: it is made again before it is answered. Stale data is loaded again too, but kept until that
   * has worked: while the database is away, `unstable_cache` makes pages from what it has.
   * @param {string} key
   * @param {{ kind: string, tags?: string[], softTags?: string[] }} context
   */
  async get(key, { kind, tags = [], softTags = [] }) {
    const { entries, expiredAt, forgottenUpTo } = store()
    const entry = entries.get(key)
    if (!entry) return null
    entries.delete(key)
    entries.set(key, entry)

    const { value, madeAt, lastModified, cacheControl } = entry
    const isStale =
      madeAt < forgottenUpTo ||
      [...entry.tags, ...tags, ...softTags].some((tag) => (expiredAt.get(tag) ?? 0) > madeAt)
    if (!isStale) return { value, lastModified, cacheControl }
    if (kind === 'FETCH') return { value, lastModified: LONG_AGO, cacheControl }
    drop(key, entry)
    return null
  }

  /**
   * @param {string} key
   * @param {any} value null takes the entry out
   * @param {{ tags?: string[], cacheControl?: unknown }} context
   */
  async set(key, value, { tags = [], cacheControl }) {
    const { entries } = store()
    drop(key, entries.get(key))
    if (!value) return
    const entry = {
      value,
      tags: [...tags, ...(value.headers?.['x-next-cache-tags']?.split(',') ?? [])],
      madeAt: this.madeAt,
      lastModified: this.startedAt,
      cacheControl,
      bytes: sizeOf(value),
    }
    entries.set(key, entry)
    store().bytes += entry.bytes
    dropLeastUsed()
  }

  /** @param {string | string[]} tags */
  async revalidateTag(tags) {
    expireTags([tags].flat())
  }

  resetRequestCache() {}
}

/** Roughly the bytes that a cached value holds: strings, buffers, and containers of them. */
function sizeOf(value) {
  if (typeof value === 'string' || Buffer.isBuffer(value)) return value.length
  if (value instanceof Map) return sizeOf([...value.values()])
  if (value !== null && typeof value === 'object')
    return Object.values(value).reduce((sum, part) => sum + sizeOf(part), 0)
  return 8
}
