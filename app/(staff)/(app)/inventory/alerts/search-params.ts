/** What the alerts page shows, as its URL says it. */
export type AlertsView = {
  /** The slug of the one restaurant to show; null is all that one may see. */
  restaurant: string | null
  /** The one supplier to show; null is all. */
  supplierId: number | null
  page: number
  /** Also what somebody said may wait. */
  withAnswered: boolean
  /** The alert that is about to be answered. */
  answering: { restaurantId: number; ingredientId: number } | null
}

type SearchParams = Record<string, string | string[] | undefined>

export const ALL_ALERTS: AlertsView = {
  restaurant: null,
  supplierId: null,
  page: 1,
  withAnswered: false,
  answering: null,
}

/** Whatever is malformed counts as not there. */
export function readAlertsView({ restaurant, supplier, page, show, answer }: SearchParams): AlertsView {
  return {
    restaurant: typeof restaurant === 'string' && restaurant ? restaurant : null,
    supplierId: positiveInteger(supplier),
    page: positiveInteger(page) ?? 1,
    withAnswered: show === 'all',
    answering: pairOf(answer),
  }
}

/** Nine digits at most, which every `integer` of the database holds. */
function positiveInteger(text: string | string[] | undefined): number | null {
  return typeof text === 'string' && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null
}

function pairOf(text: string | string[] | undefined): AlertsView['answering'] {
  const [restaurant, ingredient, ...more] = typeof text === 'string' ? text.split('-') : []
  const [restaurantId, ingredientId] = [positiveInteger(restaurant), positiveInteger(ingredient)]
  return restaurantId && ingredientId && more.length === 0 ? { restaurantId, ingredientId } : null
}

/** The page's URL for a view; what is as usual is left out. */
export function alertsHref({ restaurant, supplierId, page, withAnswered, answering }: AlertsView): string {
  const params = new URLSearchParams()
  if (restaurant) params.set('restaurant', restaurant)
  if (supplierId) params.set('supplier', String(supplierId))
  if (page > 1) params.set('page', String(page))
  if (withAnswered) params.set('show', 'all')
  if (answering) params.set('answer', `${answering.restaurantId}-${answering.ingredientId}`)
  const query = params.toString()
  return query ? `/inventory/alerts?${query}` : '/inventory/alerts'
}
