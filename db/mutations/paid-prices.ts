import type { ChainScope } from '@/domain/scope'
import type { Db } from '../client'
import { RECORDS } from '../records/kinds'
import { saveRecord } from './records'

export type TookPrice =
  | { ok: true }
  | { ok: false; reason: 'gone' }
  /** The chain's price is not what it was shown as; `unitPrice` is the present one, in cents for one unit. */
  | { ok: false; reason: 'changed_meanwhile'; unitPrice: string }

/**
 * Makes what a delivery cost the chain's price of an ingredient, from which plates are costed and drafts are made; its
 * price history says who and when. Prices are numeric strings, cents for one unit; `from` is what was shown as the
 * present one.
 */
export async function takePaidPrice(
  db: Db,
  scope: ChainScope<'menu:edit'>,
  { ingredientId, from, to }: { ingredientId: number; from: string; to: string },
): Promise<TookPrice> {
  const key = { id: ingredientId, restaurantId: null }
  const base = (await RECORDS.ingredient.read(db, [key], false)).get(String(ingredientId))
  if (!base) return { ok: false, reason: 'gone' }
  if (base.unitPrice !== from && base.unitPrice !== to)
    return { ok: false, reason: 'changed_meanwhile', unitPrice: base.unitPrice }
  const saved = await saveRecord(db, scope, 'ingredient', { key, base, doc: { ...base, unitPrice: to } })
  if (saved.ok) return { ok: true }
  if (saved.reason === 'changed_meanwhile')
    return { ok: false, reason: 'changed_meanwhile', unitPrice: saved.theirs.unitPrice }
  return { ok: false, reason: 'gone' }
}
