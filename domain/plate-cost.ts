import { type Quantity, toThousandths } from './quantity'

/** Costs are counted in ten-millionths of a cent: thousandths of a unit times ten-thousandths of a cent. */
const PARTS = 10_000_000n

/** What so much of something costs, exactly, in ten-millionths of a cent; `unitPrice` in cents with four decimals at most. */
export function exactCost(quantity: Quantity, unitPrice: string): bigint {
  const [whole = '0', fraction = ''] = unitPrice.split('.')
  return toThousandths(quantity) * BigInt(whole + fraction.slice(0, 4).padEnd(4, '0'))
}

/** Cents as a decimal with up to seven places, in ten-millionths of a cent. */
export function exactCents(cents: string): bigint {
  const [whole = '0', fraction = ''] = cents.split('.')
  return BigInt(whole + fraction.slice(0, 7).padEnd(7, '0'))
}

/** Whole cents, halves up, as `round` in PostgreSQL: to be asked once, of a sum. */
export const roundedCents = (exact: bigint): number => Number((2n * exact + PARTS) / (2n * PARTS))

/** What a plate's ingredients cost of its price, in percent with one decimal; null without a price. */
export function foodCostPercent(exact: bigint, price: number): number | null {
  if (price <= 0) return null
  const divisor = BigInt(price) * PARTS
  return Number((2n * exact * 1000n + divisor) / (2n * divisor)) / 10
}
