// Where Next keeps finished pages and the data they were made from (`cacheHandler` in next.config.ts). Its own cache
// can drop entries by tag only inside a request, and only in the process that served it; here they follow the expiries
// that app/_server/invalidations.ts hears of. Plain JavaScript, because Next loads it from the file as well as through
// the bundler; so the state lives on `globalThis`.
import { expiredSince, expireTags, expiriesSoFar, isMiseOff } from './expiries.mjs'

const MOST_BYTES = 64 * 1024 * 1024
/** A time by which everything is too old; Next takes 0 for none. */
const LONG_AGO = 1

/**
 * @typedef {{ value: any, tags: string[], madeAt: number, lastModified: number,
 *   cacheControl?: { revalidate?: number | false }, bytes: number, ready?: object }} Entry
 *   `madeAt`: how many expiries had happened when its making began; `ready`: what bin/serve/guest-pages.mjs hands out
 * @typedef {{ entries: Map<string, Entry>, documents: Map<string, string>, bytes: number, hits: number, stale: number, misses: number }} Store
 *   `documents`: under which key a path's page is kept
 */

/** @returns {Store} */
function store() {
  const key = Symbol.for('brigade.pages')
  globalThis[key] ??= { entries: new Map(), documents: new Map(), bytes: 0, hits: 0, stale: 0, misses: 0 }
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
  const path = documentPath(key, entry.value)
  if (path) store().documents.delete(path)
  store().bytes -= entry.bytes
}

/**
 * A guest menu that can be handed out as it is, without Next: kept, and neither stale nor old.
 * @param {string} path
 * @returns {Entry | null} null: Next has to be asked, which makes it anew
 */
export function findFreshPage(path) {
  const entry = store().entries.get(store().documents.get(path) ?? '')
  if (!entry || isMiseOff()) return null
  return isOld(entry) || expiredSince(entry.tags, entry.madeAt) ? null : entry
}

/** @param {Entry} entry */
function isOld({ lastModified, cacheControl }) {
  const seconds = cacheControl?.revalidate
  return typeof seconds === 'number' && Date.now() >= lastModified + seconds * 1000
}

/**
 * Notes that a page was handed out.
 * @param {string} path
 */
export function countUse(path) {
  const key = store().documents.get(path) ?? ''
  const entry = store().entries.get(key)
  if (entry) use(key, entry)
  store().hits++
}

/**
 * Notes that a page holds more bytes in memory than it did.
 * @param {string} path
 * @param {Entry} entry
 * @param {number} bytes
 */
export function countBytes(path, entry, bytes) {
  if (store().entries.get(store().documents.get(path) ?? '') !== entry) return
  entry.bytes += bytes
  store().bytes += bytes
  dropLeastUsed()
}

/** Next puts more before the path, which is no business of ours. */
const MENU_KEY = /\/m\/[a-z0-9-]+$/

/**
 * The path of a guest menu that is there: nothing on it needs a script. One that is not there is drawn by Next's own.
 * @returns {string | undefined}
 */
function documentPath(key, value) {
  if (value.kind !== 'APP_PAGE' || (value.status ?? 200) !== 200) return undefined
  return MENU_KEY.exec(key)?.[0]
}

const SCRIPTS = /<script\b[^>]*>.*?<\/script>|<link rel="preload" as="script"[^>]*>/gs

/**
 * Without the scripts, which repeat the whole page as data for React to find it unchanged: most of the bytes, and all of the
 * work on a guest's phone. React escapes `<` in whatever it writes, so these are all its own.
 */
const asDocument = (value) => ({ ...value, html: value.html.replace(SCRIPTS, '') })

/** Moves it behind all that nobody asked for since. */
function use(key, entry) {
  const { entries } = store()
  entries.delete(key)
  entries.set(key, entry)
}

/** Next makes one for each request, before anything is rendered for it. */
export default class CacheHandler {
  /** What is made from here on knows of all expiries so far. */
  madeAt = expiriesSoFar()
  startedAt = Date.now()

  /**
   * A stale page is gone, and so is an old one: it is made again before it is answered, for one that is made behind
   * everybody's back could be older than what its next reader wrote. Stale data is loaded again too, but kept until that
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
    use(key, entry)

    const { value, madeAt, lastModified, cacheControl } = entry
    const isStale = (isPage && isOld(entry)) || expiredSince([...entry.tags, ...tags, ...softTags], madeAt)
    if (isPage) store()[isStale ? 'stale' : 'hits']++
    if (!isStale && !isMiseOff()) return { value, lastModified, cacheControl }
    if (!isPage) return { value, lastModified: LONG_AGO, cacheControl }
    drop(key, entry)
    return null
  }

  /**
   * @param {string} key
   * @param {any} made null takes the entry out
   * @param {{ tags?: string[], cacheControl?: Entry['cacheControl'] }} context
   */
  async set(key, made, { tags = [], cacheControl }) {
    const { entries } = store()
    drop(key, entries.get(key))
    if (!made) return
    const path = documentPath(key, made)
    const value = path ? asDocument(made) : made
    const entry = {
      value,
      tags: [...tags, ...(value.headers?.['x-next-cache-tags']?.split(',') ?? [])],
      madeAt: this.madeAt,
      lastModified: this.startedAt,
      cacheControl,
      bytes: sizeOf(value),
    }
    entries.set(key, entry)
    if (path) store().documents.set(path, key)
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
