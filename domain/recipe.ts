/** As `recipes.difficulty` counts them, from 1. */
export const DIFFICULTIES = ['easy', 'medium', 'hard'] as const
export type Difficulty = (typeof DIFFICULTIES)[number]

/** Minutes of prep time that a recipe of each difficulty stays under, easiest first; whatever takes longer is hard. */
export const DIFFICULTY_LIMITS = [
  { difficulty: 'easy', under: 30 },
  { difficulty: 'medium', under: 60 },
] as const satisfies { difficulty: Difficulty; under: number }[]

/** Difficulty by prep time in minutes, see `DIFFICULTY_LIMITS`. */
export const difficultyOf = (prepMinutes: number): Difficulty =>
  DIFFICULTY_LIMITS.find(({ under }) => prepMinutes < under)?.difficulty ?? 'hard'
