import { z } from 'zod'

/** A box of a form: ticked or not. */
export const ticked = z
  .literal('on', { error: 'Tick it or leave it.' })
  .optional()
  .transform((value) => value === 'on')

/** Boxes of one kind, named `allergens.milk`: the words of those that are ticked, in the order of `words`. */
export const tickedOf = <W extends string>(words: readonly W[]) =>
  z
    .record(z.string(), z.unknown(), { error: 'Tick some of these.' })
    .default({})
    .transform((boxes) => words.filter((word) => boxes[word] === 'on'))

/** A box as it begins. */
export const tick = (name: string, isTicked: boolean): Record<string, string> =>
  isTicked ? { [name]: 'on' } : {}
