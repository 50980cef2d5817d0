import { sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { beforeAll, describe, expect, test } from 'vitest'
import { addDays, businessDayRange } from '@/domain/business-day'
import { type DateRange, datesOf } from '@/domain/report-range'
import { chainScope, type Person, type ReportScope, systemScope } from '@/domain/scope'
import { WASTE_CAUSES, WASTE_REASONS, type WasteCause } from '@/domain/vocabulary'
import { rollUpFoodCosts } from '../../jobs/food-costs'
import { closeKitchenDays } from '../../jobs/kitchen-metrics'
import { draws } from '../../testing/busy-kitchens'
import { testDatabase } from '../../testing/database'
import { addChain, addKitchen, DISHES, type KitchenScope } from '../../testing/kitchen'
import { addPastOrder } from '../../testing/past-orders'
import { getFoodCost } from './food-cost'
import { listProductMix } from './product-mix'
import { listWasteByCause } from './waste'

const database = testDatabase()
const SEED = 20261124
const draw = draws(SEED)
const FIRST = '2026-03-24'
const LAST = '2026-04-02'
const DATES = datesOf({ from: FIRST, to: LAST })
const NOW = new Date('2026-04-05T12:00:00Z')
/** Cents for one unit of the ingredients 1 to 3 of the test chain. */
const PRICES = [0, 320, 900, 2600]
const ZONES = ['Europe/Rome', 'America/New_York', 'Pacific/Kiritimati', 'Pacific/Pago_Pago'] as const
const kitchens: KitchenScope[] = []

beforeAll(async () => {
  await addChain(database.db)
  for (let n = 0; n < 8; n++) {
    const timeZone = ZONES[n % ZONES.length] ?? 'UTC'
    const scope = await addKitchen(database.db, {
      timeZone,
      dayCutoff: n % 2 === 0 ? '04:00' : '02:30',
      stock: { 1: '50', 2: '50', 3: '50' },
    })
    for (const date of DATES) if (draw() < 0.8) await addDay(scope, date)
    kitchens.push(scope)
  }
})

async function addDay(scope: KitchenScope, date: string): Promise<void> {
  const { id: restaurantId, timeZone, dayCutoff } = scope.restaurant
  const { from, to } = businessDayRange(date, timeZone, dayCutoff)
  const { db } = database
  const at = () => new Date(from.getTime() + Math.floor(draw() * (to.getTime() - from.getTime())))
  await addPastOrder(db, scope, {
    date,
    createdAt: at(),
    end: 'delivered',
    prepSeconds: 600,
    lines: [{ dish: 1, quantity: 1 + Math.floor(9 * draw()), unitPrice: 1450 }],
  })
  for (let n = 0; n < 6; n++) {
    const when = at()
    const ingredientId = 1 + Math.floor(3 * draw())
    const quantity = (0.001 + 3 * draw()).toFixed(3)
    const what = Math.floor(6 * draw())
    const move = (kind: string, signed: string, ids: { order?: string; document?: string } = {}) =>
      db.execute(sql`
      insert into stock_movements (restaurant_id, id, ingredient_id, kind, quantity, order_id, document_id, business_date,
        created_at)
      values (${restaurantId}, ${uuidv7({ msecs: when.getTime() })}::uuid, ${ingredientId}, ${kind}, ${signed}::numeric,
        ${ids.order ?? null}::uuid, ${ids.document ?? null}::uuid, ${date}::date, ${when.toISOString()}::timestamptz)`)
    const order = uuidv7({ msecs: when.getTime() })
    if (what === 0) await move('received', quantity)
    else if (what === 1) await move('count', draw() < 0.5 ? quantity : `-${quantity}`)
    else if (what === 2) await move('waste', `-${quantity}`, { order })
    else if (what === 3) {
      const document = uuidv7({ msecs: when.getTime() })
      const reason = WASTE_REASONS[Math.floor(WASTE_REASONS.length * draw())] ?? 'other'
      await db.execute(sql`
        insert into waste_entries (restaurant_id, id, ingredient_id, quantity, reason, unit_price, business_date)
        values (${restaurantId}, ${document}::uuid, ${ingredientId}, ${quantity}, ${reason}, 1, ${date}::date)`)
      await move('waste', `-${quantity}`, { document })
    } else {
      await move('consumed', `-${quantity}`, { order })
      if (what === 4) await move('reversed', quantity, { order })
    }
  }
}

type Movement = {
  restaurantId: number
  date: string
  kind: string
  /** Thousandths of a cent, exactly, of what it took from the stock. */
  cost: number
  cause: WasteCause | null
}

async function movements(): Promise<Movement[]> {
  const rows = await database.db.execute<{
    restaurantId: number
    date: string
    kind: string
    thousandths: number
    ingredientId: number
    isOrder: boolean
    reason: WasteCause | null
  }>(sql`
    select m.restaurant_id as "restaurantId", m.business_date::text as date, m.kind,
      (-m.quantity * 1000)::float8 as thousandths, m.ingredient_id as "ingredientId", m.order_id is not null as "isOrder",
      (select reason from waste_entries w where w.restaurant_id = m.restaurant_id and w.id = m.document_id) as reason
    from stock_movements m`)
  return rows.map(({ thousandths, ingredientId, isOrder, reason, ...row }) => ({
    ...row,
    cost: thousandths * (PRICES[ingredientId] ?? 0),
    cause: row.kind === 'waste' ? (isOrder ? 'cancelled_order' : reason) : null,
  }))
}

/** Halves away from zero, as PostgreSQL rounds. */
function cents(of: readonly Movement[]): number {
  const thousandths = of.reduce((sum, { cost }) => sum + cost, 0)
  return Math.sign(thousandths) * Math.round(Math.abs(thousandths) / 1000) + 0
}

function plainCosts(of: readonly Movement[]) {
  const kinds = (...wanted: string[]) => cents(of.filter(({ kind }) => wanted.includes(kind)))
  return {
    theoretical: kinds('consumed', 'reversed'),
    actual: kinds('consumed', 'reversed', 'waste', 'count'),
    wasted: kinds('waste'),
  }
}

async function compare(scope: ReportScope, ids: readonly number[], range: DateRange): Promise<void> {
  const all = (await movements()).filter(
    ({ restaurantId, date }) => ids.includes(restaurantId) && date >= range.from && date <= range.to,
  )
  const { total, days } = await getFoodCost(database.db, scope, { range })
  expect(total).toMatchObject(plainCosts(all))
  expect(days.map(({ date }) => date)).toEqual(datesOf(range))
  for (const day of days) expect(day).toMatchObject(plainCosts(all.filter(({ date }) => date === day.date)))
  const [sold] = await database.db.execute<{ revenue: number }>(sql`
    select coalesce(sum(total), 0)::int as revenue from orders
    where restaurant_id = any(${sql.param(ids)}::int[]) and business_date between ${range.from}::date and ${range.to}::date`)
  expect(total.revenue).toBe(sold?.revenue)
  const percent = total.revenue > 0 ? Math.round((1000 * total.actual) / total.revenue) / 10 : null
  expect(total.actualPercent).toBe(percent)

  const waste = await listWasteByCause(database.db, scope, { range })
  expect(Object.fromEntries(waste.map(({ cause, value }) => [cause, value]))).toEqual(
    Object.fromEntries(
      WASTE_CAUSES.map((cause) => [cause, all.filter((movement) => movement.cause === cause)] as const)
        .filter(([, of]) => of.length > 0)
        .map(([cause, of]) => [cause, cents(of)]),
    ),
  )
  expect(waste.map(({ value }) => value)).toEqual(waste.map(({ value }) => value).sort((a, b) => b - a))
}

const personOf = (role: string, of: readonly KitchenScope[]) =>
  ({ userId: 1, role, restaurants: of.map(({ restaurant }) => restaurant) }) as unknown as Person
const idsOf = (of: readonly KitchenScope[]) => of.map(({ restaurant }) => restaurant.id)

async function compareAll(): Promise<void> {
  for (const kitchen of kitchens) {
    const from = addDays(FIRST, Math.floor(4 * draw()) - 1)
    const range = { from, to: addDays(from, Math.floor(10 * draw())) }
    await compare(kitchen as unknown as ReportScope, idsOf([kitchen]), range)
  }
  const range = { from: FIRST, to: LAST }
  const some = kitchens.slice(0, 3)
  await compare(chainScope(personOf('manager', some), 'reports:read') ?? expect.fail(), idsOf(some), range)
  await compare(
    chainScope(personOf('admin', kitchens), 'reports:read') ?? expect.fail(),
    idsOf(kitchens),
    range,
  )
}

describe(`food cost and waste of random ledgers (${SEED}) equal a recount`, () => {
  test('while nothing is stored', compareAll)

  test('once some days are stored, and once all are, in as many runs as it takes', async () => {
    await rollUpFoodCosts(database.db, systemScope(), new Date('2026-03-28T12:00:00Z'))
    await closeKitchenDays(database.db, systemScope(), { now: new Date('2026-03-30T12:00:00Z') })
    await compareAll()
    const [one, other] = await Promise.all([
      rollUpFoodCosts(database.db, systemScope(), NOW),
      rollUpFoodCosts(database.db, systemScope(), NOW),
    ])
    expect(one.rows + other.rows).toBeGreaterThan(100)
    await compareAll()
    expect(await rollUpFoodCosts(database.db, systemScope(), NOW)).toEqual({ restaurants: 0, rows: 0 })
  })

  test('and stored days keep the prices of their time', async () => {
    const [kitchen] = kitchens
    const scope = kitchen as unknown as ReportScope
    const range = { from: FIRST, to: LAST }
    const before = await getFoodCost(database.db, scope, { range })
    await database.db.execute(sql`update ingredients set unit_price = unit_price * 2`)
    expect(await getFoodCost(database.db, scope, { range })).toEqual(before)
    await database.db.execute(sql`update ingredients set unit_price = unit_price / 2`)
  })
})

test('the product mix costs its dishes by card, and says nothing of one without', async () => {
  const scope = await addKitchen(database.db)
  await addPastOrder(database.db, scope, {
    date: FIRST,
    createdAt: new Date(`${FIRST}T12:00:00Z`),
    end: 'delivered',
    prepSeconds: 600,
    lines: [
      { dish: DISHES.risotto.id, quantity: 3, unitPrice: 1450 },
      { dish: DISHES.water.id, quantity: 1, unitPrice: 300 },
    ],
  })
  const range = { from: FIRST, to: FIRST }
  expect(await listProductMix(database.db, scope as unknown as ReportScope, { range })).toEqual([
    {
      menuItemId: 1,
      name: 'Risotto',
      categoryId: 1,
      category: 'Mains',
      station: 'pasta',
      units: 3,
      revenue: 4350,
      shareOfUnits: 0.75,
      shareOfRevenue: 4350 / 4650,
      // 300 g of rice at 3.20 and 50 g of butter at 9.00, three times.
      cost: Math.round(3 * (0.3 * 320 + 0.05 * 900)),
    },
    {
      menuItemId: 3,
      name: 'Water',
      categoryId: 1,
      category: 'Mains',
      station: 'bar',
      units: 1,
      revenue: 300,
      shareOfUnits: 0.25,
      shareOfRevenue: 300 / 4650,
      cost: null,
    },
  ])
})
