import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import type { MenuItem } from '@/domain/menu-item'
import { getGuestMenu } from '../queries/guest-menu'
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
  traces,
} from '../testing/menu'
import { previewGuestMenu } from './menu-preview'
import { publishChangeSet } from './publish'
import { undoPublication } from './undo'

const database = testDatabase()
let admin: AdminScope
let nord: KitchenScope
let west: KitchenScope

beforeAll(async () => {
  await addChain(database.db)
  nord = await addKitchen(database.db)
  west = await addKitchen(database.db)
  admin = await adminOf(database.db)
})

let sets = 0
const newSet = () => newChangeSet(database.db, admin, `Set ${++sets}`)
const publish = (changeSetId: number, ...kitchens: KitchenScope[]) =>
  publishChangeSet(database.db, admin, {
    changeSetId,
    restaurantIds: kitchens.length > 0 ? kitchens.map(({ restaurant }) => restaurant.id) : null,
  })
const dishOf = (key: ReturnType<typeof chainKey>, changeSetId: number | null = null) =>
  readRecord(database.db, admin, 'menu_item', key, changeSetId)
const overrideIn = (kitchen: KitchenScope, { id }: { id: number }) =>
  readRecord(database.db, admin, 'menu_override', overrideKey(id, kitchen.restaurant.id))
const draftOverride = (
  changeSetId: number,
  kitchen: KitchenScope,
  { id }: { id: number },
  patch: { price?: number | null; isAvailable?: boolean | null },
) =>
  draftEdit(database.db, admin, changeSetId, 'menu_override', overrideKey(id, kitchen.restaurant.id), patch)
const stateOf = async (changeSetId: number) =>
  (
    await database.db.execute<{ state: string }>(sql`select state from change_sets where id = ${changeSetId}`)
  )[0]?.state
const priceIn = async (kitchen: KitchenScope, { id }: { id: number }) =>
  (await getGuestMenu(database.db, kitchen)).flatMap(({ dishes }) => dishes).find((dish) => dish.id === id)
    ?.price

describe('publishing for the whole chain', () => {
  test('makes every edit live in one publication that the audit can tell, and closes the set', async () => {
    const set = await newSet()
    const key = await newDish(database.db, admin, { price: 1000 })
    await draftEdit(database.db, admin, set, 'menu_item', key, { price: 1200 })
    await draftEdit(database.db, admin, set, 'category', chainKey(1), { description: 'From the pass' })
    const published = await publish(set)
    if (!published.ok) throw new Error(published.reason)
    const lines = await database.db.execute(sql`
      select action, subject_id as id, before, after from audit_log
      where publication_id = ${published.publicationId} order by id`)
    expect(lines).toEqual([
      {
        action: 'category.changed',
        id: '1',
        before: { description: '' },
        after: { description: 'From the pass' },
      },
      { action: 'menu_item.changed', id: String(key.id), before: { price: 1000 }, after: { price: 1200 } },
    ])
    expect(await dishOf(key)).toMatchObject({ price: 1200 })
    expect(await stateOf(set)).toBe('published')
  })

  test('leaves what restaurants have of their own', async () => {
    const set = await newSet()
    const key = await newDish(database.db, admin, { price: 1000 })
    await liveEdit(database.db, admin, 'menu_override', overrideKey(key.id, west.restaurant.id), {
      price: 1400,
    })
    await draftEdit(database.db, admin, set, 'menu_item', key, { price: 1200 })
    await publish(set)
    expect([await priceIn(nord, key), await priceIn(west, key)]).toEqual([1200, 1400])
  })

  test('says so when there is nothing left to change, and keeps the set open', async () => {
    const set = await newSet()
    const key = await newDish(database.db, admin, { price: 1000 })
    await draftEdit(database.db, admin, set, 'menu_item', key, { price: 1200 })
    await liveEdit(database.db, admin, 'menu_item', key, { price: 1200 })
    expect(await publish(set)).toEqual({ ok: false, reason: 'nothing_to_publish' })
    expect(await stateOf(set)).toBe('open')
  })

  test('that the data refuses names the field and changes nothing', async () => {
    const set = await newSet()
    const key = await newDish(database.db, admin, { price: 1000 })
    await draftEdit(database.db, admin, set, 'menu_item', key, { price: 1300 })
    await draftEdit(database.db, admin, set, 'category', chainKey(2), { name: 'Mains' })
    const before = await traces(database.db)
    expect(await publish(set)).toEqual({ ok: false, field: 'name', reason: 'name_taken' })
    expect(await traces(database.db)).toEqual(before)
    expect(await dishOf(key)).toMatchObject({ price: 1000 })
  })

  test('by two at once happens once', async () => {
    const set = await newSet()
    const key = await newDish(database.db, admin, { price: 1000 })
    await draftEdit(database.db, admin, set, 'menu_item', key, { price: 1200 })
    const answers = await Promise.all([publish(set), publish(set), publish(set)])
    expect(answers.filter(({ ok }) => ok).length).toBe(1)
    expect(answers.filter((answer) => !answer.ok && answer.reason === 'set_closed').length).toBe(2)
  })
})

