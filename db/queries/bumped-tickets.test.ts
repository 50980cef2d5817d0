import { sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../testing/database'
import { addChain, addKitchen } from '../testing/kitchen'
import { press, ticket } from '../testing/orders'
import { listBumped } from './bumped-tickets'

const database = testDatabase()

beforeAll(() => addChain(database.db))

test('the tickets bumped last come first, and a recalled one is not among them', async () => {
  const [scope, elsewhere] = [await addKitchen(database.db), await addKitchen(database.db)]
  const bumpTo = async (orderId: string, ...from: string[]) => {
    for (const status of from) await press(database.db, scope, { do: 'bump', orderId, from: status })
  }
  const ids = []
  for (let n = 0; n < 4; n++) ids.push(await ticket(database.db, scope, [1, 1], [2, 1]))
  await ticket(database.db, elsewhere, [1, 1])
  const [first = '', second = '', third = ''] = ids
  await bumpTo(second, 'confirmed', 'preparing')
  await bumpTo(first, 'confirmed', 'preparing')
  await bumpTo(third, 'confirmed', 'preparing')
  await bumpTo(second, 'ready')
  await press(database.db, scope, { do: 'recall', orderId: third })
  const bumped = await listBumped(database.db, scope)
  expect(bumped.map(({ id, status }) => [id, status])).toEqual([
    [second, 'delivered'],
    [first, 'ready'],
  ])
  expect(bumped[0]?.items.map(({ line, station, status }) => ({ line, station, status }))).toEqual([
    { line: 1, station: 'pasta', status: 'done' },
    { line: 2, station: 'grill', status: 'done' },
  ])
})

test('a list holds fifty at most, and none of days before yesterday', async () => {
  const scope = await addKitchen(database.db)
  for (let n = 0; n < 52; n++) {
    const orderId = await ticket(database.db, scope, [3, 1])
    await press(database.db, scope, { do: 'bump_station', orderId, station: 'bar' })
  }
  const bumped = await listBumped(database.db, scope)
  expect(bumped.map(({ callNumber }) => callNumber)).toEqual(Array.from({ length: 50 }, (_, n) => 52 - n))
  const older = (days: number) =>
    database.db.execute(sql`
      update orders set business_date = business_date - ${days}::int
      where restaurant_id = ${scope.restaurant.id} and call_number > 40`)
  await older(1)
  expect(await listBumped(database.db, scope)).toHaveLength(50)
  await older(1)
  expect((await listBumped(database.db, scope)).map(({ callNumber }) => callNumber)[0]).toBe(40)
})
