import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { listCategories } from '../queries/categories'
import { type AdminScope, adminOf } from '../testing/admin'
import { testDatabase } from '../testing/database'
import { orderCategories } from './category-order'
import { createChangeSet, discardChangeSet } from './drafts'

const database = testDatabase()
let admin: AdminScope

beforeAll(async () => {
  await database.db.execute(sql`
    insert into categories (name, sort_order) values ('Soups', 4), ('Mains', 4), ('Sweets', 9), ('Wine', 9)`)
  admin = await adminOf(database.db)
})

const listed = (changeSetId: number | null = null) => listCategories(database.db, admin, { changeSetId })
const namesOf = async (changeSetId: number | null = null) =>
  (await listed(changeSetId)).map(({ name }) => name)
const idsOf = async (changeSetId: number | null = null) => (await listed(changeSetId)).map(({ id }) => id)

describe('the order of the categories', () => {
  test('is changed for all of them at once, with a line in the audit for each that moved', async () => {
    const seen = await idsOf()
    expect(await namesOf()).toEqual(['Mains', 'Soups', 'Sweets', 'Wine'])
    const order = [...seen].reverse()
    expect(await orderCategories(database.db, admin, { seen, order, changeSetId: null })).toEqual({
      ok: true,
      changed: 4,
    })
    expect(await namesOf()).toEqual(['Wine', 'Sweets', 'Soups', 'Mains'])
    const again = await orderCategories(database.db, admin, { seen: order, order, changeSetId: null })
    expect(again).toEqual({ ok: true, changed: 0 })
    const [lines] = await database.db.execute<{ count: number }>(sql`
      select count(*)::int from audit_log where action = 'category.changed' and after ? 'sortOrder'`)
    expect(lines).toEqual({ count: 4 })
  })

  test('is not changed by somebody who saw another one, and of two at once one is told', async () => {
    const seen = await idsOf()
    const order = [...seen].reverse()
    const ask = () => orderCategories(database.db, admin, { seen, order, changeSetId: null })
    const answers = await Promise.all([ask(), ask(), ask()])
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    expect(answers.filter((answer) => !answer.ok && answer.reason === 'order_changed')).toHaveLength(2)
    expect(await idsOf()).toEqual(order)
    expect(
      await orderCategories(database.db, admin, { seen: order.slice(1), order: [], changeSetId: null }),
    ).toEqual({ ok: false, reason: 'order_changed' })
  })

  test('may wait in a change set, and guests read the old one until then', async () => {
    const made = await createChangeSet(database.db, admin, { name: 'Winter' })
    const changeSetId = made.ok ? made.changeSetId : 0
    const live = await idsOf()
    const order = [...live].reverse()
    expect(await orderCategories(database.db, admin, { seen: live, order, changeSetId })).toMatchObject({
      ok: true,
    })
    expect(await idsOf()).toEqual(live)
    expect(await idsOf(changeSetId)).toEqual(order)
    expect((await listed(changeSetId)).every(({ isDraft }) => isDraft)).toBe(true)
    // Back again: nothing is left to publish.
    await orderCategories(database.db, admin, { seen: order, order: live, changeSetId })
    expect((await listed(changeSetId)).some(({ isDraft }) => isDraft)).toBe(false)
    await discardChangeSet(database.db, admin, { changeSetId })
    expect(await orderCategories(database.db, admin, { seen: live, order, changeSetId })).toEqual({
      ok: false,
      reason: 'set_closed',
    })
  })
})
