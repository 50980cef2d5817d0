import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { chainScope, type Person } from '@/domain/scope'
import { countQueries } from '../request-context'
import { testDatabase } from '../testing/database'
import { findIngredientNames } from './ingredients'

const database = testDatabase()
const scope = chainScope({ role: 'kitchen', restaurants: [] } as unknown as Person) ?? expect.fail()

/** In the order of their ids. */
const NAMES = [
  'Tomatoes',
  'Tomato paste',
  'Green tomatoes',
  'Potatoes',
  'Saffron',
  '100% cocoa',
  'Old tomato jam',
]

beforeAll(async () => {
  const { db } = database
  await db.execute(
    sql`insert into suppliers (name, contact_person, phone, email, address) values ('S', '', '', '', '')`,
  )
  await db.execute(sql`insert into ingredients (name, unit, unit_price, supplier_id, is_active)
    select name, 'g', 1, 1, name <> 'Old tomato jam' from unnest(${sql.param(NAMES)}::text[]) with ordinality as n (name, place)
    order by place`)
})

const suggested = async (text: string, ids: number[] = []) =>
  (await findIngredientNames(database.db, scope, { ids, text, limit: 3 })).suggested.map(({ name }) => name)

describe('the search for an ingredient', () => {
  test('puts what begins like the text before what holds it, and leaves out what is used no more', async () => {
    expect(await suggested('tomato')).toEqual(['Tomato paste', 'Tomatoes', 'Green tomatoes'])
  })

  test('forgives a letter', async () => {
    expect(await suggested('safron')).toEqual(['Saffron'])
  })

  test('does not suggest what was chosen already, and names it instead', async () => {
    const found = await findIngredientNames(database.db, scope, {
      ids: [2, 5, 999],
      text: 'tomato',
      limit: 3,
    })
    expect(found.named).toEqual([
      { id: 5, name: 'Saffron' },
      { id: 2, name: 'Tomato paste' },
    ])
    expect(found.suggested.map(({ id }) => id)).toEqual([1, 3])
  })

  test('keeps to its limit, and takes signs as they are', async () => {
    expect(await suggested('o')).toHaveLength(3)
    expect(await suggested('%')).toEqual(['100% cocoa'])
    expect(await suggested('_')).toEqual([])
    expect(await suggested("'; drop table ingredients --")).toEqual([])
  })

  test('asks one question, and none where there is nothing to look up', async () => {
    const ask = (text: string) =>
      countQueries(() => findIngredientNames(database.db, scope, { ids: [], text, limit: 3 }))
    expect((await ask('tomato')).queries).toBe(1)
    expect(await ask('')).toEqual({ result: { named: [], suggested: [] }, queries: 0 })
  })
})
