import { sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { beforeAll, describe, expect, test } from 'vitest'
import { addDays, businessDate } from '@/domain/business-day'
import { nextDelivery, packsToOrder } from '@/domain/purchase'
import { type ChainScope, chainScope, type Person, systemScope } from '@/domain/scope'
import { daysLeft } from '@/domain/stock-use'
import { raiseForecastAlerts } from '../jobs/stock-alerts'
import { draftPurchaseOrder } from '../mutations/purchase-drafts'
import { sendPurchaseOrder } from '../mutations/purchase-orders'
import { answerAlert } from '../mutations/stock-alerts'
import { countQueries } from '../request-context'
import { testDatabase } from '../testing/database'
import { addKitchen, type KitchenScope } from '../testing/kitchen'
import { listPurchaseOrders } from './purchase-orders'
import { listProposals } from './purchase-proposals'
import {
  getStockIngredient,
  listStock,
  STOCK_SORTS,
  type StockListParams,
  type StockRow,
  type StockSort,
} from './stock'
import { countAlerts, listAlertsBySupplier, type OpenAlert } from './stock-alerts'

const database = testDatabase()

/** Deterministic and lumpy. */
const INGREDIENTS = 60
const SUPPLIERS = 4
let kitchens: [KitchenScope, KitchenScope]
let chain: ChainScope<'stock:read'> & ChainScope<'stock:write'>

beforeAll(async () => {
  const { db } = database
  await db.execute(sql`insert into users (name, email) values ('Cook', 'cook@example.com')`)
  await db.execute(sql`
    insert into suppliers (name, contact_person, phone, email, address, order_days, lead_time_days, minimum_order)
    select 'Supplier ' || n, 'Ann', '1', '', '',
      case n when 1 then '{1,2,3,4,5,6,7}' when 2 then '{1,4}' when 3 then '{7}' else '{2}' end::smallint[], n - 1,
      case n when 2 then 5000 end
    from generate_series(1, ${SUPPLIERS}::int) n`)
  await db.execute(sql`
    insert into ingredients (name, unit, unit_price, supplier_id, is_active, pack_size, storage_area)
    select 'Ingredient ' || lpad(n::text, 3, '0'), 'kg', 100 + n * 7.25, 1 + n % ${SUPPLIERS}, n % 17 <> 0,
      (array[1, 2.5, 0.75, 12])[1 + n % 4], (array['dry', 'chilled', 'frozen', 'bar'])[1 + n % 4]
    from generate_series(1, ${INGREDIENTS}::int) n`)
  kitchens = [await addKitchen(db), await addKitchen(db, { timeZone: 'Pacific/Auckland' })]
  for (const { restaurant } of kitchens) {
    await db.execute(sql`
      insert into stock_levels (restaurant_id, ingredient_id, on_hand, minimum, par, updated_at)
      select ${restaurant.id}::int, n, (array[0, -2.5, 10, 0.25, 9.999, 10.001, 50, 33.333])[1 + (n + ${restaurant.id}::int) % 8],
        case when n % 29 = 5 then 0 else 10 end, 25 + n % 7 * 1.5, now() - (n % 9) * interval '10 days'
      from generate_series(1, ${INGREDIENTS}::int) n`)
    await db.execute(sql`
      insert into stock_use (restaurant_id, ingredient_id, used)
      select ${restaurant.id}::int, n, case when n % 6 = 0 then array_fill(0::numeric, array[7])
        else array[n, 2 * n, 0.5, n % 3, 4.125, 30, 0]::numeric[] end
      from generate_series(1, ${INGREDIENTS}::int) n where n % 10 <> 0`)
  }
  const person = {
    userId: 1,
    role: 'admin',
    restaurants: kitchens.map(({ restaurant }) => restaurant),
  } as unknown as Person
  chain = (chainScope(person, 'stock:write') ?? expect.fail()) as typeof chain
})

const todayAt = ({ restaurant }: KitchenScope) =>
  businessDate(new Date(), restaurant.timeZone, restaurant.dayCutoff)
const days = () =>
  kitchens.map((kitchen) => ({ restaurantId: kitchen.restaurant.id, today: todayAt(kitchen) }))

const EVERYTHING: Omit<StockListParams, 'today'> = {
  search: '',
  supplierId: null,
  storageArea: null,
  filter: 'all',
  sort: 'name',
  descending: false,
  after: null,
  limit: 1000,
}
const list = (params: Partial<StockListParams> = {}) =>
  listStock(database.db, kitchens[0], { ...EVERYTHING, today: todayAt(kitchens[0]), ...params })

async function usedBy(kitchen: KitchenScope): Promise<Map<number, string[]>> {
  const rows = await database.db.execute<{ id: number; used: string[] }>(sql`
    select ingredient_id as id, (select json_agg(trim_scale(u)::text) from unnest(used) u) as used
    from stock_use where restaurant_id = ${kitchen.restaurant.id}`)
  return new Map(rows.map(({ id, used }) => [id, used]))
}

describe('a restaurant’s stock', () => {
  test('says how long each ingredient lasts as the rule does, on every day of the week', async () => {
    const used = await usedBy(kitchens[0])
    for (let n = 0; n < 7; n++) {
      const today = addDays('2026-11-23', n)
      for (const row of (await list({ today })).rows) {
        const use = used.get(row.ingredientId)
        expect(row.daysLeft, `${row.ingredient} ${row.onHand}`).toBe(
          use ? daysLeft(row.onHand, use, today) : null,
        )
      }
    }
  })

  test.each(STOCK_SORTS)(
    'is sorted by %s over all of it, page by page, neither skipping nor repeating',
    async (sort) => {
      for (const descending of [false, true]) {
        const whole = (await list({ sort, descending })).rows
        expect(whole).toHaveLength(INGREDIENTS - Math.floor(INGREDIENTS / 17))
        const keyOf: Record<StockSort, (row: StockRow) => string | number> = {
          name: (row: StockRow) => row.ingredient,
          supplier: (row: StockRow) => row.supplier,
          days_left: (row: StockRow) => row.daysLeft ?? 1000,
          value: (row: StockRow) => row.value,
          moved: (row: StockRow) => row.movedAt,
        }
        const keys = whole.map(keyOf[sort])
        expect(keys).toEqual([...keys].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0) * (descending ? -1 : 1)))
        const seen: StockRow[] = []
        let after: string | null = null
        do {
          const page = await list({ sort, descending, after, limit: 7 })
          seen.push(...page.rows)
          after = page.next
        } while (after !== null)
        expect(seen).toEqual(whole)
      }
    },
  )

  test('is filtered by supplier, area, name, and what is low or dead; its totals are of all that is left', async () => {
    const { rows, totals } = await list()
    const monthsAgo = Date.now() - 60 * 86_400_000
    const low = rows.filter(({ isLow }) => isLow)
    const dead = rows.filter(({ movedAt }) => movedAt < monthsAgo)
    expect(totals).toEqual({
      items: rows.length,
      low: low.length,
      out: rows.filter(({ isOut }) => isOut).length,
      dead: dead.length,
      value: rows.reduce((sum, { value }) => sum + value, 0),
    })
    expect((await list({ filter: 'low' })).rows).toEqual(low)
    expect((await list({ filter: 'dead' })).rows).toEqual(dead)
    expect((await list({ filter: 'low' })).totals).toEqual(totals)
    const ofOne = await list({ supplierId: 2, storageArea: 'chilled', search: 'INGREDIENT 0' })
    expect(ofOne.rows).toEqual(rows.filter((row) => row.supplierId === 2 && row.storageArea === 'chilled'))
    expect(ofOne.rows.length).toBeGreaterThan(3)
  })

  test('begins at the start where an address was made up', async () => {
    const first = (await list({ limit: 3 })).rows
    for (const after of ['', 'x', '5', 'abc:1', `99999999999:1`]) {
      expect((await list({ limit: 3, after })).rows).toEqual(first)
    }
    expect((await list({ sort: 'value', limit: 3, after: '3:not a number' })).rows).toHaveLength(3)
  })

  test('is one query, and one ingredient of it another', async () => {
    expect((await countQueries(() => list())).queries).toBe(1)
    const [row] = (await list()).rows
    const found = await getStockIngredient(database.db, kitchens[0], {
      today: todayAt(kitchens[0]),
      ingredientId: row?.ingredientId ?? 0,
    })
    expect(found).toMatchObject({ ...row })
    expect(
      await getStockIngredient(database.db, kitchens[0], { today: '2026-11-23', ingredientId: 999 }),
    ).toBeNull()
  })
})

