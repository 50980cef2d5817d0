import type { LiveDay } from '@/app/_server/live/messages'
import { applyChanges, applySnapshot, type KnownWall, knownFrom, type WallPicture } from '@/domain/live'
import { type LiveEvent, readEvents } from './read-events'

/** What the page was rendered with. */
export type LiveInitial = WallPicture & { day: LiveDay }

/**
 * `connecting` before the first contact, `lost` while it is looked for again. `signed_out` and `not_found` are what the
 * server says; it is asked again, seldom, in case somebody signs in elsewhere.
 */
type Connection = 'connecting' | 'live' | 'lost' | 'signed_out' | 'not_found'

export type Live = KnownWall & {
  readonly day: LiveDay
  /** When all this was last known to be true, in milliseconds since 1970 by the database's clock. */
  readonly lastContact: number
  readonly connection: Connection
  /** Counts up whenever the menu may have changed, also at each contact, since nobody told meanwhile. */
  readonly menuChanges: number
}

export type LiveStore = {
  getState: () => Live
  subscribe: (listener: () => void) => () => void
  /** Takes over a newer rendering of the page; not while messages come, which would then tell no events. */
  offer: (initial: LiveInitial) => void
  /** Connects, and goes on connecting, until the returned function is called. */
  start: () => () => void
  /** Something changed for the better: tries at once. */
  retryNow: () => void
}

type Options = {
  /** For clients that are no browser: the session's cookie. */
  headers?: Record<string, string>
  /** Sees each message before it is applied. */
  onMessage?: (message: LiveEvent) => void
}

/** Beats come every five seconds; after so much silence the connection is not trusted, whatever it says. */
const SILENCE_MS = 12_000
/** Seldom enough for a proxy in front of a chain's screens, and often enough to be back within a second. */
const RETRY_MS = { first: 100, longest: 750 }
/** While the server answers, but not to us. */
const REFUSED_RETRY_MS = 10_000

/** The part of the wall that is true because it was told: its state, and the connection that it is told over. */
export function createLiveStore(url: string, initial: LiveInitial, options: Options = {}): LiveStore {
  let state: Live = {
    ...knownFrom(initial),
    day: initial.day,
    lastContact: initial.at,
    connection: 'connecting',
    menuChanges: 0,
  }
  const listeners = new Set<() => void>()
  let wakeUp = () => {}

  const set = (change: Partial<Live>) => {
    state = { ...state, ...change }
    for (const listener of listeners) listener()
  }
  const trueAt = (at: number): Partial<Live> => ({
    lastContact: Math.max(state.lastContact, at),
    connection: 'live',
  })

  /** False when something was missed: the connection has to begin again from what is known. */
  function apply(message: LiveEvent): boolean {
    options.onMessage?.(message)
    switch (message.event) {
      case 'snapshot':
        set({ ...applySnapshot(state, message.data), ...trueAt(message.data.at) })
        return true
      case 'changes': {
        const known = applyChanges(state, message.data)
        if (known) set({ ...known, ...trueAt(message.data.at) })
        return known !== null
      }
      case 'beat':
        if (message.data.seq > state.seq) return false
        set(trueAt(message.data.at))
        return true
      case 'day':
        set({ day: message.data })
        return true
      case 'menu':
        set({ menuChanges: state.menuChanges + 1 })
        return true
      case 'closed':
        set({ connection: message.data.reason === 'restarting' ? 'lost' : 'signed_out' })
        return false
      default:
        return true
    }
  }

  /** Listens until the connection ends, however it does. Returns how long to wait before the next, or null. */
  async function listenOnce(signal: AbortSignal): Promise<number | null> {
    const silence = new AbortController()
    const watch = () => setTimeout(() => silence.abort(), SILENCE_MS)
    let timer = watch()
    try {
      const response = await fetch(url, {
        headers: { accept: 'text/event-stream', ...options.headers, 'last-event-id': String(state.seq) },
        cache: 'no-store',
        redirect: 'manual',
        signal: AbortSignal.any([signal, silence.signal]),
      })
      if (!response.ok || !response.body) return refusedFor(response)
      set({ menuChanges: state.menuChanges + 1 })
      for await (const message of readEvents(response.body)) {
        clearTimeout(timer)
        timer = watch()
        if (!apply(message)) break
      }
      return state.connection === 'signed_out' ? REFUSED_RETRY_MS : null
    } catch {
      return null
    } finally {
      clearTimeout(timer)
      // The answer may not have been read to its end.
      silence.abort()
    }
  }

  function refusedFor(response: Response): number | null {
    const refused = response.status === 401 ? 'signed_out' : response.status === 404 ? 'not_found' : null
    if (refused) {
      set({ connection: refused })
      return REFUSED_RETRY_MS
    }
    const seconds = Number(response.headers.get('retry-after'))
    return seconds > 0 ? seconds * 1000 : null
  }

  async function keepListening(signal: AbortSignal): Promise<void> {
    let failures = 0
    while (!signal.aborted) {
      const before = state.lastContact
      const told = await listenOnce(signal)
      if (signal.aborted) return
      if (state.connection === 'live') set({ connection: 'lost' })
      // Whoever heard something was connected, and what ended that is over.
      failures = state.lastContact > before ? 0 : failures + 1
      const wait = told ?? Math.min(RETRY_MS.first * 2 ** failures, RETRY_MS.longest)
      // Spread: after a restart every screen of the chain comes at once.
      await pause(wait * (0.5 + Math.random() / 2), signal)
    }
  }

  function pause(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', done)
        resolve()
      }
      const timer = setTimeout(done, ms)
      signal.addEventListener('abort', done)
      wakeUp = done
    })
  }

  return {
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    offer(picture) {
      if (state.connection === 'live' || picture.at <= state.lastContact) return
      const known = applySnapshot(state, { ...picture, otherHistory: false })
      set({ ...known, day: picture.day, lastContact: picture.at })
    },
    start() {
      const stopping = new AbortController()
      void keepListening(stopping.signal)
      return () => stopping.abort()
    },
    retryNow: () => wakeUp(),
  }
}
