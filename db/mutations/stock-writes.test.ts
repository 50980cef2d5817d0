import { sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { beforeAll, describe, expect, test } from 'vitest'
import { type ChainScope, chainScope, type Person } from '@/domain/scope'
import { testDatabase } from '../testing/database'
import { addChain, addKitchen, brokenLedger, type KitchenScope, onHand } from '../testing/kitchen'
import { order, ticket } from '../testing/orders'
import { answerAlert } from './stock-alerts'
import { dropCount, postCount, saveCountLines, startCount } from './stock-counts'
import { saveStockRule } from './stock-rules'
import { followSuggestion } from './stock-suggestions'
import { transferStock } from './stock-transfers'
import { logWaste } from './waste'

const database = testDatabase('migrated', { max: 10, waitMs: 30_000 })

beforeAll(() => addChain(database.db))

const stock = { 1: '5.000', 2: '5.000', 3: '5.000' }
const kitchen = (more: Parameters<typeof addKitchen>[1] = {}) => addKitchen(database.db, { stock, ...more })

/** What is open, as `ingredient kind`. */
async function openAlerts(scope: KitchenScope): Promise<string[]> {
  const rows = await database.db.execute<{ text: string }>(sql`
    select ingredient_id || ' ' || kind as text from stock_alerts
    where restaurant_id = ${scope.restaurant.id} and cleared_at is null order by 1`)
  return rows.map(({ text }) => text)
}

const waste = (scope: KitchenScope, quantity: string, id: string = uuidv7()) =>
  logWaste(database.db, scope, { id, ingredientId: 1, quantity, reason: 'spoiled', note: '' })

async function count(scope: KitchenScope, counted: Record<number, string>, meanwhile = async () => {}) {
  const countId = uuidv7()
  expect(await startCount(database.db, scope, { id: countId, storageArea: null, isBlind: false })).toEqual({
    ok: true,
  })
  const lines = Object.entries(counted).map(([id, found]) => ({ ingredientId: Number(id), counted: found }))
  await saveCountLines(database.db, scope, { countId, lines })
  await meanwhile()
  return { countId, answer: await postCount(database.db, scope, { countId }) }
}

describe('waste', () => {
  test('is written off once, at the price of the day and with its reason', async () => {
    const scope = await kitchen()
    const id = uuidv7()
    for (let n = 0; n < 3; n++) expect(await waste(scope, '0.7', id)).toEqual({ ok: true })
    expect(await onHand(database.db, scope)).toMatchObject({ 1: '4.300' })
    const [entry] = await database.db.execute(sql`
      select w.reason, w.unit_price::text as price, m.kind, m.quantity, m.note from waste_entries w
      join stock_movements m on m.restaurant_id = w.restaurant_id and m.document_id = w.id where w.id = ${id}::uuid`)
    expect(entry).toEqual({
      reason: 'spoiled',
      price: '320.0000',
      kind: 'waste',
      quantity: '-0.700',
      note: 'spoiled',
    })
  })

  test('of more than there is is refused where stock may not fall below zero, and leaves no trace', async () => {
    const refuses = await kitchen({ stockPolicy: 'refuse' })
    expect(await waste(refuses, '5.001')).toEqual({
      ok: false,
      reason: 'out_of_stock',
      ingredients: [{ ingredientId: 1, name: 'Rice', unit: 'kg' }],
    })
    const [left] = await database.db.execute(sql`
      select count(*)::int as entries from waste_entries where restaurant_id = ${refuses.restaurant.id}`)
    expect(left).toEqual({ entries: 0 })
    expect(await waste(await kitchen(), '5.001')).toEqual({ ok: true })
    const input = { id: uuidv7(), ingredientId: 99, quantity: '1', reason: 'other', note: '' } as const
    expect(await logWaste(database.db, refuses, input)).toEqual({ ok: false, reason: 'unknown_ingredient' })
  })
})

describe('a transfer', () => {
  const send = (from: KitchenScope, to: KitchenScope, quantity: string, id: string = uuidv7()) =>
    transferStock(database.db, from, to, { id, note: '', lines: [{ ingredientId: 1, quantity }] })

  test('is two movements or none, once', async () => {
    const [from, to] = [await kitchen({ stockPolicy: 'refuse' }), await kitchen({ stock: {} })]
    const id = uuidv7()
    await Promise.all(Array.from({ length: 10 }, () => send(from, to, '2.5', id)))
    expect(await onHand(database.db, from)).toMatchObject({ 1: '2.500' })
    expect(await onHand(database.db, to)).toEqual({ 1: '2.500' })
    expect(await send(from, to, '2.501')).toMatchObject({ ok: false, reason: 'out_of_stock' })
    expect(await onHand(database.db, to)).toEqual({ 1: '2.500' })
    expect(await send(from, from, '1')).toEqual({ ok: false, reason: 'same_restaurant' })
    expect([...(await brokenLedger(database.db, from)), ...(await brokenLedger(database.db, to))]).toEqual([])
  })

  test('in both directions at once never waits crosswise', async () => {
    const [one, other] = [await kitchen(), await kitchen()]
    const lines = [3, 1, 2].map((ingredientId) => ({ ingredientId, quantity: '0.1' }))
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        transferStock(database.db, n % 2 ? one : other, n % 2 ? other : one, {
          id: uuidv7(),
          note: '',
          lines,
        }),
      ),
    )
    expect(answers).toEqual(answers.map(() => ({ ok: true })))
    expect(await onHand(database.db, one)).toEqual({ 1: '5.000', 2: '5.000', 3: '5.000' })
  })
})