describe('alerts by supplier', () => {
  const alerts = (params: Partial<Parameters<typeof listAlertsBySupplier>[2]> = {}) =>
    listAlertsBySupplier(database.db, chain, { days: days(), ...params })

  test('have the worst kind of each pair, what to order by the rule, and when goods could come', async () => {
    await raiseForecastAlerts(database.db, systemScope())
    const again = await raiseForecastAlerts(database.db, systemScope())
    expect(again).toEqual({ raised: 0, cleared: 0 })
    const { suppliers, totals } = await alerts()
    const rows = suppliers.flatMap((supplier) => supplier.rows.map((row) => ({ ...row, supplier })))
    expect(rows.length).toBeGreaterThan(30)
    const terms = new Map(
      (
        await database.db.execute<{ id: number; orderDays: number[]; leadTimeDays: number }>(sql`
          select id, to_json(order_days) as "orderDays", lead_time_days as "leadTimeDays" from suppliers`)
      ).map((supplier) => [supplier.id, supplier]),
    )
    for (const row of rows) {
      const out = Number(row.onHand) <= 0
      const low = Number(row.onHand) <= Number(row.minimum)
      expect(row.kind).toBe(out ? 'out' : low ? 'low' : 'forecast')
      expect(row.packs).toBe(packsToOrder(row))
      const day = days().find(({ restaurantId }) => restaurantId === row.restaurantId)?.today ?? ''
      expect(row.nextDelivery).toBe(nextDelivery(day, terms.get(row.supplier.id) ?? expect.fail()))
    }
    for (const kind of ['out', 'low', 'forecast'] as const) expect(totals[kind]).toBeGreaterThan(0)
    for (const kind of ['out', 'low', 'forecast'] as const)
      expect(totals[kind]).toBe(suppliers.reduce((sum, supplier) => sum + supplier[kind], 0))
    expect(totals.items).toBe(totals.out + totals.low + totals.forecast)
    expect(await countAlerts(database.db, chain)).toEqual({ open: totals.items, out: totals.out })
  })

  test('of what will be short are what a walk through the days until the next delivery says', async () => {
    const { suppliers } = await alerts()
    const forecast = new Set<string>()
    for (let page = 1; page < 20; page++)
      for (const { id } of suppliers)
        for (const { rows } of (await alerts({ supplierId: id, page })).suppliers)
          for (const row of rows)
            if (row.kind === 'forecast') forecast.add(`${row.restaurantId} ${row.ingredientId}`)
    const expected = new Set<string>()
    for (const kitchen of kitchens) {
      const today = todayAt(kitchen)
      const used = await usedBy(kitchen)
      const { rows } = await listStock(database.db, kitchen, { ...EVERYTHING, today })
      for (const row of rows) {
        const use = used.get(row.ingredientId)
        const found = await getStockIngredient(database.db, kitchen, {
          today,
          ingredientId: row.ingredientId,
        })
        if (!use || row.isLow || !found) continue
        let left = 4000 * Number(row.onHand)
        for (let date = today; date < found.nextDelivery; date = addDays(date, 1)) {
          const weekday = new Date(`${date}T00:00:00Z`).getUTCDay() || 7
          left -= 1000 * Number(use[weekday - 1])
        }
        if (left <= 4000 * Number(row.minimum)) expected.add(`${kitchen.restaurant.id} ${row.ingredientId}`)
      }
    }
    expect(expected.size).toBeGreaterThan(3)
    expect(forecast).toEqual(expected)
  })

  test('of one supplier are paged, each exactly once, the worst first', async () => {
    const [first] = (await alerts()).suppliers
    if (!first) throw new Error('No supplier has an alert.')
    const seen: OpenAlert[] = []
    for (let page = 1; page <= Math.ceil(first.items / 20); page++) {
      const [supplier] = (await alerts({ supplierId: first.id, page })).suppliers
      expect(supplier).toMatchObject({ page, items: first.items, cost: first.cost })
      seen.push(...(supplier?.rows ?? []))
    }
    expect(new Set(seen.map((row) => `${row.restaurantId} ${row.ingredientId}`)).size).toBe(first.items)
    const severity = seen.map(({ kind }) => ['forecast', 'low', 'out'].indexOf(kind))
    expect(severity).toEqual([...severity].sort((a, b) => b - a))
    expect(seen.reduce((sum, { cost }) => sum + cost, 0)).toBe(first.cost)
    const beyond = (await alerts({ supplierId: first.id, page: 999 })).suppliers[0]
    expect(beyond?.page).toBe(Math.ceil(first.items / 20))
  })

  test('are quiet once somebody answered them, and are there for whoever asks', async () => {
    const row = (await alerts()).suppliers[0]?.rows[0] ?? expect.fail()
    const before = (await alerts()).totals.items
    const { restaurantId, ingredientId } = row
    const answer = { restaurantId, ingredientId, reason: 'Menu changes tomorrow', until: null }
    expect(await answerAlert(database.db, chain, answer)).toEqual({ ok: true })
    expect((await alerts()).totals.items).toBe(before - 1)
    expect((await countAlerts(database.db, chain)).open).toBe(before - 1)
    const all = await alerts({ quiet: true })
    expect(all.totals.items).toBe(before)
    const told = all.suppliers.flatMap(({ rows }) => rows).find((each) => each.answer !== null)
    expect(told).toMatchObject({
      restaurantId,
      ingredientId,
      answer: { by: 'Cook', reason: answer.reason, until: null },
    })
  })

  test('are one query, and none of another restaurant’s', async () => {
    expect((await countQueries(() => alerts())).queries).toBe(1)
    const own = await listAlertsBySupplier(database.db, kitchens[1], { days: days() })
    const ids = own.suppliers.flatMap(({ rows }) => rows.map(({ restaurantId }) => restaurantId))
    expect(new Set(ids)).toEqual(new Set([kitchens[1].restaurant.id]))
    expect(await listAlertsBySupplier(database.db, chain, { days: days(), supplierId: 999 })).toEqual({
      suppliers: [],
      totals: { suppliers: 0, items: 0, out: 0, low: 0, forecast: 0, cost: 0 },
      page: 1,
    })
  })
})

