import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import type { MenuItem } from '@/domain/menu-item'
import { listDishDrafts } from '../queries/menu-bulk'
import { menuItemRecords } from '../records/menu'
import { countQueries } from '../request-context'
import { type AdminScope, adminOf } from '../testing/admin'
import { testDatabase } from '../testing/database'
import { addChain, addKitchen } from '../testing/kitchen'
import { createChangeSet } from './drafts'
import { type BulkRow, changeMenuItems, draftMenuItems } from './menu-bulk'
import { editDish } from './menu-edit'
import { publishChangeSet } from './publish'
import { undoPublication } from './undo'

const database = testDatabase()
let admin: AdminScope
let ids: number[]

beforeAll(async () => {
  const { db } = database
  await addChain(db)
  await addKitchen(db)
  admin = await adminOf(db)
  const made = await db.execute<{ id: number }>(sql`
    insert into menu_items (name, description, price, category_id, preparation_time, station)
    select 'Dish ' || n, '', 1000 + n, (select min(id) from categories), 5, 'grill' from generate_series(1, 300) n
    returning id`)
  ids = made.map(({ id }) => id).sort((a, b) => a - b)
})

const dishes = async (of: readonly number[]): Promise<MenuItem[]> => {
  const found = await menuItemRecords.read(
    database.db,
    of.map((id) => ({ id, restaurantId: null })),
    false,
  )
  return of.map((id) => found.get(String(id)) ?? expect.fail('There is no such dish.'))
}
const prices = async (of: readonly number[]) => (await dishes(of)).map(({ price }) => price)
const raise = async (of: readonly number[], by: number): Promise<BulkRow[]> =>
  (await dishes(of)).map(({ price }, at) => ({ id: of[at] ?? 0, was: price, to: price + by }))
const change = (rows: BulkRow[]) =>
  changeMenuItems(database.db, admin, { name: 'Raise', field: 'price', rows })
const auditOf = (id: number) =>
  database.db.execute(sql`
    select action, before, after, user_id as "userId", publication_id as "publicationId" from audit_log
    where subject = 'menu_item' and subject_id = ${String(id)} and restaurant_id is null order by id`)

describe('changing a field of many dishes', () => {
  test('is one statement, with a line of the audit for each, that one undo takes back', async () => {
    const some = ids.slice(0, 200)
    const before = await prices(some)
    const rows = await raise(some, 50)
    let done: Awaited<ReturnType<typeof change>> | undefined
    const { queries } = await countQueries(async () => {
      done = await change(rows)
    })
    expect(queries).toBe(1)
    if (!done?.ok) return expect.fail('It was refused.')
    expect(done).toMatchObject({ changed: 200, refused: [] })
    expect(await prices(some)).toEqual(before.map((price) => price + 50))
    const { publicationId } = done
    expect(await auditOf(some[7] ?? 0)).toEqual([
      {
        action: 'menu_item.changed',
        before: { price: before[7] },
        after: { price: (before[7] ?? 0) + 50 },
        userId: admin.actor.userId,
        publicationId,
      },
    ])
    expect(await undoPublication(database.db, admin, { publicationId })).toMatchObject({ ok: true })
    expect(await prices(some)).toEqual(before)
  })

  test('leaves alone and names a dish that changed since it was seen', async () => {
    const [one = 0, other = 0] = ids.slice(200)
    const rows = await raise([one, other], 100)
    const seen = rows[0]?.was as number
    await editDish(database.db, admin, {
      menuItemId: one,
      base: { price: seen },
      patch: { price: 77 },
      changeSetId: null,
    })
    expect(await change(rows)).toMatchObject({
      ok: true,
      changed: 1,
      refused: [{ id: one, name: 'Dish 201', now: 77 }],
    })
    expect(await prices([one])).toEqual([77])
    expect(await change(rows)).toEqual({
      ok: false,
      reason: 'nothing_changed',
      refused: [{ id: one, name: 'Dish 201', now: 77 }],
    })
    expect((await auditOf(one)).length).toBe(1)
  })

  test('of two at the same moment makes each change once, in whatever order their rows stand', async () => {
    const some = ids.slice(210, 290)
    const before = await prices(some)
    const [up, more] = [await raise(some, 10), (await raise(some, 20)).reverse()]
    const answers = await Promise.all([change(up), change(more), change(up), change(more)])
    expect(answers.filter(({ ok }) => ok).length).toBe(1)
    const after = await prices(some)
    expect(new Set(after.map((price, at) => price - (before[at] ?? 0))).size).toBe(1)
  })

  test('moves dishes to a category and takes them off the menu, but to no category that there is not', async () => {
    const some = ids.slice(0, 3)
    const [was] = await dishes(some)
    const rows = some.map((id) => ({ id, was: was?.categoryId ?? 0, to: 2_000_000 }))
    expect(await changeMenuItems(database.db, admin, { name: 'Move', field: 'categoryId', rows })).toEqual({
      ok: false,
      reason: 'unknown_reference',
    })
    const off = some.map((id) => ({ id, was: true, to: false }))
    expect(
      await changeMenuItems(database.db, admin, { name: 'Off', field: 'isAvailable', rows: off }),
    ).toMatchObject({ ok: true, changed: 3 })
    expect((await dishes(some)).every(({ isAvailable }) => !isAvailable)).toBe(true)
  })

  test('tells caches and screens, once it is committed', async () => {
    const [before] = await database.db.execute<{ n: number }>(
      sql`select count(*)::int as n from cache_invalidations where tag = 'menu'`,
    )
    expect(await change(await raise(ids.slice(5, 8), 5))).toMatchObject({ ok: true, changed: 3 })
    const [after] = await database.db.execute<{ n: number }>(
      sql`select count(*)::int as n from cache_invalidations where tag = 'menu'`,
    )
    expect((after?.n ?? 0) - (before?.n ?? 0)).toBe(1)
  })
})

