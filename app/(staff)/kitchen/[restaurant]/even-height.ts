/**
 * The least height at which tickets of these heights, kept in their order and never parted, fit into so many columns;
 * null where they don't fit the height that there is. All in pixels, margins included.
 */
export function evenHeight(heights: readonly number[], columns: number, available: number): number | null {
  const tallest = Math.max(0, ...heights)
  if (tallest > available || columnsAt(heights, available) > columns) return null
  let least = Math.ceil(tallest)
  let most = Math.ceil(available)
  while (least < most) {
    const middle = Math.floor((least + most) / 2)
    if (columnsAt(heights, middle) <= columns) most = middle
    else least = middle + 1
  }
  return least
}

function columnsAt(heights: readonly number[], height: number): number {
  let columns = 1
  let filled = 0
  for (const one of heights) {
    if (filled + one > height) {
      columns++
      filled = 0
    }
    filled += one
  }
  return columns
}
