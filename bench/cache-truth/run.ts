import { freePort } from '@/bin/lib/free-port.mjs'
import { openSession } from '@/db/client'
import { newSecret, serve, signInAsAdmin } from '../lib/server'
import { Cook, CURRENCY, type Dish, type Kitchen, shownOn } from './cook'
import { askTogether, countersOf } from './misses'

const KITCHENS = 4
/** Of a step: a change; of the changes, a price in all restaurants, the others 86 in one. Else it is a look. */
const CHANGES = 0.3
const PRICES = 0.25
/** Longer than anything here takes that is not broken. */
const AGREED_WITHIN_MS = 20_000

export type TruthPlan = {
  /** Changes and looks, of all cooks together. */
  steps: number
  cooks: number
  /** How many ask at once for what is not kept. */
  misses: number
}

export type TruthReport = {
  changes: number
  looks: number
  /** Looks that showed something older than what the same cook had saved, each in a sentence. */
  stale: string[]
  /** Milliseconds after the last change: who asked then or later, whichever process, saw all of them. */
  agreedMs: number
  /** Queries of one guest who asks for a menu that is not kept, and of `misses` guests who do so at once. */
  queries: { alone: number; together: number }
  /** How often `misses` people at once had the same figures loaded. */
  loads: number
}

/**
 * Cooks who change dishes and look at guest menus, each time on one of two web processes at random; before that, crowds
 * who ask for what neither has kept. The database may be written to, and holds the demo chain's people.
 */
export async function runTruth(databaseUrl: string, plan: TruthPlan): Promise<TruthReport> {
  const { dishes, kitchens } = await prepare(databaseUrl, plan.cooks)
  const secret = newSecret()
  const metricsPort = await freePort()
  // Whoever comes in a crowd waits here: it is counted what is loaded, not how many are let in.
  const env = { MISE: 'on', CURRENCY, POOL_QUEUE: '5000', POOL_WAIT_MS: '60000' }
  const servers = [await serve(databaseUrl, 1, 10, { secret, env, metricsPort })]
  try {
    servers.push(await serve(databaseUrl, 1, 10, { secret, env }))
    const origins = servers.map(({ origin }) => origin)
    const session = await signInAsAdmin(origins[0] ?? '')
    const missed = await missTogether(origins[0] ?? '', metricsPort, session, kitchens, plan.misses)
    const cooks = dishes.map((dish) => new Cook(dish, session))
    const worked = await work(cooks, kitchens, origins, plan.steps)
    return { ...missed, ...worked, agreedMs: await untilAgreed(cooks, kitchens, origins) }
  } finally {
    for (const server of servers) await server.stop()
  }
}

/** A dish for each cook, which every restaurant sells, and the restaurants. */
async function prepare(url: string, cooks: number): Promise<{ dishes: Dish[]; kitchens: Kitchen[] }> {
  const session = await openSession(url, { applicationName: 'bench truth' })
  try {
    const dishes = await session.query<Dish>(
      `insert into menu_items (name, description, price, category_id, preparation_time, station)
       select 'Truth ' || n, '', 900, (select min(id) from categories where is_active), 5, 'cold'
       from generate_series(1, $1::int) n
       returning id, name, price`,
      [cooks],
    )
    const kitchens = await session.query<Kitchen>(
      'select id, slug from restaurants where is_active order by id limit $1',
      [KITCHENS],
    )
    return { dishes, kitchens }
  } finally {
    await session.close()
  }
}

async function missTogether(
  origin: string,
  metricsPort: number,
  cookie: string,
  [first, second, third]: readonly Kitchen[],
  count: number,
): Promise<Pick<TruthReport, 'queries' | 'loads'>> {
  const queriesOf = async (path: string, guests: number) => {
    const before = await countersOf(metricsPort)
    await askTogether(origin, path, guests)
    return (await countersOf(metricsPort)).queries - before.queries
  }
  // Whatever the first page of all needs is behind it then.
  await askTogether(origin, `/m/${first?.slug}`, 1)
  const alone = await queriesOf(`/m/${second?.slug}`, 1)
  const together = await queriesOf(`/m/${third?.slug}`, count)
  await askTogether(origin, '/recipes/cuisines', count, { cookie })
  return { queries: { alone, together }, loads: (await countersOf(metricsPort)).statisticsLoads }
}

async function work(
  cooks: readonly Cook[],
  kitchens: readonly Kitchen[],
  origins: readonly string[],
  steps: number,
): Promise<Pick<TruthReport, 'changes' | 'looks' | 'stale'>> {
  const done = { changes: 0, looks: 0, stale: [] as string[] }
  const one = <T>(of: readonly T[]): T => of[Math.floor(Math.random() * of.length)] as T
  const step = async (cook: Cook) => {
    const [origin, kitchen] = [one(origins), one(kitchens)]
    if (Math.random() < CHANGES) {
      done.changes++
      return Math.random() < PRICES ? cook.raisePrice(origin) : cook.switch(origin, kitchen)
    }
    done.looks++
    const shown = await cook.read(origin, kitchen)
    const expected = cook.expected(kitchen)
    if (shown !== expected)
      done.stale.push(`${cook.dish.name} in ${kitchen.slug} on ${origin}: ${shown} and not ${expected}`)
  }
  let begun = 0
  await Promise.all(
    cooks.map(async (cook) => {
      while (begun++ < steps) await step(cook)
    }),
  )
  return done
}

/** Asks as somebody who changed nothing and has no cookie. @returns when the last of those asked whose answer was right at last */
async function untilAgreed(
  cooks: readonly Cook[],
  kitchens: readonly Kitchen[],
  origins: readonly string[],
): Promise<number> {
  const since = performance.now()
  const untilRight = async (origin: string, kitchen: Kitchen): Promise<number> => {
    for (;;) {
      const asked = performance.now() - since
      const menu = await (await fetch(`${origin}/m/${kitchen.slug}`)).text()
      if (cooks.every((cook) => shownOn(menu, cook.dish) === cook.expected(kitchen))) return asked
      if (asked > AGREED_WITHIN_MS) return Number.POSITIVE_INFINITY
    }
  }
  const all = origins.flatMap((origin) => kitchens.map((kitchen) => untilRight(origin, kitchen)))
  return Math.max(...(await Promise.all(all)))
}
