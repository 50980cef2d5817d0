import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { chainScope, type Person, restaurantScope } from '@/domain/scope'
import { isLowStock } from '@/domain/stock'
import { testDatabase } from '../testing/database'
import { countLowStock, listLowStock } from './inventory'
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
const inBoth = (row: Stock) => row.restaurant !== 3

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

describe('low stock', () => {
  test('never counts what another restaurant lacks', async () => {
    expect(await countLowStock(database.db, north)).toBe(
      stock.filter((row) => isLow(row) && row.restaurant === NORTH.id).length,
    )
  })

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
