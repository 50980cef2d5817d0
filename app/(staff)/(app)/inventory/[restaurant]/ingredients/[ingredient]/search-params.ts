import { validate as isUuid } from 'uuid'
import { ingredientHref } from '../../search-params'

/** How many days the chart can show. */
export const USE_DAYS = [28, 84, 364] as const

/** What an ingredient's page shows, as its URL says it. */
export type IngredientView = {
  days: (typeof USE_DAYS)[number]
  /** The movement before which the journal begins; null is the newest. */
  before: string | null
}

/** Whatever is malformed, or there twice, counts as not there. */
export function readIngredientView({
  days,
  before,
}: Record<string, string | string[] | undefined>): IngredientView {
  return {
    days: USE_DAYS.find((count) => String(count) === days) ?? USE_DAYS[0],
    before: typeof before === 'string' && isUuid(before) ? before : null,
  }
}

/** The page's URL for a view. */
export function ingredientViewHref(slug: string, ingredientId: number, view: IngredientView): string {
  const params = new URLSearchParams()
  if (view.days !== USE_DAYS[0]) params.set('days', String(view.days))
  if (view.before) params.set('before', view.before)
  const query = params.toString()
  return ingredientHref(slug, ingredientId) + (query && `?${query}`)
}
