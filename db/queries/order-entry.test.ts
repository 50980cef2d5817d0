import { sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { eightySix, setCountdown } from '../mutations/menu'
import { testDatabase } from '../testing/database'
import { addChain, addKitchen, type KitchenScope } from '../testing/kitchen'
import { listDishesToOrder } from './order-entry'

const database = testDatabase()
let here: KitchenScope
let there: KitchenScope

beforeAll(async () => {
  await addChain(database.db)
  here = await addKitchen(database.db)
  there = await addKitchen(database.db)
})

test('lists what a restaurant sells at its own prices, with what is off and what is counted down', async () => {
  const { db } = database
  await eightySix(db, here, { menuItemId: 1, until: null })
  await setCountdown(db, here, { menuItemId: 2, portions: 3 })
  await db.execute(sql`
    insert into menu_overrides (restaurant_id, menu_item_id, price) values (${here.restaurant.id}, 3, 350)`)
  expect(await listDishesToOrder(db, here)).toEqual([
    { id: 1, name: 'Risotto', category: 'Mains', price: 1450, off: true, portionsLeft: null },
    { id: 2, name: 'Tagliata', category: 'Mains', price: 2300, off: false, portionsLeft: 3 },
    { id: 3, name: 'Water', category: 'Mains', price: 350, off: false, portionsLeft: null },
  ])
  const elsewhere = await listDishesToOrder(db, there)
  expect(elsewhere.map(({ price, off, portionsLeft }) => [price, off, portionsLeft])).toEqual([
    [1450, false, null],
    [2300, false, null],
    [300, false, null],
  ])
})
