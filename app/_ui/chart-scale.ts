/** Where an axis that begins at 0 ends, and the values that are written beside it, 0 among them. */
export type Scale = { to: number; ticks: number[] }

const ROUND_STEPS = [1, 2, 2.5, 5, 10]
const MOST_STEPS = 4

/** An axis for values up to `highest` in steps that people count in. Of nothing it ends at 1. `whole`: counts of things. */
export function scaleTo(highest: number, whole = false): Scale {
  if (!(highest > 0)) return { to: 1, ticks: [0] }
  const rough = highest / MOST_STEPS
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = (ROUND_STEPS.find((round) => round * power >= rough) ?? 10) * power
  const size = whole ? Math.max(1, Math.ceil(step)) : step
  const steps = Math.ceil(highest / size)
  return { to: steps * size, ticks: Array.from({ length: steps + 1 }, (_, n) => n * size) }
}

/** The places of at most `most` of `count` labels, evenly, the first among them. */
export function labelled(count: number, most: number): number[] {
  const every = Math.max(1, Math.ceil(count / most))
  return Array.from({ length: Math.ceil(count / every) }, (_, n) => n * every)
}
