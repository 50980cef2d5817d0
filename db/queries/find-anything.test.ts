import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { searchWords } from '@/domain/recipe-search'
import { type ChainScope, chainScope, type Person } from '@/domain/scope'
import { countQueries } from '../request-context'
import { testDatabase } from '../testing/database'
import { addChain, addKitchen, type KitchenScope } from '../testing/kitchen'
import { ticket } from '../testing/orders'
import { addUser, adminScope } from '../testing/people'
import { type FindParams, findAnything } from './find-anything'

const database = testDatabase()
let here: KitchenScope
let there: KitchenScope
let people: ChainScope<'chain:manage'>
let placed: { number: string; date: string }

const scopeOf = (...kitchens: KitchenScope[]) =>
  chainScope({
    userId: 1,
    role: 'manager',
    restaurants: kitchens.map(({ restaurant }) => restaurant),
  } as unknown as Person) ?? expect.fail()

beforeAll(async () => {
  const { db } = database
  await addChain(db)
  here = await addKitchen(db)
  there = await addKitchen(db)
  people = await adminScope(db, await addUser(db, { role: 'admin', email: 'risa@example.com' }))
  await db.execute(sql`insert into recipes (title, cuisine, difficulty, prep_time, chef_id)
    values ('Crème brûlée', 'French', 1, 20, 1), ('Old risotto balls', 'Italian', 1, 20, 1)`)
  await db.execute(sql`update ingredients set name = 'Risotto rice' where name = 'Rice'`)
  await db.execute(sql`update suppliers set name = 'Risotteria 100%'`)
  const id = await ticket(db, here, [1, 1])
  await ticket(db, there, [1, 1])
  const [order] = await db.execute<typeof placed>(
    sql`select order_number as number, business_date::text as date from orders where id = ${id}`,
  )
  placed = order ?? expect.fail()
})

const NOTHING: FindParams = {
  words: [],
  orderNumber: null,
  callNumber: null,
  days: [],
  limit: 5,
  suppliers: null,
  people: null,
}
const find = (params: Partial<FindParams>, scope = scopeOf(here, there)) =>
  findAnything(database.db, scope, { ...NOTHING, ...params })
const labels = async (...asked: Parameters<typeof find>) =>
  (await find(...asked)).map(({ kind, label }) => `${kind} ${label}`)
const suppliers = () =>
  chainScope({ userId: 1, role: 'manager', restaurants: [] } as unknown as Person, 'stock:read')
const days = () =>
  [here, there].map(({ restaurant }) => ({ restaurantId: restaurant.id, businessDate: placed.date }))

describe('finding anything', () => {
  test('finds dishes, recipes and ingredients of the words, those first that begin like it, in one query', async () => {
    const { result, queries } = await countQueries(() => labels({ words: ['ris'] }))
    expect(queries).toBe(1)
    expect(result).toEqual([
      'dish Risotto',
      'recipe Risotto',
      'recipe Old risotto balls',
      'ingredient Risotto rice',
    ])
    expect(await labels({ words: ['rice', 'ris'] })).toEqual(['ingredient Risotto rice'])
    expect(await labels({ words: ['ris'], limit: 1 })).toHaveLength(3)
  })

  test('does without accents and case', async () => {
    expect(await labels({ words: searchWords('CREME brul') })).toEqual(['recipe Crème brûlée'])
  })

  test('leaves out what is not sold, and what the person may not see', async () => {
    expect(await labels({ words: ['oysters'] })).toEqual([])
    expect(await labels({ words: ['truffle'] })).toEqual([])
    expect(await labels({ words: ['risotteria'] })).toEqual([])
    expect(await labels({ words: ['risotteria'], suppliers: suppliers() })).toEqual([
      'supplier Risotteria 100%',
    ])
    expect(await labels({ words: ['risa'] })).toEqual([])
    expect((await find({ words: ['risa'], people })).map(({ kind, note }) => [kind, note])).toEqual([
      ['person', 'risa@example.com'],
    ])
  })

  test('finds an order by its number in the restaurants in scope only', async () => {
    expect(await find({ orderNumber: placed.number })).toMatchObject([
      { kind: 'order', restaurant: here.restaurant.slug, note: `${here.restaurant.name}, ${placed.date}` },
    ])
    expect(await find({ orderNumber: placed.number }, scopeOf(there))).toEqual([])
  })

  test('finds what people call today by its daily number, in the restaurants in scope only', async () => {
    const called = { callNumber: 1, days: days() }
    expect((await find(called)).map(({ restaurant }) => restaurant)).toEqual([
      here.restaurant.slug,
      there.restaurant.slug,
    ])
    // Days of a restaurant that is none of theirs lead nowhere.
    expect((await find(called, scopeOf(there))).map(({ restaurant }) => restaurant)).toEqual([
      there.restaurant.slug,
    ])
    expect(await find({ callNumber: 99, days: days() })).toEqual([])
  })

  test('asks nothing where nothing was typed', async () => {
    const { result, queries } = await countQueries(() => find({}))
    expect({ result, queries }).toEqual({ result: [], queries: 0 })
  })

  test('takes whatever anybody may type', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 40 }), async (text) => {
        const words = searchWords(text)
        expect((await find({ words, suppliers: suppliers(), people })).length).toBeLessThanOrEqual(25)
      }),
      { numRuns: 300 },
    )
  })
})
