import { serialize } from 'node:v8'
import { keptPages } from './cache-handler.mjs'
import { expiredSince, expiriesSoFar, isMiseOff } from './expiries.mjs'
import { settleOwnWrites } from './own-writes'

/** What all entries together may hold, as PostgreSQL would not have to be asked for it. */
const MOST_BYTES = 32 * 1024 * 1024
/** After a renewal failed, readers have the old value without trying anew for so long. */
const RETRY_MS = 5000

type Loaded = { madeAt: number; promise: Promise<unknown> }
type Entry = {
  name: string
  value: unknown
  tags: readonly string[]
  /** How many expiries there had been when its loading began. */
  madeAt: number
  loadedAt: number
  /** From when on a reader renews it. */
  renewAt: number
  bytes: number
}
type Counts = {
  hits: number
  renewed: number
  loads: number
  joined: number
  failures: number
  loadMs: number
}
type Store = {
  entries: Map<string, Entry>
  loading: Map<string, Loaded>
  counts: Map<string, Counts>
  bytes: number
}

/** On `globalThis`, because the bundler may load this module more than once. */
function store(): Store {
  const holder = globalThis as unknown as { [key: symbol]: Store | undefined }
  const key = Symbol.for('brigade.mise')
  holder[key] ??= { entries: new Map(), loading: new Map(), counts: new Map(), bytes: 0 }
  return holder[key]
}

export type Preparation<Args extends readonly unknown[], T> = {
  /** What is kept, in a cook's words: it stands on `/database` and labels the metrics. */
  name: string
  /** Which of its kind is asked for. Whoever may not see all of a kind must stand in it. */
  key: (...args: Args) => string
  /** What makes it stale when a mutation names it (`invalidate` in db/mutations). */
  tags: (...args: Args) => readonly string[]
  /** After so long the next reader still gets it, while it is renewed behind: for what time alone changes. */
  freshSeconds: number
  load: (...args: Args) => Promise<T>
}

/**
 * Mise en place: what is asked for often is prepared once and kept at hand, in each process by itself.
 *
 * A value is never handed out after one of its tags expired; one that is only old is handed out while a single reader
 * renews it. Whoever asks while it is being loaded shares that load, unless a tag expired since it began. Values are
 * frozen, for all readers hold the same one. Errors of a load reach those who wait for it, and are not kept.
 * With `MISE=off` each reader loads for itself.
 */
export function prepared<Args extends readonly unknown[], T>(
  preparation: Preparation<Args, T>,
): (...args: Args) => Promise<T> {
  const { name, key: keyOf, tags: tagsOf, load } = preparation
  const freshMs = preparation.freshSeconds * 1000

  const loadOnce = (key: string, tags: readonly string[], args: Args): Promise<T> => {
    const { loading } = store()
    const counts = countsOf(name)
    const running = loading.get(key)
    if (running && !expiredSince(tags, running.madeAt)) {
      counts.joined++
      return running.promise as Promise<T>
    }
    const madeAt = expiriesSoFar()
    const startedAt = performance.now()
    const promise = load(...args).then(
      (value) => {
        counts.loads++
        counts.loadMs += performance.now() - startedAt
        return keep(key, { name, value, tags, madeAt, freshMs }) as T
      },
      (error) => {
        counts.failures++
        throw error
      },
    )
    const mine: Loaded = { madeAt, promise }
    loading.set(key, mine)
    const done = () => {
      if (loading.get(key) === mine) loading.delete(key)
    }
    promise.then(done, done)
    return promise
  }

  return async (...args) => {
    if (isMiseOff()) return load(...args)
    settleOwnWrites()
    const key = `${name} ${keyOf(...args)}`
    const tags = tagsOf(...args)
    const entry = take(key)
    if (!entry || expiredSince(entry.tags, entry.madeAt)) return loadOnce(key, tags, args)
    if (Date.now() >= entry.renewAt) {
      countsOf(name).renewed++
      // Whoever comes meanwhile has no need to try as well, nor soon again if this fails.
      entry.renewAt = Date.now() + RETRY_MS
      loadOnce(key, tags, args).catch((error) => console.warn(`Could not renew ${name}:`, error))
    } else countsOf(name).hits++
    return entry.value as T
  }
}

function countsOf(name: string): Counts {
  const { counts } = store()
  const known = counts.get(name)
  if (known) return known
  const none = { hits: 0, renewed: 0, loads: 0, joined: 0, failures: 0, loadMs: 0 }
  counts.set(name, none)
  return none
}

/** The first in a `Map` is the one that nobody asked for the longest. */
function take(key: string): Entry | undefined {
  const { entries } = store()
  const entry = entries.get(key)
  if (!entry) return undefined
  entries.delete(key)
  entries.set(key, entry)
  return entry
}

function keep(
  key: string,
  { freshMs, value, ...made }: Pick<Entry, 'name' | 'value' | 'tags' | 'madeAt'> & { freshMs: number },
): unknown {
  drop(key)
  const loadedAt = Date.now()
  const bytes = serialize(value).length
  const entry = { ...made, value: frozen(value), loadedAt, renewAt: loadedAt + freshMs, bytes }
  store().entries.set(key, entry)
  store().bytes += bytes
  for (const [oldest] of store().entries) {
    if (store().bytes <= MOST_BYTES) break
    drop(oldest)
  }
  return entry.value
}

function drop(key: string): void {
  const { entries } = store()
  const entry = entries.get(key)
  if (!entry) return
  entries.delete(key)
  store().bytes -= entry.bytes
}

function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  for (const part of Object.values(value)) frozen(part)
  return Object.freeze(value)
}

export type MiseFigures = Counts & {
  name: string
  entries: number
  bytes: number
  /** When the oldest of them was loaded, in milliseconds since 1970. */
  oldestAt: number | null
}

/** What this process keeps, by name, and how often that was of use since it started. */
export function miseFigures(): MiseFigures[] {
  const { entries, counts } = store()
  const all = [...entries.values()]
  const { stale, misses, ...pages } = keptPages()
  // Next makes them, and does not say how long that takes or whether it failed.
  const guestMenus = { name: 'guest menus', ...pages, loads: stale + misses, renewed: 0, joined: 0 }
  const ours = [...counts].map(([name, counted]) => {
    const mine = all.filter((entry) => entry.name === name)
    return {
      name,
      ...counted,
      entries: mine.length,
      bytes: mine.reduce((sum, { bytes }) => sum + bytes, 0),
      oldestAt: mine.length > 0 ? Math.min(...mine.map(({ loadedAt }) => loadedAt)) : null,
    }
  })
  return [{ ...guestMenus, failures: 0, loadMs: 0 }, ...ours]
}
