import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { type AdminScope, adminOf } from '../testing/admin'
import { testDatabase } from '../testing/database'
import { addChain, addKitchen, type KitchenScope } from '../testing/kitchen'
import {
  chainKey,
  draftEdit,
  draftNew,
  liveEdit,
  newChangeSet,
  newDish,
  overrideKey,
  readRecord,
} from '../testing/menu'
import { createChangeSet, discardChangeSet, dropEdit, saveDraft, settleConflicts } from './drafts'
import { publishChangeSet } from './publish'
import { saveRecord } from './records'

const database = testDatabase()
let admin: AdminScope
let kitchen: KitchenScope

beforeAll(async () => {
  await addChain(database.db)
  kitchen = await addKitchen(database.db)
  admin = await adminOf(database.db)
})

let sets = 0
const newSet = () => newChangeSet(database.db, admin, `Set ${++sets}`)
const editsOf = (changeSetId: number) =>
  database.db.execute<{ id: number; base: unknown; patch: unknown }>(sql`
    select id, base, patch from change_set_edits where change_set_id = ${changeSetId} order by id`)
const dishOf = (key: ReturnType<typeof chainKey>, changeSetId: number | null = null) =>
  readRecord(database.db, admin, 'menu_item', key, changeSetId)

describe('a change set', () => {
  test('has a name that no other open one has, in any case', async () => {
    const id = await newChangeSet(database.db, admin, 'Summer')
    expect(await createChangeSet(database.db, admin, { name: 'SUMMER' })).toEqual({
      ok: false,
      reason: 'name_taken',
    })
    expect(await discardChangeSet(database.db, admin, { changeSetId: id })).toEqual({ ok: true })
    expect(await createChangeSet(database.db, admin, { name: 'Summer' })).toMatchObject({ ok: true })
  })

  test('keeps what differs from the live record, and how that was, and changes nothing live', async () => {
    const set = await newSet()
    const key = await newDish(database.db, admin, { price: 1000 })
    await draftEdit(database.db, admin, set, 'menu_item', key, { price: 1200 })
    await draftEdit(database.db, admin, set, 'menu_item', key, { description: 'Creamy' })
    expect(await editsOf(set)).toMatchObject([
      { base: { price: 1000, description: '' }, patch: { price: 1200, description: 'Creamy' } },
    ])
    expect((await dishOf(key)).price).toBe(1000)
    expect(await dishOf(key, set)).toMatchObject({ price: 1200, description: 'Creamy' })
  })

  test('forgets a field that is put back, and an edit that has none left', async () => {
    const set = await newSet()
    const key = await newDish(database.db, admin, { price: 1000 })
    await draftEdit(database.db, admin, set, 'menu_item', key, { price: 1200, isFeatured: true })
    await draftEdit(database.db, admin, set, 'menu_item', key, { price: 1000 })
    expect(await editsOf(set)).toMatchObject([{ patch: { isFeatured: true } }])
    await draftEdit(database.db, admin, set, 'menu_item', key, { isFeatured: false })
    expect(await editsOf(set)).toEqual([])
  })

  test('refuses an edit of what another admin changed in it after the form was shown', async () => {
    const set = await newSet()
    const key = await newDish(database.db, admin, { price: 1000 })
    const shown = await dishOf(key, set)
    await draftEdit(database.db, admin, set, 'menu_item', key, { price: 1100 })
    const mine = { changeSetId: set, key, base: shown, doc: { ...shown, price: 1200 } }
    expect(await saveDraft(database.db, admin, 'menu_item', mine)).toMatchObject({
      ok: false,
      reason: 'changed_meanwhile',
      theirs: { price: 1100 },
    })
    expect(await dishOf(key, set)).toMatchObject({ price: 1100 })
  })

  test('of two who edit the same field at once keeps one and tells the other', async () => {
    const set = await newSet()
    const key = await newDish(database.db, admin)
    const base = await dishOf(key, set)
    const answers = await Promise.all(
      [1, 2, 3, 4].map((n) =>
        saveDraft(database.db, admin, 'menu_item', {
          changeSetId: set,
          key,
          base,
          doc: { ...base, price: 100 * n },
        }),
      ),
    )
    expect(answers.filter(({ ok }) => ok).length).toBe(1)
    expect((await editsOf(set)).length).toBe(1)
  })

  test('holds new records that name each other, and what a restaurant does differently about them', async () => {
    const set = await newSet()
    const category = await draftNew(database.db, admin, set, 'category', {
      name: 'Small plates',
      description: '',
      isActive: true,
      sortOrder: 9,
    })
    const dish = await draftNew(database.db, admin, set, 'menu_item', {
      ...(await dishOf(chainKey(1))),
      name: 'Olives',
      categoryId: category.id,
    })
    const there = overrideKey(dish.id, kitchen.restaurant.id)
    await draftEdit(database.db, admin, set, 'menu_override', there, { price: 450 })
    expect(await readRecord(database.db, admin, 'menu_override', there, set)).toEqual({
      price: 450,
      isAvailable: null,
    })
    expect(
      await publishChangeSet(database.db, admin, { changeSetId: set, restaurantIds: null }),
    ).toMatchObject({ ok: true })
    expect(await dishOf(dish)).toMatchObject({ name: 'Olives', categoryId: category.id })
    expect(await readRecord(database.db, admin, 'menu_override', there)).toMatchObject({ price: 450 })
  })

  test('that loses a new dish loses what restaurants would do differently about it', async () => {
    const set = await newSet()
    const doc = { ...(await dishOf(chainKey(1))), name: 'Never served' }
    const dish = await draftNew(database.db, admin, set, 'menu_item', doc)
    await draftEdit(database.db, admin, set, 'menu_override', overrideKey(dish.id, kitchen.restaurant.id), {
      price: 450,
    })
    const [edit] = await editsOf(set)
    expect(await dropEdit(database.db, admin, { changeSetId: set, editId: edit?.id ?? 0 })).toEqual({
      ok: true,
    })
    expect(await editsOf(set)).toEqual([])
    expect(await dropEdit(database.db, admin, { changeSetId: set, editId: edit?.id ?? 0 })).toEqual({
      ok: false,
      reason: 'gone',
    })
  })

  test('is of no use once it is closed', async () => {
    const set = await newSet()
    const key = await newDish(database.db, admin)
    await draftEdit(database.db, admin, set, 'menu_item', key, { price: 1 })
    const [edit] = await editsOf(set)
    await discardChangeSet(database.db, admin, { changeSetId: set })
    const base = await dishOf(key)
    const closed = { ok: false, reason: 'set_closed' }
    const input = { changeSetId: set, key, base, doc: { ...base, price: 2 } }
    expect(await saveDraft(database.db, admin, 'menu_item', input)).toEqual(closed)
    expect(await dropEdit(database.db, admin, { changeSetId: set, editId: edit?.id ?? 0 })).toEqual(closed)
    expect(await settleConflicts(database.db, admin, { changeSetId: set, settlements: [] })).toEqual(closed)
    expect(await publishChangeSet(database.db, admin, { changeSetId: set, restaurantIds: null })).toEqual(
      closed,
    )
    expect(await discardChangeSet(database.db, admin, { changeSetId: set })).toEqual(closed)
    expect(await dishOf(key, set)).toEqual(base)
  })
})