describe('publishing for some restaurants', () => {
  test('changes price and availability there alone, and the rest waits for the others', async () => {
    const set = await newSet()
    const key = await newDish(database.db, admin, { price: 1000, description: '' })
    await draftEdit(database.db, admin, set, 'menu_item', key, { price: 1200, description: 'New words' })
    expect(await publish(set, nord)).toMatchObject({ ok: true })
    expect([await priceIn(nord, key), await priceIn(west, key)]).toEqual([1200, 1000])
    expect(await dishOf(key)).toMatchObject({ price: 1000, description: '' })
    expect(await stateOf(set)).toBe('open')

    expect(await publish(set)).toMatchObject({ ok: true })
    expect(await dishOf(key)).toMatchObject({ price: 1200, description: 'New words' })
    expect(await overrideIn(nord, key)).toEqual({ price: null, isAvailable: null })
    expect(await stateOf(set)).toBe('published')
  })

  test('leaves a price that the restaurant has of its own', async () => {
    const set = await newSet()
    const key = await newDish(database.db, admin, { price: 1000 })
    await liveEdit(database.db, admin, 'menu_override', overrideKey(key.id, nord.restaurant.id), {
      price: 1400,
    })
    await draftEdit(database.db, admin, set, 'menu_item', key, { price: 1200, isAvailable: false })
    expect(await publish(set, nord)).toMatchObject({ ok: true })
    expect(await overrideIn(nord, key)).toEqual({ price: 1400, isAvailable: false })
  })

  test('again after the draft changed changes there what the set had put there, and nothing that a person did', async () => {
    const set = await newSet()
    const key = await newDish(database.db, admin, { price: 1000 })
    await draftEdit(database.db, admin, set, 'menu_item', key, { price: 1200 })
    await publish(set, nord, west)
    await liveEdit(database.db, admin, 'menu_override', overrideKey(key.id, west.restaurant.id), {
      price: 1111,
    })
    await draftEdit(database.db, admin, set, 'menu_item', key, { price: 1300 })
    expect(await publish(set, nord, west)).toMatchObject({ ok: true })
    expect([await priceIn(nord, key), await priceIn(west, key)]).toEqual([1300, 1111])
    await draftEdit(database.db, admin, set, 'menu_item', key, { price: 1350 })
    expect(await publish(set)).toMatchObject({ ok: true })
    expect([await priceIn(nord, key), await priceIn(west, key)]).toEqual([1350, 1111])
    expect(await overrideIn(nord, key)).toEqual({ price: null, isAvailable: null })
  })

  test('takes a new dish with its new category and recipe, off the menu everywhere else', async () => {
    const set = await newSet()
    const category = await draftNew(database.db, admin, set, 'category', {
      name: 'Tasting',
      description: '',
      isActive: true,
      sortOrder: 3,
    })
    const recipe = await draftNew(database.db, admin, set, 'recipe', {
      ...(await readRecord(database.db, admin, 'recipe', chainKey(1))),
      title: 'Saffron risotto',
    })
    const dish = await draftNew(database.db, admin, set, 'menu_item', {
      ...(await dishOf(chainKey(1))),
      name: 'Saffron risotto',
      categoryId: category.id,
      recipeId: recipe.id,
      price: 1800,
    })
    expect(await publish(set, nord)).toMatchObject({ ok: true })
    expect([await priceIn(nord, dish), await priceIn(west, dish)]).toEqual([1800, undefined])
    expect(await publish(set)).toMatchObject({ ok: true })
    expect([await priceIn(nord, dish), await priceIn(west, dish)]).toEqual([1800, 1800])
    expect(await overrideIn(nord, dish)).toEqual({ price: null, isAvailable: null })
  })

  test('can be undone with the category that a new dish needed and what the set had for a restaurant: both wait in it again', async () => {
    const set = await newSet()
    const category = await draftNew(database.db, admin, set, 'category', {
      name: 'Brunch',
      description: '',
      isActive: true,
      sortOrder: 4,
    })
    const dish = await draftNew(database.db, admin, set, 'menu_item', {
      ...(await dishOf(chainKey(1))),
      name: 'Shakshuka',
      categoryId: category.id,
      price: 1100,
    })
    await draftOverride(set, nord, dish, { price: 1150 })
    const published = await publish(set, nord)
    if (!published.ok) throw new Error(published.reason)
    expect(await priceIn(nord, dish)).toBe(1150)
    expect(await undoPublication(database.db, admin, published)).toMatchObject({ ok: true })
    expect(await priceIn(nord, dish)).toBeUndefined()
    expect(await overrideIn(nord, dish)).toEqual({ price: null, isAvailable: null })

    expect(await publish(set, nord)).toMatchObject({ ok: true })
    expect([await priceIn(nord, dish), await priceIn(west, dish)]).toEqual([1150, undefined])
    expect(await publish(set)).toMatchObject({ ok: true })
    expect([await priceIn(nord, dish), await priceIn(west, dish)]).toEqual([1150, 1100])
  })

  test('makes one override of what the set says of the dish and of the restaurant, which goes before', async () => {
    const set = await newSet()
    const key = await newDish(database.db, admin, { price: 1000 })
    await draftEdit(database.db, admin, set, 'menu_item', key, { price: 1200, isAvailable: false })
    await draftOverride(set, nord, key, { price: 1250 })
    await draftOverride(set, west, key, { price: 1260 })
    expect(await publish(set, nord)).toMatchObject({ ok: true })
    expect(await overrideIn(nord, key)).toEqual({ price: 1250, isAvailable: false })
    expect(await overrideIn(west, key)).toEqual({ price: null, isAvailable: null })
    expect(await publish(set)).toMatchObject({ ok: true })
    expect(await overrideIn(nord, key)).toEqual({ price: 1250, isAvailable: null })
    expect(await overrideIn(west, key)).toEqual({ price: 1260, isAvailable: null })
  })

  test('that there are not publishes nothing', async () => {
    const set = await newSet()
    const key = await newDish(database.db, admin, { price: 1000 })
    await draftEdit(database.db, admin, set, 'menu_item', key, { price: 1200 })
    expect(
      await publishChangeSet(database.db, admin, { changeSetId: set, restaurantIds: [999_999] }),
    ).toEqual({ ok: false, reason: 'nothing_to_publish' })
  })

  test('can be undone, and published to all afterwards', async () => {
    const set = await newSet()
    const key = await newDish(database.db, admin, { price: 1000 })
    await draftEdit(database.db, admin, set, 'menu_item', key, { price: 1200 })
    const published = await publish(set, nord)
    if (!published.ok) throw new Error(published.reason)
    expect(await undoPublication(database.db, admin, published)).toMatchObject({ ok: true })
    expect(await overrideIn(nord, key)).toEqual({ price: null, isAvailable: null })
    expect(await publish(set)).toMatchObject({ ok: true })
    expect([await priceIn(nord, key), await priceIn(west, key)]).toEqual([1200, 1200])
  })
})

