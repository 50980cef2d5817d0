import { z } from 'zod'

/** For how long a wall takes a dish off its menu. */
export const eightySixTerm = z.discriminatedUnion('until', [
  z.strictObject({ until: z.literal('further_notice') }),
  z.strictObject({ until: z.literal('closing') }),
  /** Milliseconds since 1970: as long as it was off before somebody put it back by mistake. */
  z.strictObject({ until: z.literal('instant'), at: z.int() }),
  /** Not off yet: when so many more are sold. */
  z.strictObject({ until: z.literal('portions'), portions: z.int().min(1).max(9999) }),
])

export type EightySixTerm = z.output<typeof eightySixTerm>
