/** As `recipes.difficulty` counts them, from 1. */
export const DIFFICULTIES = ['easy', 'medium', 'hard'] as const
export type Difficulty = (typeof DIFFICULTIES)[number]

/** Difficulty by prep time in minutes: under 30 easy, under 60 medium, else hard. */
export function difficultyOf(prepMinutes: number): Difficulty {
  if (prepMinutes < 30) return 'easy'
  return prepMinutes < 60 ? 'medium' : 'hard'
}
