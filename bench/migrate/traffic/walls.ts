import { sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import {
  createLiveStore,
  type LiveInitial,
  type LiveStore,
} from '@/app/(staff)/kitchen/[restaurant]/live-store'
import type { Database } from '@/db/client'
import type { WallEvent } from '@/domain/wall'
import type { Place } from './places'
import { groupBy, type Recorder } from './recorder'
import { sendUntilAnswered } from './send'

/** How long a ticket stays in a state until somebody presses it on. */
const UNTIL_PRESSED_MS = 4000
const LOOK_EVERY_MS = 500

export type WallCheck = {
  /** Events in the log since the screens began, as often as there are screens that had to show them. */
  events: number
  missed: number
  twice: number
}

/** A screen before its first contact, which then gets everything: its number is none that a feed has. */
const NOTHING_YET = { seq: -1, at: 0, tickets: [], off: [] } as unknown as LiveInitial

export type Screen = {
  place: Place
  store: LiveStore
  /** The feed number of its first snapshot. */
  since: number | null
  shown: Set<string>
  twice: number
  stop: () => void
}

/**
 * Screens of one restaurant after the other, each with its live stream. The first of each restaurant presses every ticket
 * of this traffic on, from state to state, until it is handed over.
 * @param onShown once for each screen that shows an order
 */
export function openWalls(
  recorder: Recorder,
  places: readonly Place[],
  origins: readonly string[],
  { cookie, count, since }: { cookie: string; count: number; since: number },
  onShown: (orderId: string, at: number) => void,
) {
  const underWay = new Set<Promise<void>>()
  const screens = Array.from({ length: count }, (_, index): Screen => {
    const place = places[index % places.length]
    const origin = origins[index % origins.length]
    if (!place || !origin) throw new Error('There is no restaurant, or no server.')
    return openScreen(recorder, place, `${origin}/api/kitchen/${place.slug}/events`, cookie, onShown)
  })
  const pressers = screens.slice(0, places.length).map((screen, index) => {
    const origin = origins[index % origins.length] ?? ''
    const pressed = new Map<string, { status: string; at: number }>()
    return setInterval(() => {
      const now = performance.now()
      for (const ticket of screen.store.getState().tickets) {
        if (ticket.createdAt < since) continue
        const known = pressed.get(ticket.id)
        if (known?.status !== ticket.status) pressed.set(ticket.id, { status: ticket.status, at: now })
        else if (now - known.at >= UNTIL_PRESSED_MS) {
          // Once for each state; should the press fail for good, the ticket stays.
          known.at = Number.POSITIVE_INFINITY
          const settled = press(recorder, origin, screen.place.slug, cookie, ticket).finally(() =>
            underWay.delete(settled),
          )
          underWay.add(settled)
        }
      }
    }, LOOK_EVERY_MS)
  })

  return {
    screens,
    allLive: () => screens.every(({ store }) => store.getState().connection === 'live'),
    /** Presses no more, and waits for what is under way. */
    async stopPressing(): Promise<void> {
      for (const presser of pressers) clearInterval(presser)
      await Promise.all(underWay)
    },
    /** Compares what the screens showed with the log, once each of them knows its last number or half a minute is over. */
    async check(db: Database): Promise<WallCheck> {
      const log = await eventsSince(db, screens)
      const expected = groupBy(log, ({ id }) => id)
      await untilKnown(screens, (id) => Math.max(0, ...(expected.get(id) ?? []).map(({ seq }) => seq)))
      const check: WallCheck = { events: 0, missed: 0, twice: 0 }
      for (const screen of screens) {
        const events = (expected.get(screen.place.id) ?? []).filter(
          ({ seq }) => seq > (screen.since ?? Number.POSITIVE_INFINITY),
        )
        check.events += events.length
        check.missed += events.filter(({ seq, n }) => !screen.shown.has(`${seq}.${n}`)).length
        check.twice += screen.twice
      }
      return check
    },
    close(): void {
      for (const screen of screens) screen.stop()
    },
  }
}

async function press(
  recorder: Recorder,
  origin: string,
  slug: string,
  cookie: string,
  { id, status }: { id: string; status: string },
): Promise<void> {
  await sendUntilAnswered(recorder, 'press', () => `${origin}/api/kitchen/${slug}/moves`, {
    expect: 200,
    ...pressRequest({ origin, cookie }, id, status),
  })
}

/** What a screen sends to press a ticket on from a state. */
export const pressRequest = (
  { origin, cookie }: { origin: string; cookie: string },
  orderId: string,
  status: string,
) => ({
  method: 'POST',
  headers: { origin, cookie, 'content-type': 'application/json' },
  body: JSON.stringify({ id: uuidv7(), move: { do: 'bump', orderId, from: status } }),
})

/** One wall, as a browser runs it but for the picture. Each time that its stream is not there counts until it is back. */
function openScreen(
  recorder: Recorder,
  place: Place,
  url: string,
  cookie: string,
  onShown: (orderId: string, at: number) => void,
): Screen {
  let connected: ReturnType<Recorder['begin']> | null = recorder.begin('wall stream')
  let wasLive = false
  let last: WallEvent | undefined
  const store = createLiveStore(url, NOTHING_YET, { headers: { cookie } })
  const screen: Screen = { place, store, since: null, shown: new Set(), twice: 0, stop: () => {} }
  store.subscribe(() => {
    const { connection, seq, events } = store.getState()
    if (connection === 'live') {
      connected?.(wasLive ? 'the stream broke' : null)
      connected = null
      wasLive = true
      screen.since ??= seq
    } else connected ??= recorder.begin('wall stream')
    if (events.at(-1) === last) return
    const at = performance.now()
    for (const { seq, n, kind, orderId } of events.slice(last ? events.lastIndexOf(last) + 1 : 0)) {
      const key = `${seq}.${n}`
      if (screen.shown.has(key)) screen.twice++
      screen.shown.add(key)
      if (kind === 'placed') onShown(orderId, at)
    }
    last = events.at(-1)
  })
  screen.stop = store.start()
  return screen
}

/** The log of each restaurant from the number on that the first of its screens began with. */
function eventsSince(db: Database, screens: readonly Screen[]) {
  const firsts = [...groupBy(screens, ({ place }) => place.id)].map(([id, theirs]) => ({
    id,
    since: Math.min(...theirs.map(({ since }) => since ?? Number.MAX_SAFE_INTEGER)),
  }))
  return db.execute<{ id: number; seq: number; n: number }>(sql`
    select restaurant_id as id, seq::float8 as seq, n
    from jsonb_to_recordset(${JSON.stringify(firsts)}::text::jsonb) as first (id int, since bigint)
    join order_events on restaurant_id = first.id and seq > first.since`)
}

async function untilKnown(screens: readonly Screen[], seqOf: (id: number) => number): Promise<void> {
  const deadline = performance.now() + 30_000
  const isKnown = () => screens.every(({ place, store }) => store.getState().seq >= seqOf(place.id))
  while (!isKnown() && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20))
}
