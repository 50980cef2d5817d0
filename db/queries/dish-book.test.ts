import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { eightySix } from '../mutations/menu'
import { testDatabase } from '../testing/database'
import { addChain, addKitchen, DISHES } from '../testing/kitchen'
import { getDishBook } from './dish-book'

const database = testDatabase('migrated')

test('the dish book has what a kitchen sells, off or not, and what a portion takes from its batches', async () => {
  await addChain(database.db)
  const scope = await addKitchen(database.db)
  await database.db.execute(sql`
    insert into recipe_components (recipe_id, name, quantity, unit) values (1, 'Vegetable stock', 0.4, 'l')`)
  await eightySix(database.db, scope, { menuItemId: DISHES.risotto.id, until: null })
  expect(await getDishBook(database.db, scope)).toEqual({
    dishes: [
      { id: 1, name: 'Risotto', station: 'pasta' },
      { id: 2, name: 'Tagliata', station: 'grill' },
      { id: 3, name: 'Water', station: 'bar' },
    ],
    components: [{ menuItemId: 1, name: 'Vegetable stock', quantity: '0.400', unit: 'l' }],
  })
})
