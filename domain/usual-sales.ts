/** How far a restaurant's trading day has come, by hours of its wall clock from that of its day cutoff on. */
export type DayProgress = {
  restaurantId: number
  businessDate: string
  /** Hours that are over, from 0 to 24. */
  hoursOver: number
  /** Of the running hour the share that has passed, from 0 to under 1. */
  hourShare: number
}

/** What a restaurant sold on the days that a business date is compared with, summed over those on which it sold anything. */
export type UsualSales = {
  restaurantId: number
  /** How many days, at least one. */
  days: number
  /** Orders, and cents, of the hours that are over. */
  ordersOver: number
  revenueOver: number
  /** The same with the running hour. */
  ordersBegun: number
  revenueBegun: number
}

export type UsualByNow = {
  /**
   * Orders, and whole cents, up to this time of day (of the running hour its share), averaged over those days; null
   * without any.
   */
  usualOrders: number | null
  usualRevenue: number | null
}

/** Each restaurant's day with what is usual by now. */
export function withUsual<Day extends DayProgress>(
  days: readonly Day[],
  usual: readonly UsualSales[],
): (Day & UsualByNow)[] {
  const byRestaurant = new Map(usual.map((sales) => [sales.restaurantId, sales]))
  return days.map((day) => ({ ...day, ...usualByNow(byRestaurant.get(day.restaurantId), day.hourShare) }))
}

function usualByNow(usual: UsualSales | undefined, hourShare: number): UsualByNow {
  if (!usual) return { usualOrders: null, usualRevenue: null }
  const { days, ordersOver, ordersBegun, revenueOver, revenueBegun } = usual
  const average = (over: number, begun: number) => (over + hourShare * (begun - over)) / days
  return {
    usualOrders: average(ordersOver, ordersBegun),
    usualRevenue: Math.floor(average(revenueOver, revenueBegun) + 0.5),
  }
}