describe('in a change set', () => {
  const openSet = async (name: string) => {
    const made = await createChangeSet(database.db, admin, { name })
    return made.ok ? made.changeSetId : expect.fail(made.reason)
  }
  const draftsOf = async (changeSetId: number, of: readonly number[]) =>
    (await listDishDrafts(database.db, admin, { changeSetId, ids: of })).sort((a, b) => a.id - b.id)

  test('many dishes change with nothing live before it is published', async () => {
    const some = ids.slice(20, 60)
    const before = await prices(some)
    const changeSetId = await openSet('Spring prices')
    const draft = (rows: BulkRow[]) =>
      draftMenuItems(database.db, admin, { changeSetId, field: 'price', rows })
    const rows = await raise(some, 25)
    expect(await draft(rows)).toEqual({ ok: true, changed: 40, refused: [] })
    expect(await prices(some)).toEqual(before)
    expect(await draftsOf(changeSetId, some)).toEqual(
      some.map((id, at) => ({ id, patch: { price: (before[at] ?? 0) + 25 } })),
    )
    // What was seen is how the change set makes them, not how they are.
    expect(await draft(rows)).toMatchObject({ ok: false, reason: 'nothing_changed', refused: [] })
    const again = rows.map(({ id, to }) => ({ id, was: to, to: Number(to) + 1 }))
    expect(await draft(again.slice(0, 2))).toMatchObject({ ok: true, changed: 2 })
    // Back to the live price: the change set has nothing to do with it any more.
    const [first = expect.fail()] = again
    expect(await draft([{ id: first.id, was: first.to, to: before[0] ?? 0 }])).toMatchObject({ ok: true })
    expect(await draftsOf(changeSetId, some.slice(0, 1))).toEqual([])
    expect(await publishChangeSet(database.db, admin, { changeSetId, restaurantIds: null })).toMatchObject({
      ok: true,
    })
    expect((await prices(some)).map((price, at) => price - (before[at] ?? 0))).toEqual([
      0,
      26,
      ...Array(38).fill(25),
    ])
    expect(await draft(rows)).toEqual({ ok: false, reason: 'set_closed' })
  })

  test('a cell of the list is edited as the change set makes it', async () => {
    const id = ids[65] ?? 0
    const changeSetId = await openSet('One dish')
    const [price = 0] = await prices([id])
    const edit = (was: number, to: number) =>
      editDish(database.db, admin, {
        menuItemId: id,
        base: { price: was },
        patch: { price: to },
        changeSetId,
      })
    expect(await edit(price, 5000)).toMatchObject({ ok: true, dish: { price: 5000 } })
    expect(await edit(price, 6000)).toMatchObject({ reason: 'changed_meanwhile', dish: { price: 5000 } })
    expect(await edit(5000, price)).toMatchObject({ ok: true })
    expect(await draftsOf(changeSetId, [id])).toEqual([])
    expect(await prices([id])).toEqual([price])
  })
})

describe('editing one field of a dish', () => {
  test('keeps what others changed in other fields, and refuses to overwrite the same one', async () => {
    const id = ids[295] ?? 0
    const [dish = expect.fail('There is no such dish.')] = await dishes([id])
    const edit = (base: Partial<MenuItem>, patch: Partial<MenuItem>) =>
      editDish(database.db, admin, { menuItemId: id, base, patch, changeSetId: null })
    expect(await edit({ isAvailable: true }, { isAvailable: false })).toMatchObject({ ok: true })
    expect(await edit({ price: dish.price }, { price: 4200 })).toEqual({
      ok: true,
      dish: { ...dish, isAvailable: false, price: 4200 },
    })
    expect(await edit({ price: dish.price }, { price: 4200 })).toMatchObject({ ok: true })
    expect(await edit({ price: dish.price }, { price: 4300 })).toMatchObject({
      ok: false,
      reason: 'changed_meanwhile',
      conflicts: [{ field: 'price', base: dish.price, theirs: 4200, mine: 4300 }],
    })
    expect((await auditOf(id)).length).toBe(2)
  })

  test('of a dish that there is not is refused', async () => {
    const edit = { menuItemId: 2_000_000_000, base: { price: 1 }, patch: { price: 2 }, changeSetId: null }
    expect(await editDish(database.db, admin, edit)).toEqual({ ok: false, reason: 'gone' })
  })
})
