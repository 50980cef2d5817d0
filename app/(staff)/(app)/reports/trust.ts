import { timeAgo } from '@/app/_ui/time-ago'
import type { ChainCountCoverage } from '@/db/queries/count-coverage'
import type { SoldDish } from '@/db/queries/reports/product-mix'

/** Of what was sold, in cents: all, and the dishes with a recipe card, whose use can be explained. */
export function cardCoverage(dishes: readonly Pick<SoldDish, 'revenue' | 'cost'>[]): {
  sales: number
  salesWithCards: number
} {
  const sum = (of: readonly Pick<SoldDish, 'revenue'>[]) =>
    of.reduce((total, { revenue }) => total + revenue, 0)
  return { sales: sum(dishes), salesWithCards: sum(dishes.filter(({ cost }) => cost !== null)) }
}

/** How far the actual use of several restaurants is to be trusted, in sentences: who counted, and how long ago. */
export function countWords(
  { restaurants, neverCounted, countedSince, oldest }: ChainCountCoverage,
  names: ReadonlyMap<number, string>,
  { now, locale }: { now: number; locale: string },
): string[] {
  const figure = (count: number) => count.toLocaleString(locale)
  return [
    `${figure(countedSince)} of ${figure(restaurants)} restaurants counted stock within or after these days.`,
    ...(neverCounted > 0 ? [`${figure(neverCounted)} never did: there, losses don’t show.`] : []),
    ...(oldest === null
      ? []
      : [
          `The oldest of the last counts is that of ${names.get(oldest.restaurantId) ?? 'a restaurant'}, ${timeAgo(oldest.postedAt, now)}: since then its stock is what the book says.`,
        ]),
  ]
}
