import { PURCHASE_STATUSES, type PurchaseStatus } from '@/domain/vocabulary'

/** What the list of purchase orders shows, as its URL says it. */
export type PurchasesView = {
  /** Null is all of them. */
  status: PurchaseStatus | null
  supplierId: number | null
  /** The order number before which the page begins; null is the first page. */
  before: number | null
}

type SearchParams = Record<string, string | string[] | undefined>

/** Whatever is malformed, or there twice, counts as not there. */
export function readPurchasesView({ status, supplier, before }: SearchParams): PurchasesView {
  return {
    status: PURCHASE_STATUSES.find((known) => known === status) ?? null,
    supplierId: positiveInteger(supplier),
    before: positiveInteger(before),
  }
}

/** Nine digits at most, which every `integer` of the database holds. */
const positiveInteger = (text: string | string[] | undefined): number | null =>
  typeof text === 'string' && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null

/** The URL of a view; what is as usual is left out. */
export function purchasesHref(slug: string, { status, supplierId, before }: PurchasesView): string {
  const params = new URLSearchParams()
  if (status) params.set('status', status)
  if (supplierId) params.set('supplier', String(supplierId))
  if (before) params.set('before', String(before))
  const query = params.toString()
  return `/inventory/${slug}/orders${query && `?${query}`}`
}
