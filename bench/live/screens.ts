import { takeDay } from '@/app/_server/live/day'
import {
  createLiveStore,
  type LiveInitial,
  type LiveStore,
} from '@/app/(staff)/kitchen/[restaurant]/live-store'
import type { Database } from '@/db/client'
import { takeWall } from '@/db/queries/wall'
import type { RestaurantScope } from '@/domain/scope'
import type { WallEvent } from '@/domain/wall'

/** One wall, as a browser runs it but for the picture. */
export type Screen = {
  restaurantId: number
  store: LiveStore
  /** The feed number it began with. */
  since: number
  /** Each event that it showed, by `<seq>.<n>`, with the moment. */
  shown: Map<string, { event: WallEvent; at: number }>
  /** Events that it showed again. */
  twice: number
  /** Breaks its connection. */
  cut: () => void
  /** From now on the next connection that tells it what it missed is waited for. */
  awaitReturn: () => void
  /** Milliseconds from each such moment until it knew everything again. */
  returns: number[]
  stop: () => void
}

/** Opens so many screens, of one restaurant after the other. They connect by themselves. */
export async function openScreens(
  db: Database,
  scopes: readonly RestaurantScope[],
  count: number,
  { origin, cookie }: { origin: string; cookie: string },
): Promise<Screen[]> {
  const pages = await Promise.all(
    scopes.map(async (scope) => ({ restaurant: scope.restaurant, initial: await renderedWith(db, scope) })),
  )
  return Array.from({ length: count }, (_, index) => {
    const page = pages[index % pages.length]
    if (!page) throw new Error('There is no restaurant.')
    const url = `${origin}/api/kitchen/${page.restaurant.slug}/events`
    return openScreen(page.restaurant.id, page.initial, url, cookie)
  })
}

const renderedWith = async (db: Database, scope: RestaurantScope): Promise<LiveInitial> => ({
  ...(await takeWall(db, scope)),
  day: await takeDay(db, scope),
})

function openScreen(restaurantId: number, initial: LiveInitial, url: string, cookie: string): Screen {
  let leftAt: number | null = null
  const screen: Screen = {
    restaurantId,
    since: initial.seq,
    shown: new Map(),
    twice: 0,
    returns: [],
    store: createLiveStore(url, initial, {
      headers: { cookie },
      onMessage: ({ event }) => {
        if (leftAt === null || (event !== 'changes' && event !== 'snapshot')) return
        screen.returns.push(performance.now() - leftAt)
        leftAt = null
      },
    }),
    cut() {
      screen.stop()
      screen.awaitReturn()
      screen.stop = screen.store.start()
    },
    awaitReturn() {
      leftAt = performance.now()
    },
    stop: () => {},
  }
  watch(screen)
  screen.stop = screen.store.start()
  return screen
}

/** Notes what the screen shows as it shows it: what a person would see appear. */
function watch(screen: Screen): void {
  let last: WallEvent | undefined
  screen.store.subscribe(() => {
    const { events } = screen.store.getState()
    if (events.at(-1) === last) return
    const at = performance.now()
    for (const event of events.slice(last ? events.lastIndexOf(last) + 1 : 0)) {
      const key = `${event.seq}.${event.n}`
      if (screen.shown.has(key)) screen.twice++
      else screen.shown.set(key, { event, at })
    }
    last = events.at(-1)
  })
}

/** Resolves once the screens fulfil a condition; throws after half a minute. */
export async function until(what: string, isSo: () => boolean): Promise<void> {
  const deadline = performance.now() + 30_000
  while (!isSo()) {
    if (performance.now() > deadline) throw new Error(`Waited 30 s in vain: ${what}.`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

export const allLive = (screens: readonly Screen[]): boolean =>
  screens.every(({ store }) => store.getState().connection === 'live')
