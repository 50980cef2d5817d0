import type { Db } from '@/db/client'
import { touchDevices } from '@/db/mutations/devices'
import { findEndedViewers, type Viewer } from '@/db/queries/viewers'
import { readFeeds } from '@/db/queries/wall'
import { apart } from '@/db/request-context'
import { MENU_TAG, menuTag } from '@/domain/cache-tags'
import type { Subscriber } from '../listener'
import { coalesce } from './coalesce'
import { Room } from './room'
import { LiveStream } from './stream'

/** Less than the five seconds that are promised: asking takes time too. */
const BEAT_MS = 4500
/** A beat that failed is tried again so soon that screens are right within two seconds of the database's return. */
const BEAT_AGAIN_MS = 500
/** A connection to the database that comes and goes asks for one look at the feeds in this time. */
const LOOK_AT_MOST_EVERY_MS = 250

export type LiveRequest = {
  viewer: Viewer
  /** The feed number that the screen knows; null for a screen that knows nothing. */
  lastSeq: number | null
  /** Given when the client went away. */
  signal: AbortSignal
  /** Destroys the connection. */
  cut: () => void
}

/**
 * All live streams of this process. Notifications only wake it up: what counts is read from the tables. Every five
 * seconds it asks the database once for all of its restaurants' numbers; who is up to date is told so, and who may not
 * watch any more is sent away.
 */
export class Hub {
  #rooms = new Map<number, Room>()
  #isClosing = false
  #timers = new Set<NodeJS.Timeout>()
  /** Asks the database now, and tells who is up to date. Resolves also when it could not be asked. */
  readonly confirm: () => Promise<void>
  #days: () => Promise<void>
  #lastLookAt = Number.NEGATIVE_INFINITY
  #lookIsDue = false
  #failures = 0

  constructor(private readonly db: Db) {
    this.confirm = coalesce(() => apart('walls', () => this.#confirmAll()))
    this.#days = coalesce(() => apart('kitchen', () => this.#refreshDays()))
  }

  /** Begins to beat. Called outside of any request, so that no timer keeps one in memory. */
  start(): void {
    const timer = setInterval(() => this.confirm(), BEAT_MS).unref()
    this.#timers.add(timer)
  }

  /** What the process listens to. Afterwards whatever was not heard is read. */
  readonly subscriber: Subscriber = {
    channel: 'kitchen',
    onPayload: (restaurantId) => void this.#rooms.get(Number(restaurantId))?.wake(),
    onConnect: async () => this.#look(),
  }

  /** Tells screens that their menu became stale, by the cache tags of what changed. */
  tellMenus(tags: readonly string[]): void {
    const isStale = (restaurantId: number) => tags.includes(MENU_TAG) || tags.includes(menuTag(restaurantId))
    for (const [id, room] of this.#rooms) if (isStale(id)) room.tellMenu()
  }

  get isClosing(): boolean {
    return this.#isClosing
  }

  get streams(): number {
    return [...this.#rooms.values()].reduce((sum, room) => sum + room.streams.size, 0)
  }

  /** Seconds since the room that waits longest was last known to miss nothing; 0 while nobody watches. */
  get lagSeconds(): number {
    const watched = [...this.#rooms.values()].filter((room) => room.streams.size > 0)
    const now = performance.now()
    return Math.max(0, ...watched.map((room) => (now - room.confirmedAt) / 1000))
  }

  /**
   * A stream that begins with all that the screen does not know, as read through the gate before this resolves; no
   * connection is held afterwards. Rejects as queries do.
   */
  async open({ viewer, lastSeq, signal, cut }: LiveRequest): Promise<ReadableStream<Uint8Array>> {
    const room = this.#roomOf(viewer)
    const stream = new LiveStream(viewer, () => room.leave(stream), cut)
    // Next never reads a body whose client is gone already, so it would never be cancelled either.
    signal.addEventListener('abort', () => stream.drop(), { once: true })
    if (signal.aborted) stream.drop()
    try {
      await room.join(stream, lastSeq)
    } catch (error) {
      stream.discard()
      throw error
    }
    if (this.#isClosing) stream.close('restarting')
    return stream.body
  }

  /** Ends all streams; their screens come back by themselves. */
  close(): void {
    this.#isClosing = true
    for (const timer of this.#timers) clearTimeout(timer)
    for (const room of this.#rooms.values()) for (const stream of room.streams) stream.close('restarting')
  }

  #roomOf({ scope }: Viewer): Room {
    const { id } = scope.restaurant
    const room = this.#rooms.get(id) ?? new Room(this.db, scope)
    room.scope = scope
    this.#rooms.set(id, room)
    return room
  }

  /** At once, and again at most a quarter of a second later if asked for meanwhile. */
  #look(): void {
    if (this.#lookIsDue || this.#isClosing) return
    this.#lookIsDue = true
    const wait = Math.max(0, this.#lastLookAt + LOOK_AT_MOST_EVERY_MS - performance.now())
    this.#after(wait, () => {
      this.#lookIsDue = false
      this.#lastLookAt = performance.now()
      void this.confirm()
    })
  }

  async #confirmAll(): Promise<void> {
    const rooms = [...this.#rooms.values()].filter((room) => room.streams.size > 0)
    if (rooms.length === 0 || this.#isClosing) return
    try {
      await this.#sendAwayEnded(rooms)
      const feeds = await readFeeds(
        this.db,
        rooms.map((room) => room.scope),
      )
      await Promise.all(feeds.map((feed) => this.#rooms.get(feed.restaurantId)?.confirm(feed)))
      await this.#noteScreens(rooms)
      this.#failures = 0
      void this.#days()
    } catch (error) {
      // Nobody is told that all is well, and screens that hear nothing for ten seconds turn red.
      if (this.#failures++ === 0) console.warn('The walls can not be confirmed:', error)
      this.#after(BEAT_AGAIN_MS * (0.5 + Math.random() / 2), () => this.confirm())
    }
  }

  async #sendAwayEnded(rooms: readonly Room[]): Promise<void> {
    const streams = rooms.flatMap((room) => [...room.streams])
    const viewers = streams.map((stream) => stream.viewer)
    const ended = new Set(await findEndedViewers(this.db, viewers))
    for (const stream of streams)
      if (ended.has(stream.viewer))
        stream.close(stream.viewer.sessionToken === null ? 'revoked' : 'signed_out')
  }

  /** A screen that is connected is seen, although it asks for nothing. */
  async #noteScreens(rooms: readonly Room[]): Promise<void> {
    const scopes = rooms.flatMap((room) => [...room.streams].map((stream) => stream.viewer.scope))
    const screens = scopes.filter((scope) => scope.actor.deviceId !== null)
    if (screens.length > 0) await touchDevices(this.db, screens)
  }

  async #refreshDays(): Promise<void> {
    for (const room of this.#rooms.values()) {
      const failed = (error: unknown) =>
        console.warn(`The day of ${room.scope.restaurant.slug} was not read:`, error)
      await room.refreshDay(Date.now()).catch(failed)
    }
  }

  #after(ms: number, work: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      work()
    }, ms).unref()
    this.#timers.add(timer)
  }
}
