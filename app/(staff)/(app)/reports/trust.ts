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
