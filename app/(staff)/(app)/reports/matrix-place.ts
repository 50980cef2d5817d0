import type { EngineeredItem } from '@/domain/menu-engineering'

/**
 * Where a dish stands in the matrix, in percent from its upper left corner; null without a margin. What is once the
 * threshold stands in the middle, what is many times that near the edge.
 */
export function matrixPlace({
  popularity,
  popularFrom,
  margin,
  averageMargin,
}: Pick<EngineeredItem, 'popularity' | 'popularFrom' | 'margin' | 'averageMargin'>): {
  x: string
  y: string
} | null {
  if (margin === null || averageMargin === null) return null
  const across = middled(popularity, popularFrom)
  const up = middled(margin, averageMargin)
  return { x: percent(across), y: percent(1 - up) }
}

/** From 0 to 1: 0.5 for a value that equals its threshold, however large that is. */
function middled(value: number, threshold: number): number {
  // Of a category that loses on average only the sign of the difference can be told.
  if (threshold <= 0) return value >= threshold ? 0.75 : 0.25
  // Squared, since most margins of a category lie close to its average.
  const times = (Math.max(0, value) / threshold) ** 2
  return times / (1 + times)
}

/** Dots keep clear of the edge. */
const percent = (share: number): string => `${(3 + share * 94).toFixed(1)}%`
