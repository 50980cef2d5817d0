import { sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { beforeAll, describe, expect, test } from 'vitest'
import { saveCountLines, startCount } from '@/db/mutations/stock-counts'
import { logWaste } from '@/db/mutations/waste'
import { getCountSheet, listStockCounts } from '@/db/queries/stock-counts'
import { findIngredientsByName, listStockedIngredients } from '@/db/queries/stocked-ingredients'
import { countQueries } from '@/db/request-context'
import { testDatabase } from '@/db/testing/database'
import { addChain, addKitchen, type KitchenScope } from '@/db/testing/kitchen'
import { chainScope, type Person } from '@/domain/scope'
import { loadIngredient } from './[restaurant]/ingredients/[ingredient]/ingredient-data'
import { readIngredientView } from './[restaurant]/ingredients/[ingredient]/search-params'
import { readStockView } from './[restaurant]/search-params'
import { loadStock } from './[restaurant]/stock-data'

const database = testDatabase()
const manager = { userId: 1, role: 'manager', restaurants: [] } as unknown as Person
const chain = chainScope(manager, 'stock:read') ?? expect.fail()
const now = new Date()
let here: KitchenScope

beforeAll(async () => {
  await addChain(database.db)
  await database.db.execute(sql`
    insert into ingredients (name, unit, unit_price, supplier_id)
    select 'Spice ' || n, 'g', 2, 1 from generate_series(1, 60) n`)
  await database.db.execute(sql`insert into ingredients (name, unit, unit_price, supplier_id)
    values ('Crème fraîche', 'l', 400, 1)`)
  const stock = Object.fromEntries(Array.from({ length: 64 }, (_, n) => [n + 1, '5']))
  here = await addKitchen(database.db, { stock })
})

const stock = (given: Record<string, string>) =>
  countQueries(() => loadStock(database.db, here, { chain, menu: here }, readStockView(given), now))

describe('the pages of the stock keep to their budget of queries', () => {
  test.each([
    ['everything', {}, 50],
    ['one supplier and place, by value', { supplier: '1', area: 'dry', sort: 'value' }, 50],
    ['a search', { q: 'spice 1' }, 11],
  ])('%s asks three', async (_, given, rows) => {
    const { result, queries } = await stock(given)
    expect(result.stock.rows).toHaveLength(rows)
    expect(result.suppliers.map(({ name }) => name)).toEqual(['Verde'])
    expect(queries).toBe(3)
  })

  test('pages follow each other without a gap, in every order', async () => {
    for (const sort of ['name', 'supplier', 'days_left', 'value', 'moved']) {
      for (const order of ['asc', 'desc']) {
        const first = await stock({ sort, order })
        const second = await stock({ sort, order, after: first.result.stock.next ?? '' })
        const shown = [...first.result.stock.rows, ...second.result.stock.rows]
        expect(new Set(shown.map(({ ingredientId }) => ingredientId)).size, `${sort} ${order}`).toBe(64)
        expect(second.result.stock.next).toBeNull()
      }
    }
  })

  test('one ingredient asks at most six, and none that was never stocked one', async () => {
    await logWaste(database.db, here, {
      ...{ id: uuidv7(), ingredientId: 1, quantity: '0.5', reason: 'spoiled', note: '' },
    })
    const load = (ingredientId: number) =>
      countQueries(() =>
        loadIngredient(database.db, here, chain, { ...readIngredientView({}), ingredientId }, now),
      )
    const { result, queries } = await load(1)
    expect(result?.stock).toMatchObject({ ingredient: 'Rice', onHand: '4.5' })
    expect(result?.use).toHaveLength(28)
    expect(result?.use.at(-1)).toMatchObject({ wasted: '0.5', onHand: '4.5' })
    expect(result?.movements.map(({ kind }) => kind)).toEqual(['waste', 'received'])
    expect(result?.older).toBeNull()
    expect(queries).toBeLessThanOrEqual(6)
    const none = await load(999)
    expect(none.result).toBeNull()
    expect(none.queries).toBe(1)
  })

  test('counts ask one, and so does a sheet, blind for whoever types it and not for whoever looks it over', async () => {
    const countId = uuidv7()
    await startCount(database.db, here, { id: countId, storageArea: null, isBlind: true })
    await saveCountLines(database.db, here, { countId, lines: [{ ingredientId: 2, counted: '4' }] })
    const listed = await countQueries(() => listStockCounts(database.db, here, { before: null, limit: 31 }))
    expect(listed.result).toMatchObject([{ id: countId, counted: 1, value: null }])
    expect(listed.queries).toBe(1)
    const sheet = (reveals: boolean) =>
      countQueries(() => getCountSheet(database.db, here, { countId, reveals }))
    const blind = await sheet(false)
    expect(blind.result?.lines.every(({ expected, value }) => expected === null && value === null)).toBe(true)
    expect(blind.result?.totals).toMatchObject({ lines: 64, counted: 1, missing: null })
    const revealed = await sheet(true)
    expect(revealed.result?.totals).toMatchObject({ differing: 1, missing: 900, over: 0 })
    expect([blind.queries, revealed.queries]).toEqual([1, 1])
  })

  test('an ingredient is found by its name as people type it, each at its place', async () => {
    const found = await findIngredientsByName(database.db, here, {
      names: ['creme FRAICHE', 'nothing', '', 'Rice'],
    })
    expect(found.map((ingredient) => ingredient?.name ?? null)).toEqual(['Crème fraîche', null, null, 'Rice'])
    expect(await listStockedIngredients(database.db, here, { limit: 2 })).toEqual([
      { ingredientId: 3, name: 'Beef', unit: 'kg' },
      { ingredientId: 2, name: 'Butter', unit: 'kg' },
    ])
  })
})
