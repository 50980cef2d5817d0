import { v7 as uuidv7 } from 'uuid'
import { beforeAll, describe, expect, test } from 'vitest'
import { logWaste } from '@/db/mutations/waste'
import { countQueries } from '@/db/request-context'
import { testDatabase } from '@/db/testing/database'
import { addChain, addKitchen, type KitchenScope } from '@/db/testing/kitchen'
import { chainScope, type Person } from '@/domain/scope'
import { loadAlerts } from './alerts-data'
import { alertGroups, dishWords } from './groups'
import { ALL_ALERTS } from './search-params'

const database = testDatabase()
const format = { currency: 'EUR', locale: 'en-GB' }
let north: KitchenScope
let south: KitchenScope

beforeAll(async () => {
  await addChain(database.db)
  north = await addKitchen(database.db, { stock: { 1: '5.000', 2: '5.000', 3: '5.000' } })
  south = await addKitchen(database.db, { stock: { 1: '5.000' } })
})

const load = (view = ALL_ALERTS) => {
  const restaurants = [north.restaurant, south.restaurant]
  const person = { userId: 1, role: 'manager', restaurants } as unknown as Person
  const scope = chainScope(person, 'stock:read') ?? expect.fail()
  return countQueries(() => loadAlerts(database.db, scope, restaurants, view, new Date()))
}

const waste = (scope: KitchenScope, ingredientId: number, quantity: string) =>
  logWaste(database.db, scope, { id: uuidv7(), ingredientId, quantity, reason: 'expired', note: '' })

describe('the alerts page', () => {
  test('asks one query where nothing is low, and two however much is', async () => {
    expect((await load()).queries).toBe(1)
    await waste(north, 1, '4.500')
    await waste(north, 2, '5')
    await waste(south, 1, '4.900')
    const { result, queries } = await load()
    expect(queries).toBe(2)
    const [verde, ...others] = alertGroups(result, ALL_ALERTS, format)
    expect(others).toEqual([])
    expect(verde).toMatchObject({
      name: 'Verde',
      out: 1,
      items: '3 items',
      restaurants: [
        { id: north.restaurant.id, slug: 'kitchen-1', name: 'Kitchen 1' },
        { id: south.restaurant.id, slug: 'kitchen-2', name: 'Kitchen 2' },
      ],
    })
    expect(
      verde?.lines.map((line) => [
        ...[line.restaurantId, line.ingredient, line.kind, line.buy, line.cost],
        ...[line.stopped, line.stops],
      ]),
    ).toEqual([
      [north.restaurant.id, 'Butter', 'out', '10 × 1 kg', '€90.00', 'Risotto, Tagliata', undefined],
      [south.restaurant.id, 'Rice', 'low', '10 × 1 kg', '€32.00', 'Risotto', undefined],
      [north.restaurant.id, 'Rice', 'low', '10 × 1 kg', '€32.00', undefined, 'Risotto'],
    ])
  })
})

test('of many dishes two are named', () => {
  const named = (names: string[]) => dishWords(names.map((name) => ({ name })))
  expect(named(['Risotto', 'Tagliata', 'Soup', 'Cake'])).toBe('Risotto, Tagliata +2')
  expect(named(['Risotto', 'Tagliata'])).toBe('Risotto, Tagliata')
})