describe('proposals', () => {
  test('are what the drafts then hold, and nothing once they are sent', async () => {
    const [kitchen] = kitchens
    const today = todayAt(kitchen)
    const proposals = await listProposals(database.db, kitchen, { today })
    expect(proposals.map(({ supplierId }) => supplierId).sort()).toEqual([1, 2, 3, 4])
    for (const proposal of proposals) {
      const drafted = await draftPurchaseOrder(database.db, kitchen, {
        id: uuidv7(),
        supplierId: proposal.supplierId,
      })
      if (!drafted.ok) throw new Error(drafted.reason)
      const { rows } = await listPurchaseOrders(database.db, kitchen, {
        statuses: ['draft'],
        supplierId: proposal.supplierId,
        before: null,
        limit: 5,
      })
      expect(rows).toMatchObject([{ id: drafted.orderId, lines: proposal.items, cost: proposal.cost }])
      const sent = await sendPurchaseOrder(database.db, kitchen, {
        orderId: drafted.orderId,
        version: 1,
        acceptsLess: true,
      })
      expect(sent).toEqual({ ok: true, expectedOn: proposal.expectedOn })
    }
    expect(await listProposals(database.db, kitchen, { today })).toEqual([])
    const pages: number[] = []
    let before: number | null = null
    do {
      const page = await listPurchaseOrders(database.db, kitchen, {
        statuses: null,
        supplierId: null,
        before,
        limit: 3,
      })
      pages.push(...page.rows.map(({ number }) => number))
      before = page.next
    } while (before !== null)
    expect(pages).toEqual([4, 3, 2, 1])
  })
})
