/** By popularity and contribution margin: both high, popular only, profitable only, neither. */
export const MENU_CLASSES = ['star', 'plowhorse', 'puzzle', 'dog'] as const
export type MenuClass = (typeof MENU_CLASSES)[number]

/** What was sold of a dish: portions, their revenue and what their ingredients cost, in cents; null without a card. */
export type SoldItem = {
  menuItemId: number
  categoryId: number
  units: number
  revenue: number
  cost: number | null
}

export type EngineeredItem = {
  /** Null where the dish has no recipe card: its margin is unknown. */
  menuClass: MenuClass | null
  /** Its share of the portions sold in its category, 0 to 1, and from which share on it counts as popular. */
  popularity: number
  popularFrom: number
  /** Contribution margin of one portion in cents, and the average over all portions of the category. */
  margin: number | null
  averageMargin: number | null
}

/**
 * The share of an equal share of the menu mix from which on a dish is popular: of ten dishes each would have 10 %, and 7 %
 * is enough.
 */
export const POPULAR_FROM = 0.7

/**
 * Menu engineering after Michael L. Kasavana and Donald I. Smith, "Menu Engineering: A Practical Guide to Menu Analysis"
 * (Hospitality Publications, Lansing, 1982): a dish is popular from 70 % of its equal share of the portions on, and
 * profitable when its contribution margin (price − cost of its ingredients) is at least the average over all portions
 * sold. Dishes compete within their category. Only those that were sold count, and those without a recipe card count
 * for popularity alone. By menu item id.
 */
export function engineerMenu(items: readonly SoldItem[]): Map<number, EngineeredItem> {
  const sold = items.filter(({ units }) => units > 0)
  const categories = [...new Set(sold.map(({ categoryId }) => categoryId))]
  return new Map(
    categories.flatMap((category) =>
      engineerCategory(sold.filter(({ categoryId }) => categoryId === category)),
    ),
  )
}

function engineerCategory(rivals: readonly SoldItem[]): [number, EngineeredItem][] {
  const portions = sum(rivals.map(({ units }) => units))
  const costed = rivals.filter(({ cost }) => cost !== null)
  const costedPortions = sum(costed.map(({ units }) => units))
  const margins = sum(costed.map(({ revenue, cost }) => revenue - (cost ?? 0)))
  return rivals.map(({ menuItemId, units, revenue, cost }) => {
    // In whole numbers: a dish that is exactly average must not lose by the last bit of a division.
    const isPopular = 10 * units * rivals.length >= 10 * POPULAR_FROM * portions
    const isProfitable = cost !== null && (revenue - cost) * costedPortions >= margins * units
    const engineered: EngineeredItem = {
      menuClass: cost === null ? null : classOf(isPopular, isProfitable),
      popularity: units / portions,
      popularFrom: POPULAR_FROM / rivals.length,
      margin: cost === null ? null : (revenue - cost) / units,
      averageMargin: costedPortions === 0 ? null : margins / costedPortions,
    }
    return [menuItemId, engineered]
  })
}

function classOf(isPopular: boolean, isProfitable: boolean): MenuClass {
  if (isPopular) return isProfitable ? 'star' : 'plowhorse'
  return isProfitable ? 'puzzle' : 'dog'
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, value) => total + value, 0)
