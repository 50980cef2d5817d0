import { beforeAll, describe, expect, test } from 'vitest'
import { listOverrideGrid } from '../queries/override-grid'
import { type AdminScope, adminOf } from '../testing/admin'
import { testDatabase } from '../testing/database'
import { addChain, addKitchen, type KitchenScope } from '../testing/kitchen'
import { liveEdit, newChangeSet, newDish, overrideKey, readRecord } from '../testing/menu'
import { eightySix } from './menu'
import { draftOverrides, saveOverrides } from './overrides'
import { undoPublication } from './undo'

const database = testDatabase()
let admin: AdminScope
let kitchens: KitchenScope[]

beforeAll(async () => {
  await addChain(database.db)
  kitchens = [await addKitchen(database.db), await addKitchen(database.db), await addKitchen(database.db)]
  admin = await adminOf(database.db)
})

const NONE = { price: null, isAvailable: null }
const idOf = (n: number) => kitchens[n]?.restaurant.id ?? 0
const all = () => kitchens.map(({ restaurant }) => ({ restaurantId: restaurant.id, shown: NONE }))
const ownOf = ({ id }: { id: number }, changeSetId: number | null = null) =>
  Promise.all(
    kitchens.map(({ restaurant }) =>
      readRecord(database.db, admin, 'menu_override', overrideKey(id, restaurant.id), changeSetId),
    ),
  )

describe('overrides of one dish', () => {
  test('are set for some restaurants in one publication, and undone in one', async () => {
    const { id } = await newDish(database.db, admin)
    const input = { menuItemId: id, name: 'Price', restaurants: all().slice(0, 2), patch: { price: 900 } }
    const saved = await saveOverrides(database.db, admin, input)
    expect(saved).toMatchObject({ ok: true })
    expect(await ownOf({ id })).toEqual([{ ...NONE, price: 900 }, { ...NONE, price: 900 }, NONE])
    if (saved.ok) expect(await undoPublication(database.db, admin, saved)).toMatchObject({ ok: true })
    expect(await ownOf({ id })).toEqual([NONE, NONE, NONE])
  })

  test('that somebody changed since they were shown are named, and none is set', async () => {
    const { id } = await newDish(database.db, admin)
    await liveEdit(database.db, admin, 'menu_override', overrideKey(id, idOf(1)), { price: 800 })
    const input = { menuItemId: id, name: 'Price', restaurants: all(), patch: { price: 900 } }
    expect(await saveOverrides(database.db, admin, input)).toMatchObject({
      ok: false,
      reason: 'conflicts',
      conflicts: [{ key: overrideKey(id, idOf(1)), theirs: 800, mine: 900 }],
    })
    expect(await ownOf({ id })).toEqual([NONE, { ...NONE, price: 800 }, NONE])
  })

  test('are left alone in restaurants that the admin does not have', async () => {
    const { id } = await newDish(database.db, admin)
    const input = {
      menuItemId: id,
      name: 'Price',
      restaurants: [{ restaurantId: 999_999, shown: NONE }],
      patch: { price: 900 },
    }
    expect(await saveOverrides(database.db, admin, input)).toEqual({
      ok: false,
      reason: 'nothing_to_publish',
    })
  })

  test('wait in a change set, all of them or none, and the grid says where each value comes from', async () => {
    const { id } = await newDish(database.db, admin)
    const changeSetId = await newChangeSet(database.db, admin, 'Grid')
    const input = { changeSetId, menuItemId: id, restaurants: all(), patch: { isAvailable: false } }
    expect(await draftOverrides(database.db, admin, input)).toEqual({ ok: true })
    expect(await ownOf({ id })).toEqual([NONE, NONE, NONE])
    const stale = { ...input, restaurants: all(), patch: { price: 1 } }
    expect(await draftOverrides(database.db, admin, stale)).toEqual({
      ok: false,
      reason: 'changed_meanwhile',
    })

    await liveEdit(database.db, admin, 'menu_override', overrideKey(id, idOf(2)), { price: 700 })
    const [kitchen] = kitchens
    if (kitchen) await eightySix(database.db, kitchen, { menuItemId: id, until: null })
    const grid = await listOverrideGrid(database.db, admin, { menuItemId: id, changeSetId })
    expect(grid.map(({ live, drafted, off }) => ({ live, drafted, off }))).toEqual([
      { live: NONE, drafted: { ...NONE, isAvailable: false }, off: 'further_notice' },
      { live: NONE, drafted: { ...NONE, isAvailable: false }, off: null },
      { live: { ...NONE, price: 700 }, drafted: { price: 700, isAvailable: false }, off: null },
    ])
    const live = await listOverrideGrid(database.db, admin, { menuItemId: id, changeSetId: null })
    expect(live.every(({ drafted }) => drafted === null)).toBe(true)
  })
})