describe('a count', () => {
  test('corrects what was on hand when each line was typed, whatever is sold meanwhile', async () => {
    const scope = await kitchen()
    const { countId, answer } = await count(scope, { 1: '4.2', 2: '5' }, async () => {
      await ticket(database.db, scope, [1, 2])
    })
    expect(answer).toEqual({ ok: true, lines: 2 })
    // 4.2 were there, two risotti took 0.6 of them since; nothing of the butter was missing.
    expect(await onHand(database.db, scope)).toEqual({ 1: '3.600', 2: '4.900', 3: '5.000' })
    expect(await postCount(database.db, scope, { countId })).toEqual({ ok: true, lines: 2 })
    expect(await onHand(database.db, scope)).toMatchObject({ 1: '3.600' })
    const [counted] = await database.db.execute(sql`
      select array_agg(ingredient_id order by ingredient_id) as ids from stock_levels
      where restaurant_id = ${scope.restaurant.id} and counted_at is not null`)
    expect(counted).toEqual({ ids: [1, 2] })
    expect(await brokenLedger(database.db, scope)).toHaveLength(0)
  })

  test('takes the last figure that was typed, and leaves out what was typed by mistake', async () => {
    const scope = await kitchen()
    const countId = uuidv7()
    await startCount(database.db, scope, { id: countId, storageArea: null, isBlind: false })
    const type = (ingredientId: number, counted: string | null) =>
      saveCountLines(database.db, scope, { countId, lines: [{ ingredientId, counted }] })
    const saved = (ingredientId: number, difference: string | null) => ({
      ok: true,
      lines: [{ ingredientId, expected: '5', difference }],
    })
    expect(await type(1, '40')).toEqual(saved(1, '35'))
    expect(await type(1, '4')).toEqual(saved(1, '-1'))
    await type(2, '1')
    expect(await type(2, null)).toEqual(saved(2, null))
    expect(await type(99, '1')).toEqual({ ok: true, lines: [] })
    expect(await postCount(database.db, scope, { countId })).toEqual({ ok: true, lines: 1 })
    expect(await onHand(database.db, scope)).toEqual({ 1: '4.000', 2: '5.000', 3: '5.000' })
    expect(await type(1, '3')).toEqual({ ok: false, reason: 'not_open' })
  })

  test('of a place that somebody counts leads there, and a dropped one posts nothing', async () => {
    const scope = await kitchen()
    const begin = (id: string, storageArea: 'dry' | 'bar' | null) =>
      startCount(database.db, scope, { id, storageArea, isBlind: true })
    const first = uuidv7()
    expect(await begin(first, 'dry')).toEqual({ ok: true })
    expect(await begin(first, 'dry')).toEqual({ ok: true })
    expect(await begin(uuidv7(), 'bar')).toEqual({ ok: true })
    expect(await begin(uuidv7(), 'dry')).toEqual({ ok: false, reason: 'already_counting', countId: first })
    expect(await begin(uuidv7(), null)).toMatchObject({ ok: false, reason: 'already_counting' })
    expect(await postCount(database.db, scope, { countId: first })).toEqual({
      ok: false,
      reason: 'nothing_counted',
    })
    expect(
      await saveCountLines(database.db, scope, {
        countId: first,
        lines: [{ ingredientId: 1, counted: '0' }],
      }),
      'whoever counts blind is not told what should be there',
    ).toEqual({ ok: true, lines: [{ ingredientId: 1, expected: null, difference: null }] })
    expect(await dropCount(database.db, scope, { countId: first })).toEqual({ ok: true })
    expect(await postCount(database.db, scope, { countId: first })).toEqual({ ok: false, reason: 'dropped' })
    expect(await onHand(database.db, scope)).toMatchObject({ 1: '5.000' })
    expect(await begin(uuidv7(), 'dry')).toEqual({ ok: true })
  })

  test('asks to count again what was sold since, where stock may not fall below zero', async () => {
    const scope = await kitchen({ stockPolicy: 'refuse' })
    const { answer } = await count(scope, { 1: '0.5' }, async () => {
      expect(await order(database.db, scope, [[1, 2]])).toMatchObject({ ok: true })
    })
    expect(answer).toEqual({
      ok: false,
      reason: 'count_again',
      ingredients: [{ ingredientId: 1, name: 'Rice', unit: 'kg' }],
    })
  })

  test('does not correct again what another one corrected after the line was typed', async () => {
    const scope = await kitchen()
    const [dry, bar] = [uuidv7(), uuidv7()]
    await startCount(database.db, scope, { id: dry, storageArea: 'dry', isBlind: true })
    await startCount(database.db, scope, { id: bar, storageArea: 'bar', isBlind: true })
    for (const countId of [dry, bar])
      await saveCountLines(database.db, scope, { countId, lines: [{ ingredientId: 1, counted: '4' }] })
    await postCount(database.db, scope, { countId: dry })
    await postCount(database.db, scope, { countId: bar })
    expect(await onHand(database.db, scope)).toMatchObject({ 1: '4.000' })
  })
})