describe('the preview of a change set', () => {
  test('is the guest menu that publishing makes, and leaves nothing behind', async () => {
    const set = await newSet()
    const key = await newDish(database.db, admin, { price: 1000 })
    await draftEdit(database.db, admin, set, 'menu_item', key, { price: 1200, name: 'Previewed' })
    await draftOverride(set, nord, chainKey(2), { price: 1, isAvailable: true })
    const doc: MenuItem = { ...(await dishOf(chainKey(1))), name: 'Brand new' }
    await draftNew(database.db, admin, set, 'menu_item', doc)
    const before = await traces(database.db)
    const seen = await previewGuestMenu(database.db, admin, nord, { changeSetId: set })
    expect(await traces(database.db)).toEqual(before)
    expect(await getGuestMenu(database.db, nord)).not.toEqual(seen)
    await publish(set)
    expect(await getGuestMenu(database.db, nord)).toEqual(seen)
  })

  test('shows conflicts as the change set wants them', async () => {
    const set = await newSet()
    const key = await newDish(database.db, admin, { price: 1000 })
    await draftEdit(database.db, admin, set, 'menu_item', key, { price: 1200 })
    await liveEdit(database.db, admin, 'menu_item', key, { price: 1100 })
    const seen = await previewGuestMenu(database.db, admin, nord, { changeSetId: set })
    expect(seen?.flatMap(({ dishes }) => dishes).find(({ id }) => id === key.id)?.price).toBe(1200)
    expect(await priceIn(nord, key)).toBe(1100)
  })

  test('is none where the data refuses the change set', async () => {
    const set = await newSet()
    await draftEdit(database.db, admin, set, 'category', chainKey(2), { name: 'Mains' })
    expect(await previewGuestMenu(database.db, admin, nord, { changeSetId: set })).toBeNull()
  })
})
