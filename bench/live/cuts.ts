import { freePort } from '@/bin/lib/free-port.mjs'
import { openSession } from '@/db/client'
import { newSecret, serve, signInAsAdmin } from '../lib/server'
import { openKitchens, openTraffic, startTraffic } from './kitchens'
import { allLive, openScreens, type Screen, until } from './screens'
import { judge, type Verdict } from './verdict'

const RESTAURANTS = 5
const SCREENS = 50
const ORDERS_A_SECOND = 20

export type CutPlan = {
  /** Connections broken by the client, one screen at a time. */
  clients: number
  /** Times that the web process is killed, and with it every stream. */
  servers: number
  /** Times that PostgreSQL ends the connection that notifies the web process. */
  listeners: number
}

export type CutReport = {
  screens: number
  /** Streams that were cut: one for each client, all of them with the server. */
  cuts: number
  orders: number
  verdict: Verdict
  /** Milliseconds until a screen knew everything again: after its cut, after the server answered again, after the kill. */
  returns: { client: number[]; server: number[]; listener: number[] }
}

/** Cuts the streams of 50 screens on five restaurants (or as many as there are) in every way, under 20 orders a second. */
export async function cutStreams(databaseUrl: string, plan: CutPlan): Promise<CutReport> {
  const port = await freePort()
  const options = { port, secret: newSecret() }
  let server = await serve(databaseUrl, 1, 10, options)
  const db = openTraffic(databaseUrl)
  const kitchens = await openKitchens(db, RESTAURANTS)
  const cookie = await signInAsAdmin(server.origin)
  const scopes = kitchens.map(({ scope }) => scope)
  const screens = await openScreens(db, scopes, SCREENS, { origin: server.origin, cookie })
  const returns: CutReport['returns'] = { client: [], server: [], listener: [] }
  try {
    await until('all screens are connected', () => allLive(screens))
    const traffic = startTraffic(db, kitchens, ORDERS_A_SECOND)

    for (let cut = 0; cut < plan.servers; cut++) {
      await cutClients(screens, share(plan.clients, plan.servers + 1, cut))
      returns.client.push(...takeReturns(screens))
      await killListeners(databaseUrl, screens, share(plan.listeners, plan.servers, cut), returns.listener)
      await server.kill()
      server = await serve(databaseUrl, 1, 10, options)
      for (const screen of screens) screen.awaitReturn()
      await until('all screens are back', () => screens.every((screen) => screen.returns.length > 0))
      returns.server.push(...takeReturns(screens))
    }
    await cutClients(screens, share(plan.clients, plan.servers + 1, plan.servers))
    returns.client.push(...takeReturns(screens))

    await traffic.stop()
    const verdict = await judge(db, kitchens, screens)
    const cuts = plan.clients + plan.servers * screens.length
    const orders = [...traffic.committed.keys()].filter((key) => key.endsWith(' placed')).length
    return { screens: screens.length, cuts, orders, verdict, returns }
  } finally {
    for (const screen of screens) screen.stop()
    await server.stop()
    await db.close()
  }
}

/** The `index`th of `parts` nearly equal parts. */
const share = (whole: number, parts: number, index: number): number =>
  Math.floor((whole * (index + 1)) / parts) - Math.floor((whole * index) / parts)

/** Cuts one screen after the other, several at a time, some of them again before they are back. */
async function cutClients(screens: readonly Screen[], count: number): Promise<void> {
  for (let cut = 0; cut < count; cut++) {
    screens[(cut * 7) % screens.length]?.cut()
    if (cut % 5 === 0) await new Promise((resolve) => setTimeout(resolve, 20))
  }
  const cutOnes = new Set(
    Array.from({ length: Math.min(count, screens.length) }, (_, cut) => (cut * 7) % screens.length),
  )
  await until('the cut screens are back', () =>
    [...cutOnes].every((index) => (screens[index]?.returns.length ?? 0) > 0),
  )
}

const takeReturns = (screens: readonly Screen[]): number[] =>
  screens.flatMap((screen) => screen.returns.splice(0))

async function killListeners(
  databaseUrl: string,
  screens: readonly Screen[],
  count: number,
  returns: number[],
): Promise<void> {
  const session = await openSession(databaseUrl)
  try {
    for (let cut = 0; cut < count; cut++) {
      const killedAt = performance.now()
      await session.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and application_name = 'brigade-listener'`,
      )
      // Whatever is written now notifies nobody.
      await new Promise((resolve) => setTimeout(resolve, 100))
      const feeds = await session.query<{ id: number; seq: number }>(
        'select restaurant_id as id, seq::float8 as seq from kitchen_feed',
      )
      const known = new Map(feeds.map(({ id, seq }) => [id, seq]))
      await until('the screens know what nobody was told', () =>
        screens.every(({ restaurantId, store }) => store.getState().seq >= (known.get(restaurantId) ?? 0)),
      )
      returns.push(performance.now() - killedAt)
    }
  } finally {
    await session.close()
  }
}
