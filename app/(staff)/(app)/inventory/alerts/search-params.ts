/** What the alerts page shows, as its URL says it. */
export type AlertsView = {
  /** The slug of the one restaurant to show; null is all that one may see. */
  restaurant: string | null
  /** The one supplier to show; null is all. */
  supplierId: number | null
  page: number
}

type SearchParams = Record<string, string | string[] | undefined>

/** Whatever is malformed counts as not there. */
export function readAlertsView({ restaurant, supplier, page }: SearchParams): AlertsView {
  return {
    restaurant: typeof restaurant === 'string' && restaurant ? restaurant : null,
    supplierId: positiveInteger(supplier),
    page: positiveInteger(page) ?? 1,
  }
}

/** Nine digits at most, which every `integer` of the database holds. */
function positiveInteger(text: string | string[] | undefined): number | null {
  return typeof text === 'string' && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null
}

/** The page's URL for a view; what is as usual is left out. */
export function alertsHref({ restaurant, supplierId, page }: AlertsView): string {
  const params = new URLSearchParams()
  if (restaurant) params.set('restaurant', restaurant)
  if (supplierId) params.set('supplier', String(supplierId))
  if (page > 1) params.set('page', String(page))
  const query = params.toString()
  return query ? `/inventory/alerts?${query}` : '/inventory/alerts'
}
