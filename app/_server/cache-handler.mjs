// Where Next keeps finished pages and the data they were made from (`cacheHandler` in next.config.ts). Its own cache
// can drop entries by tag only inside a request, and only in the process that served it; here they follow the expiries
// that app/_server/invalidations.ts hears of. Plain JavaScript, because Next loads it from the file as well as through
// the bundler; so the state lives on `globalThis`.
import { expiredSince, expireTags, expiriesSoFar, isMiseOff } from './expiries.mjs'

const MOST_BYTES = 64 * 1024 * 1024
/** A time by which everything is too old; Next takes 0 for none. */
const LONG_AGO = 1

/**
 * @typedef {{ value: any, tags: string[], madeAt: number, lastModified: number, cacheControl: unknown, bytes: number }}
 *   Entry `madeAt`: how many expiries had happened when its making began
 * @typedef {{ entries: Map<string, Entry>, bytes: number, hits: number, stale: number, misses: number }} Store
 */

/** @returns {Store} */
function store() {
  const key = Symbol.for('brigade.pages')
  globalThis[key] ??= { entries: new Map(), bytes: 0, hits: 0, stale: 0, misses: 0 }
  return globalThis[key]
}

/**
 * What is kept of pages, for `/database` and metrics.
 * @returns {{ entries: number, bytes: number, hits: number, stale: number, misses: number, oldestAt: number | null }}
 *   `stale`: asked for after it expired; `oldestAt` in milliseconds since 1970
 */
export function keptPages() {
  const { entries, bytes, hits, stale, misses } = store()
  const times = [...entries.values()].map(({ lastModified }) => lastModified)
  return {
    entries: entries.size,
    bytes,
    hits,
    stale,
    misses,
    oldestAt: times.length > 0 ? Math.min(...times) : null,
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
  /** What is made from here on knows of all expiries so far. */
  madeAt = expiriesSoFar()
  startedAt = Date.now()

  /**
   * A stale page is gone: it is made again before it is answered. Stale data is loaded again too, but kept until that
   * has worked: while the database is away, `unstable_cache` makes pages from what it has.
   * @param {string} key
   * @param {{ kind: string, tags?: string[], softTags?: string[] }} context
   */
  async get(key, { kind, tags = [], softTags = [] }) {
    const { entries } = store()
    const isPage = kind !== 'FETCH'
    const entry = entries.get(key)
    if (!entry || (isMiseOff() && isPage)) {
      if (isPage) store().misses++
      return null
    }
    entries.delete(key)
    entries.set(key, entry)

    const { value, madeAt, lastModified, cacheControl } = entry
    const isStale = expiredSince([...entry.tags, ...tags, ...softTags], madeAt)
    if (isPage) store()[isStale ? 'stale' : 'hits']++
    if (!isStale && !isMiseOff()) return { value, lastModified, cacheControl }
    if (!isPage) return { value, lastModified: LONG_AGO, cacheControl }
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
