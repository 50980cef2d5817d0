import { sql } from 'drizzle-orm'
import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { closeKitchenDays, storeKitchenMetrics } from '@/db/jobs/kitchen-metrics'
import { countQueries, requestContext } from '@/db/request-context'
import { testDatabase } from '@/db/testing/database'
import { addChain, addKitchen, type KitchenScope } from '@/db/testing/kitchen'
import { addPastOrder } from '@/db/testing/past-orders'
import { chainScope, type Person, systemScope } from '@/domain/scope'
import { usualSales } from './usual-sales'

const database = testDatabase()
const WEEK_AGO = '2026-03-13'
const TODAY = '2026-03-20'

let kitchen: KitchenScope

beforeAll(async () => {
  await addChain(database.db)
  kitchen = await addKitchen(database.db, { timeZone: 'UTC', dayCutoff: '04:00' })
})
beforeEach(() => void vi.stubEnv('MISE', 'on'))

/** Of the hours from 04:00 on, what was sold in the first ones and with the one after them. */
const usualAfter = async (hoursOver: number) => {
  const person = { userId: 1, role: 'manager', restaurants: [kitchen.restaurant] } as unknown as Person
  const restaurantId = kitchen.restaurant.id
  const [usual] = await usualSales(database.db, chainScope(person) ?? expect.fail(), [
    { restaurantId, businessDate: TODAY, hoursOver, hourShare: 0.5 },
  ])
  return usual
}

/** What a process that was told of a job has at hand from then on. */
const told = (job: () => Promise<unknown>): Promise<void> =>
  requestContext().run({ queries: 0, overloaded: false }, async () => {
    await job()
    await usualAfter(8)
  })

const sell = (time: string, unitPrice: number): Promise<string> =>
  addPastOrder(database.db, kitchen, {
    ...{ date: WEEK_AGO, createdAt: new Date(`${WEEK_AGO}T${time}Z`), end: 'delivered', prepSeconds: 60 },
    lines: [{ dish: 1, quantity: 1, unitPrice }],
  })

test('what is usual is at hand until a day is closed or computed again, or the next hour begins', async () => {
  const morning = await sell('11:30:00', 500)
  await sell('12:30:00', 700)
  expect(await usualAfter(8)).toBeUndefined()

  await told(() => closeKitchenDays(database.db, systemScope(), { now: new Date(`${TODAY}T12:00:00Z`) }))
  const closed = { days: 1, ordersOver: 1, revenueOver: 500, ordersBegun: 2, revenueBegun: 1200 }
  expect(await usualAfter(8)).toMatchObject(closed)
  expect((await countQueries(() => usualAfter(8))).queries).toBe(0)
  expect(await usualAfter(9)).toMatchObject({ ordersOver: 2, revenueOver: 1200 })

  await database.db.execute(sql`
    update orders set status = 'cancelled', delivered_at = null, cancelled_at = delivered_at where id = ${morning}`)
  expect(await usualAfter(8)).toMatchObject(closed)
  await told(() => storeKitchenMetrics(database.db, systemScope(), { from: WEEK_AGO, to: WEEK_AGO }))
  expect(await usualAfter(8)).toMatchObject({ days: 1, ordersOver: 0, ordersBegun: 1, revenueBegun: 700 })
})
