import { MOST_PRICE } from './menu-item'

/** What the last two figures of a price shall be; `exact` leaves them as they come. */
export const PRICE_ENDINGS = ['exact', '00', '50', '90'] as const
export type PriceEnding = (typeof PRICE_ENDINGS)[number]

/** Cents more or less, or a share of the price in hundredths of a percent. */
type PriceStep = { cents: number } | { basisPoints: number }

export type PriceChange = { by: PriceStep; ending: PriceEnding }

/**
 * A price in cents after a change; null where that would be below nothing or more than any dish costs.
 *
 * Shares are rounded to the cent half up, as in commerce (DIN 1333). With an ending, the nearest price that ends so is
 * taken, of two equally near ones the higher. But never does a raise make a dish cheaper, nor a cut dearer: then it is
 * the next such price in the direction that was asked for, and without one the price stays. What is free stays free.
 */
export function changedPrice(cents: number, { by, ending }: PriceChange): number | null {
  if (cents === 0) return 0
  const step = 'cents' in by ? by.cents : share(cents, by.basisPoints)
  const target = cents + step
  if (target < 0 || target > MOST_PRICE) return null
  const isRaise = ('cents' in by ? by.cents : by.basisPoints) >= 0
  const price = ending === 'exact' ? target : withEnding(cents, target, isRaise, Number(ending))
  return price > MOST_PRICE ? null : price
}

const share = (cents: number, basisPoints: number): number =>
  Math.floor((cents * basisPoints + 5000) / 10_000)

function withEnding(cents: number, target: number, isRaise: boolean, ending: number): number {
  const below = Math.floor((target - ending) / 100) * 100 + ending
  const nearest = below >= 0 && target - below < 50 ? below : below + 100
  if (isRaise) return nearest < cents ? nearest + 100 : nearest
  if (nearest <= cents) return nearest
  return nearest >= 100 ? nearest - 100 : cents
}
