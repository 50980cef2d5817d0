import { sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { beforeAll, describe, expect, test } from 'vitest'
import { businessDate } from '@/domain/business-day'
import { nextDelivery } from '@/domain/purchase'
import { type AdminScope, adminOf } from '../testing/admin'
import { testDatabase } from '../testing/database'
import { addChain, addKitchen, type KitchenScope, onHand } from '../testing/kitchen'
import { receiveDelivery } from './deliveries'
import { takePaidPrice } from './paid-prices'
import { draftPurchaseOrder, saveDraft } from './purchase-drafts'
import { cancelPurchaseOrder, closePurchaseOrder, sendPurchaseOrder } from './purchase-orders'

const database = testDatabase('migrated', { max: 10, waitMs: 30_000 })
let admin: AdminScope

beforeAll(async () => {
  await addChain(database.db)
  await database.db.execute(sql`
    update suppliers set order_days = '{1,4}', lead_time_days = 2, minimum_order = 5000 where id = 1`)
  await database.db.execute(sql`update ingredients set pack_size = 5 where id = 1`)
  admin = await adminOf(database.db)
})

/** Rice is low, butter below par, beef full: minimum 1, par 10, packs of 5, 1 and 1 kg at 3.20, 9 and 26. */
const kitchen = () => addKitchen(database.db, { stock: { 1: '0.500', 2: '4.000', 3: '10.000' } })

async function draft(scope: KitchenScope, id: string = uuidv7()): Promise<string> {
  const drafted = await draftPurchaseOrder(database.db, scope, { id, supplierId: 1 })
  if (!drafted.ok) throw new Error(drafted.reason)
  return drafted.orderId
}

async function sent(scope: KitchenScope): Promise<string> {
  const orderId = await draft(scope)
  const answer = await sendPurchaseOrder(database.db, scope, { orderId, version: 1, acceptsLess: true })
  if (!answer.ok) throw new Error(answer.reason)
  return orderId
}

type Line = { id: number; packs: number; received: string; status: string; outstanding: string }
const linesOf = async (orderId: string): Promise<Line[]> => [
  ...(await database.db.execute<Line>(sql`
    select ingredient_id as id, packs, trim_scale(received) as received, status, trim_scale(outstanding) as outstanding
    from purchase_order_lines where order_id = ${orderId}::uuid order by 1`)),
]
const headOf = async (orderId: string) =>
  (
    await database.db.execute<{ number: number; status: string; closed: boolean }>(sql`
      select number, status, closed_at is not null as closed from purchase_orders where id = ${orderId}::uuid`)
  )[0]

type Came = { ingredientId: number; quantity: string; unitPrice: string }
const receive = (scope: KitchenScope, orderId: string, lines: Came[], more: object = {}) =>
  receiveDelivery(database.db, scope, {
    id: uuidv7(),
    orderId,
    reference: 'LS 7',
    note: '',
    lines,
    rest: 'wait',
    ...more,
  })
const rice = (quantity: string, unitPrice = '320'): Came => ({ ingredientId: 1, quantity, unitPrice })
const butter = (quantity: string, unitPrice = '900'): Came => ({ ingredientId: 2, quantity, unitPrice })

describe('a draft', () => {
  test('proposes what is missing to par in whole packs, and there is one for each supplier', async () => {
    const scope = await kitchen()
    const orderId = await draft(scope)
    expect((await linesOf(orderId)).map(({ id, packs, status }) => [id, packs, status])).toEqual([
      [1, 2, 'draft'],
      [2, 6, 'draft'],
    ])
    expect(await headOf(orderId)).toEqual({ number: 1, status: 'draft', closed: false })
    expect(await draftPurchaseOrder(database.db, scope, { id: uuidv7(), supplierId: 1 })).toEqual({
      ok: true,
      orderId,
      isNew: false,
    })
  })

  test('leaves out what is on order', async () => {
    const scope = await kitchen()
    await sent(scope)
    const orderId = await draft(scope)
    expect(await linesOf(orderId)).toEqual([])
    expect(await headOf(orderId)).toMatchObject({ number: 2 })
  })

  test('made by twenty people at once is one', async () => {
    const scope = await kitchen()
    const made = await Promise.all(Array.from({ length: 20 }, () => draft(scope)))
    expect(new Set(made).size).toBe(1)
  })

  test('keeps what the first of two people saved, and tells the second', async () => {
    const scope = await kitchen()
    const orderId = await draft(scope)
    const save = (packs: number) =>
      saveDraft(database.db, scope, { orderId, version: 1, note: '', lines: [{ ingredientId: 3, packs }] })
    const answers = await Promise.all([save(3), save(4)])
    expect(answers).toContainEqual({ ok: true, version: 2 })
    expect(answers).toContainEqual({ ok: false, reason: 'changed_meanwhile', version: 2 })
    const lines = [{ ingredientId: 999_999, packs: 1 }]
    expect(await saveDraft(database.db, scope, { orderId, version: 2, note: '', lines })).toEqual({
      ok: false,
      reason: 'unknown_ingredient',
    })
    const [head] = await database.db.execute(
      sql`select version from purchase_orders where id = ${orderId}::uuid`,
    )
    expect(head).toEqual({ version: 2 })
  })

  test('for nobody is none', async () => {
    const scope = await kitchen()
    expect(await draftPurchaseOrder(database.db, scope, { id: uuidv7(), supplierId: 77 })).toEqual({
      ok: false,
      reason: 'unknown_supplier',
    })
  })
})

describe('sending', () => {
  test('says when the order should come, by order days and lead time, and again the same', async () => {
    const scope = await kitchen()
    const orderId = await draft(scope)
    const send = () => sendPurchaseOrder(database.db, scope, { orderId, version: 1, acceptsLess: true })
    const { timeZone, dayCutoff } = scope.restaurant
    const today = businessDate(new Date(), timeZone, dayCutoff)
    const expectedOn = nextDelivery(today, { orderDays: [1, 4], leadTimeDays: 2 })
    expect(await send()).toEqual({ ok: true, expectedOn })
    expect(await send()).toEqual({ ok: true, expectedOn })
    expect((await linesOf(orderId)).map(({ outstanding }) => outstanding)).toEqual(['10', '6'])
  })

  test('less than the supplier delivers for is asked about first', async () => {
    const scope = await kitchen()
    const orderId = await draft(scope)
    const lines = [
      { ingredientId: 1, packs: 1 },
      { ingredientId: 2, packs: 0 },
    ]
    await saveDraft(database.db, scope, { orderId, version: 1, note: '', lines })
    const send = (acceptsLess: boolean) =>
      sendPurchaseOrder(database.db, scope, { orderId, version: 2, acceptsLess })
    expect(await send(false)).toEqual({ ok: false, reason: 'below_minimum', minimumOrder: 5000, cost: 1600 })
    expect(await send(true)).toMatchObject({ ok: true })
    expect((await linesOf(orderId)).map(({ status }) => status)).toEqual(['open', 'done'])
  })

  test('an empty or changed draft, or another restaurant’s, is refused', async () => {
    const scope = await kitchen()
    const orderId = await draft(scope)
    const send = (version: number, at = scope) =>
      sendPurchaseOrder(database.db, at, { orderId, version, acceptsLess: true })
    expect(await send(2)).toEqual({ ok: false, reason: 'changed_meanwhile', version: 1 })
    expect(await send(1, await kitchen())).toEqual({ ok: false, reason: 'not_found' })
    const lines = [1, 2].map((ingredientId) => ({ ingredientId, packs: 0 }))
    await saveDraft(database.db, scope, { orderId, version: 1, note: '', lines })
    expect(await send(2)).toEqual({ ok: false, reason: 'nothing_ordered' })
  })
})

describe('receiving', () => {
  test('in full ends the order', async () => {
    const scope = await kitchen()
    const orderId = await sent(scope)
    expect(await receive(scope, orderId, [rice('10'), butter('6')])).toEqual({
      ok: true,
      status: 'received',
      differences: [],
      replayed: false,
    })
    expect(await onHand(database.db, scope)).toEqual({ 1: '10.500', 2: '10.000', 3: '10.000' })
    expect(await headOf(orderId)).toMatchObject({ status: 'received', closed: true })
    expect(await receive(scope, orderId, [rice('1')])).toEqual({
      ok: false,
      reason: 'not_open',
      status: 'received',
    })
  })

  test('in part leaves the rest on order, until it comes or is given up', async () => {
    const scope = await kitchen()
    const orderId = await sent(scope)
    expect(await receive(scope, orderId, [rice('4.5')])).toMatchObject({ status: 'partly_received' })
    expect((await linesOf(orderId)).map(({ outstanding }) => outstanding)).toEqual(['5.5', '6'])
    expect(await cancelPurchaseOrder(database.db, scope, { orderId })).toEqual({
      ok: false,
      reason: 'too_late',
      status: 'partly_received',
    })
    expect(await receive(scope, orderId, [rice('6'), butter('6')])).toMatchObject({ status: 'received' })
    expect((await linesOf(orderId)).map(({ received, outstanding }) => [received, outstanding])).toEqual([
      ['10.5', '0'],
      ['6', '0'],
    ])
  })

  test('short closes the order, and of nothing at all cancels it', async () => {
    const scope = await kitchen()
    const first = await sent(scope)
    expect(await receive(scope, first, [rice('10')], { rest: 'close' })).toMatchObject({
      status: 'closed_short',
    })
    const second = await sent(scope)
    expect(await receive(scope, second, [butter('0')])).toEqual({ ok: false, reason: 'nothing_received' })
    expect(await receive(scope, second, [butter('0')], { rest: 'close' })).toMatchObject({
      status: 'cancelled',
    })
    const third = await sent(scope)
    await receive(scope, third, [butter('1')])
    expect(await closePurchaseOrder(database.db, scope, { orderId: third })).toEqual({ ok: true })
    expect(await closePurchaseOrder(database.db, scope, { orderId: third })).toEqual({ ok: true })
    expect((await linesOf(third)).map(({ outstanding }) => outstanding)).toEqual(['0'])
  })

  test('sent twenty times at once happens once', async () => {
    const scope = await kitchen()
    const orderId = await sent(scope)
    const id = uuidv7()
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => receive(scope, orderId, [rice('10', '330')], { id })),
    )
    expect(answers.every(({ ok }) => ok)).toBe(true)
    expect(answers.filter((answer) => answer.ok && !answer.replayed)).toHaveLength(1)
    expect(await onHand(database.db, scope)).toMatchObject({ 1: '10.500' })
    const other = await sent(await kitchen())
    expect(await receive(scope, other, [rice('1')])).toEqual({ ok: false, reason: 'not_found' })
  })

  test('what was not ordered, or came twice on one note, is refused and leaves no trace', async () => {
    const scope = await kitchen()
    const orderId = await sent(scope)
    const beef = { ingredientId: 3, quantity: '1', unitPrice: '2600' }
    expect(await receive(scope, orderId, [rice('1'), beef])).toEqual({ ok: false, reason: 'unknown_line' })
    expect(await receive(scope, orderId, [rice('1'), rice('2')])).toEqual({
      ok: false,
      reason: 'unknown_line',
    })
    expect(await onHand(database.db, scope)).toMatchObject({ 1: '0.500' })
    expect((await linesOf(orderId)).map(({ received }) => received)).toEqual(['0', '0'])
  })

  test('at another price says so, keeps both, and leaves the chain’s price to an admin', async () => {
    const scope = await kitchen()
    const orderId = await sent(scope)
    expect(await receive(scope, orderId, [rice('10', '345.5'), butter('6')])).toMatchObject({
      differences: [{ ingredientId: 1, name: 'Rice', ordered: '320', paid: '345.5' }],
    })
    const priceOf = async () =>
      (
        await database.db.execute(sql`select trim_scale(unit_price) as price from ingredients where id = 1`)
      )[0]
    expect(await priceOf()).toEqual({ price: '320' })
    const take = (from: string, to: string) =>
      takePaidPrice(database.db, admin, { ingredientId: 1, from, to })
    expect(await take('300', '345.5')).toEqual({ ok: false, reason: 'changed_meanwhile', unitPrice: '320' })
    expect(await take('320', '345.5')).toEqual({ ok: true })
    expect(await priceOf()).toEqual({ price: '345.5' })
    expect(await take('320', '345.5')).toEqual({ ok: true })
    await take('345.5', '320')
  })
})
