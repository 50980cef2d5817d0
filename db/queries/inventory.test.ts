import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { chainScope, type Person, restaurantScope } from '@/domain/scope'
import { isLowStock, packsToBuy } from '@/domain/stock'
import { countQueries } from '../request-context'
import { testDatabase } from '../testing/database'
import { ALERT_ROWS, countLowStock, listLowStock, listStockAlerts } from './inventory'
import { listIngredientsBySupplier } from './suppliers'

const database = testDatabase()

const NORTH = { id: 1, slug: 'north' }
const SOUTH = { id: 2, slug: 'south' }
const manager = { userId: 1, role: 'manager', restaurants: [NORTH, SOUTH] } as unknown as Person
const both = chainScope(manager, 'stock:read') ?? expect.fail()
const north = restaurantScope(manager, 'north', 'stock:read') ?? expect.fail()

/** One row of stock as it was written, in thousandths of the unit and of a cent. */
type Stock = {
  restaurant: number
  supplier: number
  name: string
  active: boolean
  onHand: number
  minimum: number
  par: number
  pack: number
  price: number
}

/** Deterministic and lumpy: out, negative, exactly at the minimum, far below, plenty. */
function makeStock(): Stock[] {
  const rows: Stock[] = []
  const onHands = [0, -2500, 10_000, 250, 9999, 10_001, 50_000, 3333]
  for (const restaurant of [1, 2, 3]) {
    for (let n = 0; n < 120; n++) {
      rows.push({
        restaurant,
        supplier: n < 90 ? 1 : (n % 3) + 2,
        name: `Ingredient ${String(n).padStart(3, '0')}`,
        active: n % 17 !== 0,
        onHand: onHands[(n + restaurant) % onHands.length] ?? 0,
        minimum: n % 29 === 5 ? 0 : 10_000,
        par: 25_000 + (n % 7) * 1500,
        pack: [1000, 2500, 750, 12_000][n % 4] ?? 1000,
        price: 15_000 + n * 37,
      })
    }
  }
  return rows
}

const stock = makeStock()
const thousandths = (value: number) => String(value / 1000)
const quantities = (row: Stock) => ({
  onHand: thousandths(row.onHand),
  minimum: thousandths(row.minimum),
  par: thousandths(row.par),
  packSize: thousandths(row.pack),
})
const isLow = (row: Stock) => row.active && isLowStock(thousandths(row.onHand), thousandths(row.minimum))
/** The rule of the domain: the SQL that sums whole suppliers must agree with it. */
const packs = (row: Stock) => packsToBuy(quantities(row))
const cost = (row: Stock) => Math.round((packs(row) * row.pack * row.price) / 1_000_000)
const inBoth = (row: Stock) => row.restaurant !== 3

const worstFirst = (a: Stock, b: Stock) =>
  Number(b.onHand <= 0) - Number(a.onHand <= 0) ||
  (a.minimum ? a.onHand / a.minimum : 0) - (b.minimum ? b.onHand / b.minimum : 0) ||
  (a.name < b.name ? -1 : a.name > b.name ? 1 : a.restaurant - b.restaurant)

beforeAll(async () => {
  const { db } = database
  await db.execute(sql`insert into restaurants (name, slug, address, phone, opening_time, closing_time, time_zone)
    select name, lower(name), '', '', '11:00', '23:00', 'UTC' from unnest(array['North', 'South', 'Foreign']) as name`)
  await db.execute(sql`insert into suppliers (name, contact_person, phone, email, address)
    select 'Supplier ' || n, 'Ann', '+39 02 1234', 'orders@example.com', '' from generate_series(1, 5) n`)
  const json = JSON.stringify(
    stock.map((row) => ({
      ...row,
      ...quantities(row),
      pack: thousandths(row.pack),
      price: thousandths(row.price),
    })),
  )
  await db.execute(sql`
    with given as (
      select * from json_to_recordset(${json}::json) as x(restaurant int, supplier int, name text, active boolean,
        "onHand" numeric, minimum numeric, par numeric, pack numeric, price numeric)
    ), made as (
      insert into ingredients (name, unit, unit_price, supplier_id, is_active, pack_size)
      select name, 'kg', price, supplier, active, pack from given where restaurant = 1 order by name
      returning id, name
    )
    insert into stock_levels (restaurant_id, ingredient_id, on_hand, minimum, par)
    select restaurant, made.id, "onHand", minimum, par from given join made using (name)`)
})

