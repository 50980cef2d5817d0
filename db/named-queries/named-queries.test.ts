import { readdirSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { explainReads } from '../explain'
import { testDatabase } from '../testing/database'
import { QUERY_MODULES } from './catalogue'
import { explainNamedQuery, findNamedQuery, NAMED_QUERIES } from './named-queries'
import { Refused } from './refused'

const held = testDatabase('volume')
const limitMs = 30_000
const ask = (name: string, given = {}, options = {}) =>
  explainNamedQuery(held.url, findNamedQuery(name), given, { limitMs, ...options })

describe('the named queries', () => {
  test('are all exported queries of all files in db/queries', () => {
    const files = readdirSync(new URL('../queries', import.meta.url), { recursive: true })
      .map(String)
      .filter((file) => file.endsWith('.ts') && !file.includes('.test.'))
    expect(Object.keys(QUERY_MODULES).map((module) => `${module}.ts`)).toEqual(files.sort())
    const exported = Object.entries(QUERY_MODULES).flatMap(([module, functions]) =>
      Object.entries(functions)
        .filter(([, value]) => value?.constructor.name === 'AsyncFunction')
        .map(([name]) => `${module}.${name}`),
    )
    expect(NAMED_QUERIES.map(({ module, name }) => `${module}.${name}`).sort()).toEqual(exported.sort())
  })

  test.each(NAMED_QUERIES)('$name is explained without a parameter', async ({ module, name }) => {
    const { plans } = await ask(`${module}.${name}`)
    expect(plans.length).toBeGreaterThan(0)
    for (const { executionMs, tree } of plans) {
      expect(executionMs).toBeGreaterThanOrEqual(0)
      expect(tree['Actual Total Time']).toBeGreaterThanOrEqual(0)
    }
  })

  test('are called with the parameters that were given, as text and as JSON', async () => {
    const rows = async (given: object) =>
      (await ask('ordersByRestaurant', given)).plans[0]?.tree['Actual Rows']
    expect(await rows({})).toBe(50)
    expect(await rows({ limit: '4' })).toBe(4)
    expect(await rows({ limit: 3 })).toBe(3)
    const { plans } = await ask('searchRecipes', { cuisine: ['Thai', 'Greek'], prep: '20' })
    expect(plans.flatMap(({ statement }) => statement.args)).toContainEqual(['Thai', 'Greek'])
    expect(plans.flatMap(({ statement }) => statement.args)).toContain(20)
  })

  test('are asked as one person at one restaurant', async () => {
    const chief = await ask('countOpenTickets')
    expect(chief.person.role).toBe('admin')
    const manager = await ask(
      'countOpenTickets',
      {},
      { email: 'manager@brigade.example', restaurant: 'new-york' },
    )
    expect(manager).toMatchObject({ person: { role: 'manager' }, restaurant: { slug: 'new-york' } })
    const restaurants = (explained: typeof chief) => explained.plans[0]?.tree['Actual Rows'] ?? 0
    expect(restaurants(manager)).toBeLessThan(restaurants(chief))
  })
})

describe('explaining', () => {
  test('writes nothing, and refuses work that would', async () => {
    const addCategory = sql`insert into categories (name) values ('Explained')`
    await expect(explainReads(held.url, (db) => db.execute(addCategory), { limitMs })).rejects.toMatchObject({
      cause: { code: '25006' },
    })
    const sneaky = sql`with added as (insert into categories (name) values ('Explained') returning 1) select * from added`
    await expect(explainReads(held.url, (db) => db.execute(sneaky), { limitMs })).rejects.toMatchObject({
      cause: { code: '25006' },
    })
    const found = await held.db.execute(sql`select from categories where name = 'Explained'`)
    expect(found).toHaveLength(0)
  })

  test('shows the unmeasured plan of a statement that takes longer than its limit', async () => {
    const endless = sql`select count(*) from orders a, orders b, orders c`
    const [plan, ...more] = await explainReads(
      held.url,
      async (db) => {
        await db.execute(endless)
        await db.execute(sql`select 1`)
      },
      { limitMs: 100 },
    )
    expect(plan?.executionMs).toBeNull()
    expect(plan?.tree['Actual Rows']).toBeUndefined()
    expect(plan?.tree['Plan Rows']).toBeGreaterThan(0)
    expect(more).toEqual([])
  })
})

describe('a wish that can not be met is answered in words', () => {
  const refusal = async (asked: Promise<unknown>) => {
    const error = await asked.catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(Refused)
    return (error as Refused).message
  }
  const find = async (name: string) => findNamedQuery(name)

  test('a name that there is not, with the ones like it', async () => {
    expect(await refusal(find('listLowStocks'))).toBe(
      'There is no one query "listLowStocks": did you mean inventory.listLowStock or inventory.countLowStock or stock.listStock?',
    )
    expect(await refusal(find('zzz'))).toContain('`npm run db:explain` lists them')
    expect(await refusal(find('kitchen.constructor'))).toContain('There is no one query')
  })

  test('a parameter that there is not, or of another kind', async () => {
    expect(await refusal(ask('pendingOrders', { most: '5' }))).toBe(
      'There is no parameter "most". It takes limit=50.',
    )
    expect(await refusal(ask('countLowStock', { limit: '5' }))).toBe(
      'There is no parameter "limit". It takes none.',
    )
    expect(await refusal(ask('pendingOrders', { limit: 'many' }))).toMatch(
      /^limit=many does not fit: .*number/,
    )
    expect(await refusal(ask('getMenuPage', { sort: 'colour' }))).toMatch(/popularity/)
  })

  test('a person or a restaurant that there is not, or may not', async () => {
    expect(await refusal(ask('isReachable', {}, { email: 'nobody@example.com' }))).toContain(
      'nobody@example.com',
    )
    expect(await refusal(ask('isReachable', {}, { restaurant: 'atlantis' }))).toMatch(
      /"atlantis"; there are: .*berlin/,
    )
    const cook = { email: 'kitchen@brigade.example' }
    expect(await refusal(ask('listLowStock', {}, cook))).toMatch(/the role kitchen has no "stock:read"/)
  })
})
