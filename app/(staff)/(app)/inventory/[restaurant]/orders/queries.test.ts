import { v7 as uuidv7 } from 'uuid'
import { beforeAll, describe, expect, test } from 'vitest'
import { receiveDelivery } from '@/db/mutations/deliveries'
import { draftPurchaseOrder, saveDraft } from '@/db/mutations/purchase-drafts'
import { sendPurchaseOrder } from '@/db/mutations/purchase-orders'
import { findOrderableIngredients } from '@/db/queries/orderable-ingredients'
import { countQueries } from '@/db/request-context'
import { testDatabase } from '@/db/testing/database'
import { addChain, addKitchen, type KitchenScope } from '@/db/testing/kitchen'
import { loadPurchase } from './[id]/purchase-data'
import { loadPurchases } from './purchases-data'
import { readPurchasesView } from './search-params'

const database = testDatabase()
let here: KitchenScope

beforeAll(async () => {
  await addChain(database.db)
  here = await addKitchen(database.db, { stock: { 1: '0.500', 2: '4.000' } })
})

async function draft(): Promise<string> {
  const drafted = await draftPurchaseOrder(database.db, here, { id: uuidv7(), supplierId: 1 })
  return drafted.ok ? drafted.orderId : expect.fail(drafted.reason)
}

const list = (given: Record<string, string>) =>
  countQueries(() => loadPurchases(database.db, here, readPurchasesView(given), new Date()))
const open = (id: string) => countQueries(() => loadPurchase(database.db, here, id))

describe('the pages of purchase orders keep to their budget of two queries', () => {
  test('from what is proposed to what came', async () => {
    const before = await list({})
    expect(before.result.proposals).toMatchObject([{ supplier: 'Verde', items: 2, low: 1, draftId: null }])
    expect(before.result.orders).toEqual({ rows: [], next: null })
    expect(before.queries).toBe(2)

    const orderId = await draft()
    const drafted = await open(orderId)
    expect(drafted.result?.order.deliverTo).toEqual({ address: 'Here', phone: '1' })
    expect(drafted.result?.choices.map(({ name, isTheirs }) => [name, isTheirs])).toEqual([['Beef', true]])
    expect(drafted.queries).toBe(2)

    await sendPurchaseOrder(database.db, here, { orderId, version: 1, acceptsLess: false })
    await receiveDelivery(database.db, here, {
      ...{ id: uuidv7(), orderId, reference: '', note: '', rest: 'wait' },
      lines: [{ ingredientId: 1, quantity: '3', unitPrice: '330' }],
    })
    const sent = await open(orderId)
    expect(sent.result).toMatchObject({
      order: { status: 'partly_received', deliveries: [{ lines: [{ ingredient: 'Rice' }] }] },
      choices: [],
    })
    expect(sent.queries).toBe(1)

    const narrowed = await list({ status: 'partly_received', supplier: '1' })
    expect(narrowed.result).toMatchObject({ proposals: [], orders: { rows: [{ id: orderId }] } })
    expect(narrowed.queries).toBe(1)
    expect((await open('no-id')).result).toBeNull()
  })
})

test('an ingredient is found by its name as people write it, and only while it is active', async () => {
  const names = ['  BUTTER ', 'Béef', 'Caviar']
  const known = await findOrderableIngredients(database.db, here, { names })
  expect([...known.keys()].sort()).toContain('  BUTTER ')
  expect(known.has('Caviar')).toBe(false)
  const orderId = await draft()
  const line = { ingredientId: known.get('  BUTTER ') ?? 0, packs: 7 }
  const saved = await saveDraft(database.db, here, { orderId, version: 1, note: '', lines: [line] })
  expect(saved).toEqual({ ok: true, version: 2 })
})
