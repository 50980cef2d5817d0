import { sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { beforeAll, describe, expect, test } from 'vitest'
import { addDays, businessDate } from '@/domain/business-day'
import { chainScope, type Person, systemScope } from '@/domain/scope'
import { rollUpSales } from '../jobs/rollup'
import { rollUpStock } from '../jobs/stock-use'
import { receiveDelivery } from '../mutations/deliveries'
import { eightySix } from '../mutations/menu'
import { draftPurchaseOrder } from '../mutations/purchase-drafts'
import { sendPurchaseOrder } from '../mutations/purchase-orders'
import { postCount, saveCountLines, startCount } from '../mutations/stock-counts'
import { transferStock } from '../mutations/stock-transfers'
import { logWaste } from '../mutations/waste'
import { countQueries } from '../request-context'
import { testDatabase } from '../testing/database'
import { addChain, addKitchen, type KitchenScope } from '../testing/kitchen'
import { ticket } from '../testing/orders'
import { getChainCountCoverage } from './count-coverage'
import { listSuggestions } from './eighty-six-suggestions'
import { listIngredientUse, listPaidPrices } from './ingredient-use'
import { listPortions } from './portions'
import { getPurchaseOrder } from './purchase-orders'
import { getCountSheet, listStockCounts } from './stock-counts'
import { listStockMovements } from './stock-movements'
import { listTransfers } from './stock-transfers'
import { getStockVariance } from './stock-variance'
import { listStoppedDishes } from './stopped-dishes'
import { listWaste } from './waste'

const database = testDatabase('migrated', { max: 4 })

beforeAll(() => addChain(database.db))

const stock = { 1: '5.000', 2: '5.000', 3: '5.000' }
const kitchen = (more: Parameters<typeof addKitchen>[1] = {}) => addKitchen(database.db, { stock, ...more })
const waste = (scope: KitchenScope, ingredientId: number, quantity: string) =>
  logWaste(database.db, scope, { id: uuidv7(), ingredientId, quantity, reason: 'expired', note: 'Friday' })
const todayAt = ({ restaurant }: KitchenScope) =>
  businessDate(new Date(), restaurant.timeZone, restaurant.dayCutoff)

function everywhere(kitchens: KitchenScope[]) {
  const restaurants = kitchens.map(({ restaurant }) => restaurant)
  return (
    chainScope({ userId: 1, role: 'manager', restaurants } as unknown as Person, 'reports:read') ??
    expect.fail()
  )
}

async function receive(scope: KitchenScope, quantity: string, unitPrice: string): Promise<string> {
  const drafted = await draftPurchaseOrder(database.db, scope, { id: uuidv7(), supplierId: 1 })
  if (!drafted.ok) throw new Error(drafted.reason)
  const { orderId } = drafted
  await sendPurchaseOrder(database.db, scope, { orderId, version: 1, acceptsLess: true })
  const received = await receiveDelivery(database.db, scope, {
    id: uuidv7(),
    orderId,
    reference: 'LS 9',
    note: '',
    lines: [{ ingredientId: 1, quantity, unitPrice }],
    rest: 'wait',
  })
  if (!received.ok) throw new Error(received.reason)
  return orderId
}

async function count(
  scope: KitchenScope,
  counted: Record<number, string>,
  { isBlind = false, post = true } = {},
) {
  const countId = uuidv7()
  await startCount(database.db, scope, { id: countId, storageArea: null, isBlind })
  const lines = Object.entries(counted).map(([id, found]) => ({ ingredientId: Number(id), counted: found }))
  await saveCountLines(database.db, scope, { countId, lines })
  if (post) await postCount(database.db, scope, { countId })
  return countId
}

describe('a purchase order', () => {
  test('shows its lines, what came for them and what each cost', async () => {
    const scope = await kitchen()
    const orderId = await receive(scope, '4', '345.5')
    const order = (await getPurchaseOrder(database.db, scope, { orderId })) ?? expect.fail()
    expect(order).toMatchObject({
      number: 1,
      status: 'partly_received',
      supplier: { name: 'Verde' },
      createdBy: 'Cook',
      sentBy: 'Cook',
      closedAt: null,
      cost: 5 * 320 + 5 * 900 + 5 * 2600,
    })
    expect(
      order.lines.map(({ ingredient, packs, cost, received, outstanding, onHand, onOrder }) => [
        ingredient,
        packs,
        cost,
        received,
        outstanding,
        onHand,
        onOrder,
      ]),
    ).toEqual([
      ['Beef', 5, 13000, '0', '5', '5', '5'],
      ['Butter', 5, 4500, '0', '5', '5', '5'],
      ['Rice', 5, 1600, '4', '1', '9', '1'],
    ])
    expect(order.deliveries).toMatchObject([
      {
        reference: 'LS 9',
        by: 'Cook',
        lines: [{ ingredient: 'Rice', quantity: '4', unitPrice: '345.5', orderedPrice: '320' }],
      },
    ])
    expect(await getPurchaseOrder(database.db, await kitchen(), { orderId })).toBeNull()
    expect(await getPurchaseOrder(database.db, scope, { orderId: 'no id' })).toBeNull()
    expect(await listPaidPrices(database.db, scope, { ingredientId: 1, limit: 5 })).toMatchObject([
      { orderId, quantity: '4', unitPrice: '345.5', orderedPrice: '320', supplier: 'Verde' },
    ])
    const [newest] = await listStockMovements(database.db, scope, { ingredientId: 1, limit: 1 })
    expect(newest).toMatchObject({ kind: 'received', by: 'Cook', documentId: order.deliveries[0]?.id })
  })
})

describe('a count', () => {
  test('hides what should be there while it is blind and open, and shows what it is worth after', async () => {
    const scope = await kitchen()
    const countId = await count(scope, { 1: '4.5', 2: '5.25' }, { isBlind: true, post: false })
    const open = (await getCountSheet(database.db, scope, { countId })) ?? expect.fail()
    expect(
      open.lines.map(({ ingredient, counted, expected, difference, value }) => [
        ingredient,
        counted,
        expected,
        difference,
        value,
      ]),
    ).toEqual([
      ['Beef', null, null, null, null],
      ['Butter', '5.25', null, null, null],
      ['Rice', '4.5', null, null, null],
    ])
    expect(open.totals).toEqual({ lines: 3, counted: 2, differing: null, missing: null, over: null })
    await postCount(database.db, scope, { countId })
    const posted = (await getCountSheet(database.db, scope, { countId })) ?? expect.fail()
    expect(posted.lines.map(({ ingredient, difference, value }) => [ingredient, difference, value])).toEqual([
      ['Butter', '0.25', 225],
      ['Rice', '-0.5', -160],
    ])
    expect(posted.totals).toEqual({ lines: 2, counted: 2, differing: 2, missing: 160, over: 225 })
    expect(await listStockCounts(database.db, scope, { before: null, limit: 5 })).toMatchObject([
      { id: countId, status: 'posted', counted: 2, value: 65, startedBy: 'Cook', closedBy: 'Cook' },
    ])
    expect(await listStockCounts(database.db, scope, { before: countId, limit: 5 })).toEqual([])
    expect(await getCountSheet(database.db, await kitchen(), { countId })).toBeNull()
  })

  test('shows before it is posted what posting will correct', async () => {
    const scope = await kitchen()
    const countId = await count(scope, { 1: '4' }, { post: false })
    await waste(scope, 1, '1')
    const sheet = await getCountSheet(database.db, scope, { countId })
    expect(sheet?.lines.find(({ ingredient }) => ingredient === 'Rice')).toMatchObject({
      counted: '4',
      expected: '5',
      difference: '-1',
      value: -320,
    })
  })
})

describe('the counts of several restaurants', () => {
  test('are told by the last one that each posted, whatever began or was dropped since', async () => {
    const [never, old, fresh] = [await kitchen(), await kitchen(), await kitchen()]
    await count(old, { 1: '5' })
    await database.db.execute(sql`
      update stock_counts set closed_at = '2026-02-01T22:00:00Z', business_date = '2026-02-01'
      where restaurant_id = ${old.restaurant.id}`)
    await startCount(database.db, old, { id: uuidv7(), storageArea: null, isBlind: false })
    await count(fresh, { 1: '5' })
    const coverage = (since: string, ...kitchens: KitchenScope[]) =>
      getChainCountCoverage(database.db, everywhere(kitchens), { since })
    const oldest = { postedAt: Date.parse('2026-02-01T22:00:00Z'), restaurantId: old.restaurant.id }
    expect(await coverage('2026-02-02', never, fresh, old)).toEqual({
      restaurants: 3,
      neverCounted: 1,
      countedSince: 1,
      oldest,
    })
    expect(await coverage('2026-02-01', fresh, old)).toMatchObject({
      countedSince: 2,
      neverCounted: 0,
      oldest,
    })
    expect(await coverage('2026-02-01', never)).toEqual({
      restaurants: 1,
      neverCounted: 1,
      countedSince: 0,
      oldest: null,
    })
  })
})

describe('waste and transfers', () => {
  test('are listed newest first, with what they were worth, on both sides', async () => {
    const [from, to] = [await kitchen(), await kitchen()]
    await waste(from, 1, '0.5')
    await waste(from, 2, '0.25')
    const entries = await listWaste(database.db, from, { before: null, limit: 5 })
    expect(
      entries.map(({ ingredient, quantity, value, reason, by }) => [ingredient, quantity, value, reason, by]),
    ).toEqual([
      ['Butter', '0.25', 225, 'expired', 'Cook'],
      ['Rice', '0.5', 160, 'expired', 'Cook'],
    ])
    expect(await listWaste(database.db, from, { before: entries[0]?.id ?? null, limit: 5 })).toEqual([
      entries[1],
    ])
    for (const quantity of ['1', '2'])
      await transferStock(database.db, from, to, {
        id: uuidv7(),
        note: '',
        lines: [{ ingredientId: 3, quantity }],
      })
    const sent = await listTransfers(database.db, from, { before: null, limit: 5 })
    expect(sent.map(({ left, other, value }) => [left, other, value])).toEqual([
      [true, to.restaurant.name, 5200],
      [true, to.restaurant.name, 2600],
    ])
    expect(await listTransfers(database.db, to, { before: null, limit: 1 })).toMatchObject([
      { left: false, other: from.restaurant.name, lines: [{ ingredient: 'Beef', quantity: '2' }] },
    ])
  })
})

describe('the menu', () => {
  test('says of every dish with a card how many portions stock makes, in one query', async () => {
    const scope = await kitchen()
    await waste(scope, 1, '4.05')
    const found = await countQueries(() => listPortions(database.db, scope))
    expect(found.queries).toBe(1)
    expect(await listPortions(database.db, scope)).toMatchObject([
      {
        name: 'Risotto',
        portions: 3,
        canBePrepared: true,
        isOff: false,
        shortest: { ingredientId: 1, name: 'Rice' },
      },
      { name: 'Tagliata', portions: 20, canBePrepared: true, shortest: { name: 'Beef' } },
    ])
    const nothing = await kitchen({ stock: {} })
    expect(
      (await listPortions(database.db, nothing)).map((dish) => [dish.portions, dish.canBePrepared]),
    ).toEqual([
      [0, false],
      [0, false],
    ])
  })

  test('suggests to 86 what can’t be prepared, and to put it back after a delivery', async () => {
    const scope = await kitchen()
    const suggest = () => listSuggestions(database.db, scope)
    expect(await suggest()).toEqual({ eightySix: [], putBack: [] })
    await waste(scope, 2, '4.97')
    expect(await suggest()).toEqual({
      eightySix: [{ menuItemId: 1, name: 'Risotto', missing: ['Butter'] }],
      putBack: [],
    })
    await eightySix(database.db, scope, { menuItemId: 1, until: null })
    // Off for a reason that stock knows nothing of.
    await eightySix(database.db, scope, { menuItemId: 2, until: null })
    expect(await suggest()).toEqual({ eightySix: [], putBack: [] })
    const other = await kitchen()
    await transferStock(database.db, other, scope, {
      id: uuidv7(),
      note: '',
      lines: [{ ingredientId: 2, quantity: '0.02' }],
    })
    expect(await suggest()).toEqual({
      eightySix: [],
      putBack: [
        { menuItemId: 1, name: 'Risotto', came: ['Butter'] },
        { menuItemId: 2, name: 'Tagliata', came: ['Butter'] },
      ],
    })
  })

  test('says which dishes a shortage stops, only in restaurants that one may see', async () => {
    const scope = await kitchen()
    await waste(scope, 2, '4.9')
    const ids = { restaurantId: scope.restaurant.id, ingredientId: 2 }
    const foreign = { restaurantId: (await kitchen()).restaurant.id, ingredientId: 2 }
    expect(await listStoppedDishes(database.db, scope, { pairs: [ids, foreign] })).toEqual([
      { ...ids, menuItemId: 1, name: 'Risotto', portions: 2, isOff: false },
      { ...ids, menuItemId: 2, name: 'Tagliata', portions: 4, isOff: false },
    ])
  })
})

/** Moves all that happened in a kitchen so far some days into the past. */
async function age(scope: KitchenScope, days: number): Promise<void> {
  const here = sql`restaurant_id = ${scope.restaurant.id}`
  await database.db.execute(sql`
    update stock_movements set business_date = business_date - ${days}::int,
      created_at = created_at - ${days}::int * interval '1 day', id = overlay(id::text placing
        (lpad(to_hex((floor(extract(epoch from created_at - ${days}::int * interval '1 day') * 1000)::bigint >> 16)), 8, '0')
          || '-' || right(left(id::text, 13), 4)) from 1 for 13)::uuid
    where ${here} and business_date > '2026-01-01'`)
  await database.db.execute(sql`update orders set business_date = business_date - ${days}::int where ${here}`)
}

describe('actual against theoretical use', () => {
  test('is opening + received − closing against sales × recipe, the same before and after the rollup', async () => {
    const scope = await kitchen({ stock: { 1: '20.000', 2: '5.000' } })
    await database.db.execute(
      sql`update stock_levels set par = 30 where restaurant_id = ${scope.restaurant.id}`,
    )
    await ticket(database.db, scope, [1, 4])
    await waste(scope, 1, '0.4')
    await age(scope, 3)
    await receive(scope, '4', '320')
    await ticket(database.db, scope, [1, 2])
    await count(scope, { 1: '21' })
    await age(scope, 2)
    await ticket(database.db, scope, [1, 1])
    const today = todayAt(scope)
    const rollUp = { from: addDays(today, -10), to: today }
    await rollUpSales(database.db, systemScope(), rollUp)
    const read = (from: number, to: number) =>
      getStockVariance(database.db, scope, {
        from: addDays(today, from),
        to: addDays(today, to),
        today,
        limit: 10,
      })
    const expected = {
      ingredient: 'Rice',
      opening: '20',
      received: '4',
      transferred: '0',
      closing: '21',
      // 1.2 and 0.6 were sold, 0.4 wasted, and 0.8 more was missing when somebody counted.
      actual: '3',
      theoretical: '1.8',
      variance: '1.2',
      wasted: '0.4',
      varianceValue: 384,
      variancePercent: '66.7',
    }
    const fresh = await read(-6, -1)
    expect(fresh.rows[0]).toMatchObject(expected)
    expect(fresh.rows[1]).toMatchObject({
      ingredient: 'Butter',
      variance: '0',
      theoretical: '0.3',
      closing: '4.7',
    })
    expect(fresh.totals).toEqual({
      items: 2,
      actualValue: 1230,
      theoreticalValue: 846,
      varianceValue: 384,
      wastedValue: 128,
    })
    expect(fresh.trust).toMatchObject({ sales: 6 * 1450, salesWithCards: 6 * 1450, neverCounted: 1 })
    const rolled = await rollUpStock(database.db, systemScope())
    expect(rolled.rows).toBeGreaterThan(4)
    expect(await rollUpStock(database.db, systemScope())).toEqual({ restaurants: 0, rows: 0 })
    expect(await read(-6, -1)).toEqual(fresh)
    expect((await read(-2, -2)).rows[0]).toMatchObject({ ingredient: 'Rice', opening: '18.4', closing: '21' })
    expect((await read(0, 0)).rows[1]).toMatchObject({ opening: '21', closing: '20.7', theoretical: '0.3' })
  })

  test('is told day by day for a chart', async () => {
    const scope = await kitchen()
    await ticket(database.db, scope, [1, 2])
    await age(scope, 1)
    await waste(scope, 1, '0.3')
    const today = todayAt(scope)
    const read = () =>
      listIngredientUse(database.db, scope, { ingredientId: 1, from: addDays(today, -2), today })
    const expected = [
      { businessDate: addDays(today, -2), consumed: '0', wasted: '0', onHand: '5' },
      { businessDate: addDays(today, -1), consumed: '0.6', wasted: '0', onHand: '4.4' },
      { businessDate: today, consumed: '0', wasted: '0.3', onHand: '4.1' },
    ]
    expect(await read()).toMatchObject(expected)
    await rollUpStock(database.db, systemScope())
    expect(await read()).toMatchObject(expected)
  })
})