describe('a conflict', () => {
  async function conflict() {
    const set = await newSet()
    const key = await newDish(database.db, admin, { price: 1000, name: 'Soup' })
    await draftEdit(database.db, admin, set, 'menu_item', key, { price: 1200, name: 'Bisque' })
    await liveEdit(database.db, admin, 'menu_item', key, { price: 1100 })
    const [edit] = await editsOf(set)
    const settle = (theirs: unknown, choice: 'mine' | 'theirs') =>
      settleConflicts(database.db, admin, {
        changeSetId: set,
        settlements: [{ editId: edit?.id ?? 0, field: 'price', theirs, choice }],
      })
    const publish = () => publishChangeSet(database.db, admin, { changeSetId: set, restaurantIds: null })
    return { key, settle, publish }
  }

  test('stops the whole publication and names both values', async () => {
    const { key, publish } = await conflict()
    expect(await publish()).toEqual({
      ok: false,
      reason: 'conflicts',
      conflicts: [
        { subject: 'menu_item', key, name: 'Soup', field: 'price', base: 1000, theirs: 1100, mine: 1200 },
      ],
    })
    expect(await dishOf(key)).toMatchObject({ name: 'Soup', price: 1100 })
  })

  test('that is settled for the live value publishes the rest', async () => {
    const { key, settle, publish } = await conflict()
    expect(await settle(1100, 'theirs')).toEqual({ ok: true })
    expect(await publish()).toMatchObject({ ok: true })
    expect(await dishOf(key)).toMatchObject({ name: 'Bisque', price: 1100 })
  })

  test('that is settled for the change set overwrites what was seen, and nothing that came later', async () => {
    const { key, settle, publish } = await conflict()
    expect(await settle(1100, 'mine')).toEqual({ ok: true })
    await liveEdit(database.db, admin, 'menu_item', key, { price: 1150 })
    expect(await publish()).toMatchObject({ reason: 'conflicts', conflicts: [{ theirs: 1150 }] })
    expect(await settle(1100, 'mine')).toEqual({ ok: false, reason: 'changed_meanwhile' })
    expect(await settle(1150, 'mine')).toEqual({ ok: true })
    expect(await publish()).toMatchObject({ ok: true })
    expect(await dishOf(key)).toMatchObject({ name: 'Bisque', price: 1200 })
  })

  test('over a new record that somebody also saved at once can be settled field by field', async () => {
    const set = await newSet()
    const doc = { ...(await dishOf(chainKey(1))), name: 'Twice', price: 500 }
    const key = await draftNew(database.db, admin, set, 'menu_item', doc)
    const live = { ...doc, price: 600 }
    await saveRecord(database.db, admin, 'menu_item', { key, base: null, doc: live })
    const [edit] = await editsOf(set)
    expect(
      await publishChangeSet(database.db, admin, { changeSetId: set, restaurantIds: null }),
    ).toMatchObject({ reason: 'conflicts', conflicts: [{ field: 'price', theirs: 600, mine: 500 }] })
    const settlements = [{ editId: edit?.id ?? 0, field: 'price', theirs: 600, choice: 'mine' as const }]
    expect(await settleConflicts(database.db, admin, { changeSetId: set, settlements })).toEqual({ ok: true })
    expect(
      await publishChangeSet(database.db, admin, { changeSetId: set, restaurantIds: null }),
    ).toMatchObject({ ok: true })
    expect(await dishOf(key)).toEqual(doc)
  })

  test('of something new that is not live can’t be settled, so that nothing half-made is published', async () => {
    const set = await newSet()
    const doc = { ...(await dishOf(chainKey(1))), name: 'Whole' }
    await draftNew(database.db, admin, set, 'menu_item', doc)
    const [edit] = await editsOf(set)
    const settlements = [{ editId: edit?.id ?? 0, field: 'name', theirs: null, choice: 'theirs' as const }]
    expect(await settleConflicts(database.db, admin, { changeSetId: set, settlements })).toEqual({
      ok: false,
      reason: 'changed_meanwhile',
    })
    expect(await editsOf(set)).toMatchObject([{ patch: { name: 'Whole' } }])
  })
})