describe('stock alerts', () => {
  const low = stock.filter((row) => isLow(row) && inBoth(row))

  test('figures of each supplier and of all equal a recount', async () => {
    const { suppliers, totals } = await listStockAlerts(database.db, both, {})
    for (const supplier of suppliers) {
      const theirs = low.filter((row) => `Supplier ${row.supplier}` === supplier.name)
      expect(supplier).toMatchObject({
        items: theirs.length,
        out: theirs.filter((row) => row.onHand <= 0).length,
        cost: theirs.reduce((sum, row) => sum + cost(row), 0),
        email: 'orders@example.com',
      })
    }
    expect(totals).toEqual({
      suppliers: new Set(low.map((row) => row.supplier)).size,
      items: low.length,
      out: low.filter((row) => row.onHand <= 0).length,
      cost: low.reduce((sum, row) => sum + cost(row), 0),
    })
    expect(totals.suppliers).toBe(4)
  })

  test('suppliers with most items out come first, and each shows its twenty worst rows', async () => {
    const { suppliers } = await listStockAlerts(database.db, both, {})
    const outs = suppliers.map((supplier) => supplier.out)
    expect(outs).toEqual([...outs].sort((a, b) => b - a))
    for (const supplier of suppliers) {
      const expected = low
        .filter((row) => `Supplier ${row.supplier}` === supplier.name)
        .sort(worstFirst)
        .slice(0, ALERT_ROWS)
      expect(supplier.rows).toEqual(
        expected.map((row) => ({
          restaurantId: row.restaurant,
          restaurant: row.restaurant === 1 ? 'North' : 'South',
          ingredientId: expect.any(Number),
          ingredient: row.name,
          unit: 'kg',
          ...quantities(row),
          isOut: row.onHand <= 0,
          packs: packs(row),
          cost: cost(row),
        })),
      )
    }
  })

  test('the pages of one supplier hold every alert of it exactly once', async () => {
    const [first] = (await listStockAlerts(database.db, both, {})).suppliers
    if (!first) throw new Error('No supplier has an alert.')
    const pages = Math.ceil(first.items / ALERT_ROWS)
    expect(pages).toBeGreaterThan(2)
    const seen: string[] = []
    for (let page = 1; page <= pages; page++) {
      const [supplier] = (await listStockAlerts(database.db, both, { supplierId: first.id, page })).suppliers
      expect(supplier).toMatchObject({ page, items: first.items, cost: first.cost })
      for (const row of supplier?.rows ?? []) seen.push(`${row.ingredient} ${row.restaurantId}`)
    }
    const expected = low.filter((row) => row.supplier === first.id).sort(worstFirst)
    expect(seen).toEqual(expected.map((row) => `${row.name} ${row.restaurant}`))
  })

  test('a page beyond the end is the last one', async () => {
    const beyond = await listStockAlerts(database.db, both, { supplierId: 1, page: 9999 })
    const [supplier] = beyond.suppliers
    expect(supplier?.page).toBe(Math.ceil((supplier?.items ?? 0) / ALERT_ROWS))
    expect(supplier?.rows.length).toBeGreaterThan(0)
    expect((await listStockAlerts(database.db, both, { page: 9999 })).suppliers).toHaveLength(4)
  })

  test('one restaurant alone shows its own rows only', async () => {
    const { suppliers, totals } = await listStockAlerts(database.db, north, {})
    expect(new Set(suppliers.flatMap((supplier) => supplier.rows.map((row) => row.restaurantId)))).toEqual(
      new Set([NORTH.id]),
    )
    expect(totals.items).toBe(low.filter((row) => row.restaurant === NORTH.id).length)
  })

  test('a supplier without alerts, or that does not exist, gives none', async () => {
    const none = { suppliers: [], totals: { suppliers: 0, items: 0, out: 0, cost: 0 }, page: 1 }
    expect(await listStockAlerts(database.db, both, { supplierId: 5 })).toEqual(none)
    expect(await listStockAlerts(database.db, both, { supplierId: 999_999 })).toEqual(none)
  })

  test('are one query, however many there are', async () => {
    const all = await countQueries(() => listStockAlerts(database.db, both, {}))
    const few = await countQueries(() => listStockAlerts(database.db, north, { supplierId: 5 }))
    expect(all.queries).toBe(1)
    expect(few.queries).toBe(1)
  })

  test('never counts what another restaurant lacks', async () => {
    expect(await countLowStock(database.db, north)).toBe(
      stock.filter((row) => isLow(row) && row.restaurant === NORTH.id).length,
    )
  })
})

describe('low stock', () => {
  test('goes by each ingredient’s own minimum without a threshold', async () => {
    const found = await listLowStock(database.db, both, { limit: 1000 })
    const expected = stock.filter((row) => isLow(row) && inBoth(row))
    expect(found).toHaveLength(expected.length)
    expect(found.map((row) => Number(row.onHand))).toEqual(
      expected.map((row) => row.onHand / 1000).sort((a, b) => a - b),
    )
  })

  test('goes by the threshold where one is given', async () => {
    const found = await listLowStock(database.db, north, { threshold: '3.333', limit: 1000 })
    const expected = stock.filter((row) => row.active && row.restaurant === 1 && row.onHand <= 3333)
    expect(found.map((row) => row.name).sort()).toEqual(expected.map((row) => row.name).sort())
    expect(await listLowStock(database.db, north, { threshold: '3.333', limit: 5 })).toEqual(
      found.slice(0, 5),
    )
  })
})

describe('ingredients by supplier', () => {
  test('are the active ones by name, page after page, with what the restaurant has', async () => {
    const expected = stock
      .filter((row) => row.supplier === 1 && row.restaurant === NORTH.id && row.active)
      .map((row) => ({ name: row.name, onHand: thousandths(row.onHand), unitPrice: thousandths(row.price) }))
    const seen: { name: string; onHand: string | null; unitPrice: string }[] = []
    for (let after: string | undefined; ; after = seen.at(-1)?.name) {
      const page = await listIngredientsBySupplier(database.db, north, {
        supplierId: 1,
        limit: 25,
        ...(after === undefined ? {} : { after }),
      })
      for (const { name, onHand, unitPrice } of page) seen.push({ name, onHand, unitPrice })
      if (page.length < 25) break
    }
    expect(seen).toEqual(expected)
  })
})
