import { beforeAll, describe, expect, test } from 'vitest'
import { countQueries } from '@/db/request-context'
import { testDatabase } from '@/db/testing/database'
import { addChain, addKitchen, type KitchenScope } from '@/db/testing/kitchen'
import { ticket } from '@/db/testing/orders'
import { businessDate } from '@/domain/business-day'
import { chainScope, type Person, restaurantScope } from '@/domain/scope'
import { loadReport } from './report-data'
import { readReportView } from './search-params'

const database = testDatabase()
const now = new Date()
let kitchens: KitchenScope[]
let person: Person

beforeAll(async () => {
  await addChain(database.db)
  kitchens = [await addKitchen(database.db), await addKitchen(database.db)]
  for (const kitchen of kitchens) await ticket(database.db, kitchen, [1, 2], [3, 1])
  const restaurants = kitchens.map(({ restaurant }) => restaurant)
  person = { userId: 1, role: 'manager', restaurants } as unknown as Person
})

describe('a report', () => {
  const today = businessDate(now, 'Europe/Rome', '04:00')
  const view = readReportView({ from: today, to: today }, today)

  test('of a restaurant asks at most twelve queries, and shows what was sold there', async () => {
    const [first] = person.restaurants
    const scope = restaurantScope(person, first?.slug ?? '', 'reports:read') ?? expect.fail()
    const { result, queries } = await countQueries(() =>
      loadReport(database.db, scope, view, today, person.restaurants),
    )
    expect(queries).toBeLessThanOrEqual(12)
    expect(result.present).toMatchObject({ orders: 1, revenue: 2 * 1450 + 300 })
    expect(result.dishes.map(({ name, units }) => [name, units])).toEqual([
      ['Risotto', 2],
      ['Water', 1],
    ])
    expect(result.restaurants).toEqual([])
  })

  test('of several asks as many however many they are, and names each', async () => {
    const scope = chainScope(person, 'reports:read') ?? expect.fail()
    const { result, queries } = await countQueries(() =>
      loadReport(database.db, scope, view, today, person.restaurants),
    )
    expect(queries).toBeLessThanOrEqual(12)
    expect(result.present).toMatchObject({ orders: 2, revenue: 2 * (2 * 1450 + 300) })
    expect(result.restaurants.map(({ name, orders }) => [name, orders])).toEqual([
      ['Kitchen 1', 1],
      ['Kitchen 2', 1],
    ])
  })
})
