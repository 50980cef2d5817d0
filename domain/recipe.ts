export type Difficulty = 'easy' | 'medium' | 'hard'

/** Difficulty by prep time in minutes: under 30 easy, under 60 medium, else hard. */
export function difficultyOf(prepMinutes: number): Difficulty {
  if (prepMinutes < 30) return 'easy'
  return prepMinutes < 60 ? 'medium' : 'hard'
}