describe('an alert', () => {
  const chain = (scope: KitchenScope): ChainScope<'stock:write'> =>
    chainScope(
      { userId: 1, role: 'admin', restaurants: [scope.restaurant] } as unknown as Person,
      'stock:write',
    ) ?? expect.fail()

  test('is raised as stock falls, once, and cleared as it recovers', async () => {
    const scope = await kitchen()
    await waste(scope, '3.999')
    expect(await openAlerts(scope)).toEqual([])
    await waste(scope, '0.001')
    expect(await openAlerts(scope)).toEqual(['1 low'])
    await waste(scope, '0.5')
    await waste(scope, '0.5')
    expect(await openAlerts(scope)).toEqual(['1 low', '1 out'])
    await count(scope, { 1: '1' })
    expect(await openAlerts(scope)).toEqual(['1 low'])
    await count(scope, { 1: '1.001' })
    expect(await openAlerts(scope)).toEqual([])
    await waste(scope, '0.001')
    const [raised] = await database.db.execute(sql`
      select count(*)::int as alerts from stock_alerts where restaurant_id = ${scope.restaurant.id}`)
    expect(raised).toEqual({ alerts: 3 })
  })

  test('that is acknowledged stays so until something worse comes, with who and why', async () => {
    const scope = await kitchen()
    await waste(scope, '4')
    const answer = { restaurantId: scope.restaurant.id, ingredientId: 1, reason: 'Van comes at six' }
    const say = (until: Date | null, ingredientId = 1) =>
      answerAlert(database.db, chain(scope), { ...answer, until, ingredientId })
    expect(await say(null)).toEqual({ ok: true })
    expect(await say(new Date(Date.now() - 1000))).toEqual({ ok: false, reason: 'already_over' })
    expect(await say(new Date(Date.now() + 3_600_000))).toEqual({ ok: true })
    expect(await say(null, 2)).toEqual({ ok: false, reason: 'no_alert' })
    expect(await answerAlert(database.db, chain(await kitchen()), { ...answer, until: null })).toEqual({
      ok: false,
      reason: 'no_alert',
    })
    await waste(scope, '1')
    expect([
      ...(await database.db.execute(sql`
        select kind, acknowledged_by as by, reason, snoozed_until > now() as snoozed from stock_alerts
        where restaurant_id = ${scope.restaurant.id} order by kind`)),
    ]).toEqual([
      { kind: 'low', by: 1, reason: 'Van comes at six', snoozed: true },
      { kind: 'out', by: null, reason: '', snoozed: null },
    ])
  })

  test('follows a minimum that somebody changes, which two people can’t do unseen', async () => {
    const scope = await kitchen()
    const save = (minimum: string, par: string, base = { minimum: '1', par: '10' }) =>
      saveStockRule(database.db, scope, { ingredientId: 1, minimum, par, base })
    expect(await save('6', '12')).toEqual({ ok: true })
    expect(await openAlerts(scope)).toEqual(['1 low'])
    expect(await save('6', '12')).toEqual({ ok: true })
    expect(await save('2', '12')).toEqual({
      ok: false,
      reason: 'changed_meanwhile',
      theirs: { minimum: '6', par: '12' },
    })
    expect(await save('2', '12', { minimum: '6', par: '12' })).toEqual({ ok: true })
    expect(await openAlerts(scope)).toEqual([])
  })
})

describe('a suggestion', () => {
  const follow = (scope: KitchenScope, menuItemId: number, suggests: 'eighty_six' | 'put_back') =>
    followSuggestion(database.db, scope, { menuItemId, suggests })

  test('86es what can’t be prepared and puts back what can, if that still is so', async () => {
    const scope = await kitchen()
    expect(await follow(scope, 1, 'eighty_six')).toEqual({ ok: false, reason: 'can_be_prepared' })
    await waste(scope, '4.8')
    expect(await follow(scope, 1, 'eighty_six')).toEqual({ ok: true })
    expect(await order(database.db, scope, [[1, 1]])).toMatchObject({ ok: false, reason: 'dishes_refused' })
    expect(await follow(scope, 1, 'put_back')).toEqual({ ok: false, reason: 'cannot_be_prepared' })
    await count(scope, { 1: '0.3' })
    expect(await follow(scope, 1, 'put_back')).toEqual({ ok: true })
    expect(await order(database.db, scope, [[1, 1]])).toMatchObject({ ok: true })
    expect(await follow(scope, 99, 'put_back')).toEqual({ ok: false, reason: 'unknown_dish' })
  })
})
