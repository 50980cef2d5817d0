import { sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { listEdits, recordName } from '../records/edits'
import { type AdminScope, adminOf } from '../testing/admin'
import { testDatabase } from '../testing/database'
import { addChain, addKitchen, brokenLedger, type KitchenScope } from '../testing/kitchen'
import { chainKey, draftEdit, newChangeSet, overrideKey } from '../testing/menu'
import { order } from '../testing/orders'
import { settleConflicts } from './drafts'
import { eightySix, setCountdown } from './menu'
import { previewGuestMenu } from './menu-preview'
import { publishChangeSet } from './publish'
import { decision, undoPublication } from './undo'

const database = testDatabase('migrated', { max: 12 })
let admin: AdminScope
let kitchens: KitchenScope[]

beforeAll(async () => {
  await addChain(database.db)
  const stock = { 1: '500', 2: '500', 3: '500' }
  kitchens = [await addKitchen(database.db, { stock }), await addKitchen(database.db, { stock })]
  admin = await adminOf(database.db)
})

const ROUNDS = 8
const DISHES = [1, 2, 3]

/** A change set that touches every dish, its recipes and category, and overrides of both restaurants. */
async function fullSet(round: number, price: number): Promise<number> {
  const set = await newChangeSet(database.db, admin, `Round ${round} ${price}`)
  await draftEdit(database.db, admin, set, 'category', chainKey(1), { description: `At ${price}` })
  await draftEdit(database.db, admin, set, 'recipe', chainKey(1), { prepMinutes: price % 97 })
  for (const dish of DISHES) {
    await draftEdit(database.db, admin, set, 'menu_item', chainKey(dish), { price: price + dish })
    for (const { restaurant } of kitchens.slice(dish % 2)) {
      await draftEdit(database.db, admin, set, 'menu_override', overrideKey(dish, restaurant.id), {
        price: price - dish,
      })
    }
  }
  return set
}

const publications: number[] = []

/** Publishes, whatever somebody else did meanwhile. */
async function publish(changeSetId: number, restaurantIds: number[] | null): Promise<void> {
  for (let tries = 0; tries < 5; tries++) {
    const answer = await publishChangeSet(database.db, admin, { changeSetId, restaurantIds })
    if (answer.ok) publications.push(answer.publicationId)
    if (answer.ok || answer.reason !== 'conflicts') return
    const edits = new Map(
      (await listEdits(database.db, changeSetId)).map((edit) => [recordName(edit), edit.id]),
    )
    const settlements = answer.conflicts.map((conflict) => ({
      editId: edits.get(recordName(conflict)) ?? 0,
      field: conflict.field,
      theirs: conflict.theirs,
      choice: 'mine' as const,
    }))
    await settleConflicts(database.db, admin, { changeSetId, settlements })
  }
}

async function undo(publicationId: number): Promise<void> {
  const first = await undoPublication(database.db, admin, { publicationId })
  if (first.ok || first.reason !== 'conflicts') return
  const decisions = first.conflicts.map((conflict) => decision(conflict, 'undo'))
  await undoPublication(database.db, admin, { publicationId, decisions })
}

test('publishing, undoing and previews never wait in a ring with orders, countdowns and 86', async () => {
  for (let round = 1; round <= ROUNDS; round++) {
    const sets = [await fullSet(round, 1000 * round), await fullSet(round, 1000 * round + 500)]
    const [first = 0, second = 0] = sets
    await Promise.all([
      publish(
        first,
        kitchens.map(({ restaurant }) => restaurant.id),
      ),
      publish(second, null),
      publish(first, null),
      ...publications.slice(-2).map(undo),
      ...kitchens.flatMap((kitchen, n) => [
        previewGuestMenu(database.db, admin, kitchen, { changeSetId: first }),
        setCountdown(database.db, kitchen, { menuItemId: 2, portions: 50 }),
        order(database.db, kitchen, [
          [3, 1],
          [2, 1],
          [1, 1],
        ]),
        order(database.db, kitchen, [
          [1, 2],
          [2, 1],
        ]),
        eightySix(database.db, kitchen, { menuItemId: n + 1, until: null }),
        eightySix(database.db, kitchen, { menuItemId: 3, until: null }),
      ]),
    ])
  }
  expect(publications.length).toBeGreaterThan(ROUNDS)
  expect(await brokenLedger(database.db)).toEqual([])
  const [row] = await database.db.execute<{ n: number }>(sql`
    select deadlocks::int as n from pg_stat_database where datname = current_database()`)
  expect(row?.n).toBe(0)
})
