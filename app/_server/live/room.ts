import type { Db } from '@/db/client'
import { takeWall, wallChanges } from '@/db/queries/wall'
import { apart } from '@/db/request-context'
import type { WallChanges, WallSnapshot } from '@/domain/live'
import type { RestaurantScope } from '@/domain/scope'
import { coalesce } from './coalesce'
import { takeDay } from './day'
import { frame } from './messages'
import type { LiveStream } from './stream'

const RETRY_MS = { first: 100, longest: 1000 }
/** Low stock and the business date change without a ticket. */
const DAY_LASTS_MS = 60_000

type Update = { name: 'changes'; message: WallChanges } | { name: 'snapshot'; message: WallSnapshot }

/**
 * The screens of one restaurant in this process. The table is read once for all of them, whenever there may be something
 * new; what it says is sent to each.
 */
export class Room {
  readonly streams = new Set<LiveStream>()
  /** When the room's screens were last known to miss nothing, as `performance.now()` counts. */
  confirmedAt = performance.now()
  /** Reads what is new and tells the screens. Never rejects: what failed is tried again. */
  readonly wake: () => Promise<void>
  /** The number that the room's screens were told of; null while there are none. */
  #seq: number | null = null
  /** Something happened while nobody could be told. */
  #wasCalled = false
  #told = { off: '', settings: '' }
  #failures = 0
  #day = { bytes: null as Uint8Array | null, text: '', seq: -1, readAt: 0 }
  /** What is being read for screens that join, by their number: after a restart all screens know the same one. */
  #reads = new Map<number | null, Promise<Update>>()

  /** @param scope that of who joined last: their session knows the restaurant's newest settings */
  constructor(
    private readonly db: Db,
    public scope: RestaurantScope,
  ) {
    this.wake = coalesce(() => apart('walls', () => this.#catchUp()))
  }

  /** Tells the screen what it missed since `lastSeq`, or everything; from then on it is told what all are told. */
  async join(stream: LiveStream, lastSeq: number | null): Promise<void> {
    let update = await this.#readFor(lastSeq)
    stream.send(bytesOf(update))
    // What was told to the others while this was read, they will not be told again.
    while (stream.isOpen && this.#seq !== null && update.message.seq < this.#seq) {
      update = await this.#readFor(update.message.seq)
      stream.send(bytesOf(update))
    }
    if (!stream.isOpen) return
    if (this.streams.size === 0) this.confirmedAt = performance.now()
    stream.seq = update.message.seq
    stream.send(frame('beat', { seq: stream.seq, at: update.message.at }))
    if (this.#day.bytes) stream.send(this.#day.bytes)
    this.streams.add(stream)
    this.#seq ??= update.message.seq
    if (this.#wasCalled) void this.wake()
  }

  leave(stream: LiveStream): void {
    this.streams.delete(stream)
    if (this.streams.size > 0) return
    this.#seq = null
    this.#told = { off: '', settings: '' }
  }

  /** The database says that its number is `seq`: the screens are told so, once they know what belongs to it. */
  async confirm({ seq, at }: { seq: number; at: number }): Promise<void> {
    if (seq !== this.#seq) await this.wake()
    if (this.#seq === null || this.#seq < seq) return
    this.confirmedAt = performance.now()
    const bytes = frame('beat', { seq, at })
    for (const stream of this.streams) stream.send(bytes)
  }

  /** Reads the day's figures if they may have changed, and tells the screens if they have. */
  async refreshDay(now: number): Promise<void> {
    const seq = this.#seq
    const isFresh = seq === this.#day.seq && now - this.#day.readAt < DAY_LASTS_MS
    if (seq === null || isFresh) return
    const day = await takeDay(this.db, this.scope)
    const text = JSON.stringify(day)
    const isNew = text !== this.#day.text
    const bytes = frame('day', day)
    this.#day = { bytes, text, seq, readAt: now }
    if (isNew) for (const stream of this.streams) stream.send(bytes)
  }

  tellMenu(): void {
    const bytes = frame('menu', {})
    for (const stream of this.streams) stream.send(bytes)
  }

  async #catchUp(): Promise<void> {
    this.#wasCalled = this.#seq === null
    if (this.#seq === null) return
    const since = this.#seq
    try {
      const update = await readSince(this.db, this.scope, since)
      this.#failures = 0
      // Or everybody left meanwhile, and whoever came since knows this.
      if (this.#seq === since && update.message.seq !== since) this.#tell(update)
    } catch (error) {
      this.#tryAgain(error)
    }
  }

  #tell(update: Update): void {
    const { name, message } = update
    const { seq } = message
    this.#seq = seq
    const bytes = bytesOf(name === 'changes' ? { name, message: this.#withoutKnown(message) } : update)
    for (const stream of this.streams) {
      // Who joined a moment ago knows it already.
      if (name === 'changes' && stream.seq >= seq) continue
      stream.send(bytes)
      stream.seq = seq
    }
  }

  /**
   * Dishes that are off and settings are read each time and seldom change. Over several numbers they are always told:
   * who joined in between may have read what has been taken back since.
   */
  #withoutKnown({ off, settings, ...changes }: WallChanges): WallChanges {
    const isOneStep = changes.seq - changes.since === 1
    const told = { off: JSON.stringify(off), settings: JSON.stringify(settings) }
    const before = this.#told
    this.#told = told
    return {
      ...changes,
      ...(off && !(isOneStep && told.off === before.off) && { off }),
      ...(settings && !(isOneStep && told.settings === before.settings) && { settings }),
    }
  }

  #tryAgain(error: unknown): void {
    if (this.streams.size === 0) return
    if (this.#failures === 0)
      console.warn(`Walls of ${this.scope.restaurant.slug} wait for the database:`, error)
    const wait = Math.min(RETRY_MS.first * 2 ** this.#failures++, RETRY_MS.longest)
    setTimeout(() => this.wake(), wait * (0.5 + Math.random() / 2)).unref()
  }

  #readFor(lastSeq: number | null): Promise<Update> {
    const begun = this.#reads.get(lastSeq)
    if (begun) return begun
    const read = readSince(this.db, this.scope, lastSeq).finally(() => this.#reads.delete(lastSeq))
    this.#reads.set(lastSeq, read)
    return read
  }
}

async function readSince(db: Db, scope: RestaurantScope, since: number | null): Promise<Update> {
  const changes = since === null ? null : await wallChanges(db, scope, since)
  if (changes) return { name: 'changes', message: changes }
  const picture = await takeWall(db, scope)
  return { name: 'snapshot', message: { ...picture, otherHistory: since !== null && picture.seq < since } }
}

const bytesOf = (update: Update): Uint8Array =>
  update.name === 'changes'
    ? frame('changes', update.message, update.message.seq)
    : frame('snapshot', update.message, update.message.seq)
