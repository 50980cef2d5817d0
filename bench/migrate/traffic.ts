import { openDatabase } from '@/db/client'
import { signInAsAdmin } from '../lib/server'
import { until } from '../live/screens'
import { type OrderCheck, placeOrders } from './traffic/orders'
import { closePlaces, openPlaces } from './traffic/places'
import { MAIN_PAGES, pagesThere, readPages } from './traffic/readers'
import { type End, Recorder, type Sample } from './traffic/recorder'
import { openWalls, type Screen, type WallCheck } from './traffic/walls'

export type TrafficOptions = {
  /** Of the database behind the servers, in which is looked afterwards what became of the orders. */
  databaseUrl: string
  /** Servers that sign sessions with the same secret; requests go to one after the other, screens stay with theirs. */
  origins: readonly string[]
  ordersPerSecond?: number
  screens?: number
  readers?: number
  /** Paths that the readers read in turn, for a restaurant's slug; the main pages unless told. */
  pages?: typeof MAIN_PAGES
}

export type TrafficReport = {
  /** Every request, with what was going on when it began. `figuresOf` sums them up. */
  samples: readonly Sample[]
  orders: OrderCheck
  walls: WallCheck
}

export type Traffic = {
  /** From now on requests belong to `label`. */
  mark(label: string): void
  samples: readonly Sample[]
  screens: readonly Screen[]
  /** Ends it, waits for what is under way, and compares the answers with the database. Said again it answers the same. */
  stop(): Promise<TrafficReport>
}

const RESTAURANTS = 20

/**
 * A chain's traffic over HTTP, on one server or several: orders through the API, wall screens that press each of them on
 * until it is handed over, and people who read the main pages. Needs the volume set, of this release or an older one.
 */
export async function startTraffic(options: TrafficOptions): Promise<Traffic> {
  const { databaseUrl, origins, ordersPerSecond = 20, screens = 40, readers = 10 } = options
  const [origin = ''] = origins
  const cookie = await signInAsAdmin(origin)
  const db = openDatabase(databaseUrl, {
    max: 2,
    statementTimeoutMs: 60_000,
    applicationName: 'bench traffic',
  })
  const { places, name } = await openPlaces(db, Math.min(RESTAURANTS, screens))
  const recorder = new Recorder()
  let turn = 0
  const nextOrigin = () => origins[turn++ % origins.length] ?? origin

  const appearances = new Appearances()
  const since = Date.now()
  const walls = openWalls(recorder, places, origins, { cookie, count: screens, since }, appearances.shown)
  await until('all screens are connected', walls.allLive)
  const pagesToRead = await pagesThere(options.pages ?? MAIN_PAGES, places, origin, cookie)
  const orders = placeOrders(recorder, places, nextOrigin, ordersPerSecond, appearances.placed)
  const pages = readPages(recorder, places, nextOrigin, { cookie, count: readers, pages: pagesToRead })

  const end = async (): Promise<TrafficReport> => {
    await Promise.all([orders.stop(), pages.stop(), walls.stopPressing()])
    const wallCheck = await walls.check(db)
    walls.close()
    const orderCheck = await orders.check(db)
    await closePlaces(db, name)
    await db.close()
    return { samples: recorder.samples, orders: orderCheck, walls: wallCheck }
  }
  let ended: Promise<TrafficReport> | undefined
  return {
    mark: (label) => recorder.mark(label),
    samples: recorder.samples,
    screens: walls.screens,
    stop: () => {
      ended ??= end()
      return ended
    },
  }
}

/** Brings together what became of an order's request and when which screens showed it; either may be known first. */
class Appearances {
  readonly #ends = new Map<string, End>()
  readonly #early = new Map<string, number[]>()

  readonly placed = (orderId: string, end: End): void => {
    this.#ends.set(orderId, end)
    for (const at of this.#early.get(orderId) ?? []) end(null, at)
    this.#early.delete(orderId)
  }

  readonly shown = (orderId: string, at: number): void => {
    const end = this.#ends.get(orderId)
    if (end) end(null, at)
    else this.#early.set(orderId, [...(this.#early.get(orderId) ?? []), at])
  }
}
