'use server'

import { refresh } from 'next/cache'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { defineAction } from '@/app/_server/action'
import { database } from '@/app/_server/database'
import { environment } from '@/app/_server/environment'
import { receiveDelivery } from '@/db/mutations/deliveries'
import { takePaidPrice } from '@/db/mutations/paid-prices'
import { draftPurchaseOrder, type SavedDraft, saveDraft } from '@/db/mutations/purchase-drafts'
import {
  cancelPurchaseOrder,
  closePurchaseOrder,
  type SentPurchase,
  sendPurchaseOrder,
} from '@/db/mutations/purchase-orders'
import { findOrderableIngredients } from '@/db/queries/orderable-ingredients'
import { formatMoney } from '@/domain/money'
import { draftForm, receiveForm } from '@/domain/purchase-form'
import type { RestaurantScope } from '@/domain/scope'
import { idSchema } from '@/domain/text'
import { formatUnitPrice } from '@/domain/unit-price'
import type { PurchaseStatus } from '@/domain/vocabulary'
import { PURCHASE_WORDS } from './words'

const GONE = 'This order is not there any more. Go back to the list of orders.'
const stateOf = ({ status }: { status: PurchaseStatus }) =>
  `This order is ${PURCHASE_WORDS[status].toLowerCase()} by now, so it was left as it is. Look at it again.`
const CHANGED =
  'Somebody else saved this draft after you opened it. What you typed is kept below, with what is stored beside it: check it, then press again.'
const money = (cents: number) => formatMoney(cents, environment().CURRENCY)

/** Drafts what is missing from a supplier, or opens the draft that there is. */
export const draftOrder = defineAction({
  name: 'purchase.draft',
  input: z.object({ restaurant: z.string(), id: z.uuid(), supplier: idSchema }),
  permission: 'stock:write',
  restaurant: ({ restaurant }) => restaurant,
  run: async (scope, { id, supplier }) => {
    const drafted = await draftPurchaseOrder(database(), scope, { id, supplierId: supplier })
    if (drafted.ok) redirect(`/inventory/${scope.restaurant.slug}/orders/${drafted.orderId}`)
    return drafted
  },
  words: { unknown_supplier: 'This supplier does not deliver any more. Choose another one in Admin.' },
})

/** Saves a draft as it was typed and, where that was asked for, sends it. */
export const saveDraftOrder = defineAction({
  name: 'purchase.save',
  input: draftForm,
  permission: 'stock:write',
  restaurant: ({ restaurant }) => restaurant,
  run: saveAndSend,
  words: {
    unknown_name: 'Nothing was saved yet: an ingredient is not known by its name.',
    not_found: GONE,
    not_draft: (failure) => stateOf(failure),
    changed_meanwhile: CHANGED,
    unknown_ingredient: 'An ingredient is not there any more. Reload the page, then repeat your change.',
    nothing_ordered: 'The draft is saved, but not sent: nothing is ordered yet. Write how many packs.',
    below_minimum: ({ minimumOrder, cost }) =>
      `The draft is saved, but not sent: the supplier asks for ${money(minimumOrder)} at least, and this comes to ${money(cost)}. Add something, or tick “Send although it is less” and send again.`,
  },
})

const pressed = z.object({ restaurant: z.string(), order: z.uuid() })

/** Cancels a draft, or an order of which nothing has come. */
export const cancelOrder = defineAction({
  name: 'purchase.cancel',
  input: pressed,
  permission: 'stock:write',
  restaurant: ({ restaurant }) => restaurant,
  run: async (scope, { order: orderId }) => {
    const cancelled = await cancelPurchaseOrder(database(), scope, { orderId })
    refresh()
    return cancelled
  },
  words: { not_found: GONE, too_late: (failure) => stateOf(failure) },
})

/** Gives up what has not come. */
export const closeOrder = defineAction({
  name: 'purchase.close',
  input: pressed,
  permission: 'stock:write',
  restaurant: ({ restaurant }) => restaurant,
  run: async (scope, { order: orderId }) => {
    const closed = await closePurchaseOrder(database(), scope, { orderId })
    refresh()
    return closed
  },
  words: { not_found: GONE, too_late: (failure) => stateOf(failure) },
})

/** Takes in what came. */
export const receiveOrder = defineAction({
  name: 'purchase.receive',
  // The chain's currency is known once a form is sent, not while the app is built.
  input: z.lazy(() => receiveForm(environment().CURRENCY)),
  permission: 'stock:write',
  restaurant: ({ restaurant }) => restaurant,
  run: async (scope, { order: orderId, id, reference, note, lines, rest }) => {
    const received = await receiveDelivery(database(), scope, { id, orderId, reference, note, lines, rest })
    if (received.ok || received.reason === 'not_open') refresh()
    return received
  },
  words: {
    not_found: GONE,
    not_open: (failure) => stateOf(failure),
    unknown_line: 'Something here is not on this order. Reload the page, then type it again.',
    nothing_received:
      'Nothing came by what is typed here. Write how much came, or choose not to wait for the rest.',
    id_reused: 'This form belongs to another delivery. Reload the page, then type it again.',
  },
})

/** Makes what a delivery cost the chain's price of an ingredient. */
export const takePrice = defineAction({
  name: 'purchase.take_price',
  input: z.object({
    ingredient: idSchema,
    from: z.string().regex(/^\d{1,8}(\.\d{1,4})?$/),
    to: z.string().regex(/^\d{1,8}(\.\d{1,4})?$/),
  }),
  permission: 'menu:edit',
  run: async (scope, { ingredient: ingredientId, from, to }) => {
    const taken = await takePaidPrice(database(), scope, { ingredientId, from, to })
    refresh()
    return taken
  },
  words: {
    gone: 'This ingredient is not there any more. Reload the page.',
    changed_meanwhile: ({ unitPrice }) =>
      `Its price is ${formatUnitPrice(unitPrice, environment().CURRENCY)} by now, so it was left as it is. Look again, then decide.`,
  },
})

type Saved = SavedDraft | SentPurchase | { ok: false; reason: 'unknown_name'; fields: Record<string, string> }

async function saveAndSend(
  scope: RestaurantScope<'stock:write' | 'stock:read'>,
  { order: orderId, version, note, lines, add, step, acceptsLess }: z.output<typeof draftForm>,
): Promise<Saved> {
  const added = add.map((line, row) => ({ ...line, row })).filter(({ ingredient }) => ingredient !== '')
  const names = added.map(({ ingredient }) => ingredient)
  const known = await findOrderableIngredients(database(), scope, { names })
  const unknown = added.filter(({ ingredient }) => !known.has(ingredient))
  if (unknown.length > 0) {
    const error = 'No active ingredient is called so. Choose one of the list.'
    const fields = Object.fromEntries(unknown.map(({ row }) => [`add.${row}.ingredient`, error]))
    return { ok: false, reason: 'unknown_name', fields }
  }
  // Whoever names an ingredient and no number wants one.
  const more = added.map(({ ingredient, packs }) => ({
    ingredientId: known.get(ingredient) ?? 0,
    packs: packs || 1,
  }))
  const saved = await saveDraft(database(), scope, { orderId, version, note, lines: [...lines, ...more] })
  refresh()
  if (!saved.ok || step === 'save') return saved
  return sendPurchaseOrder(database(), scope, { orderId, version: saved.version, acceptsLess })
}
