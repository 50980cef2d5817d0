import { type SQL, sql } from 'drizzle-orm'
import { DIFFICULTIES, DIFFICULTY_LIMITS } from '@/domain/recipe'

/** `difficultyOf` as `recipes.difficulty` counts it, of a column of minutes. */
export function difficultyNumber(prepTime: SQL): SQL {
  const cases = DIFFICULTY_LIMITS.map(
    ({ difficulty, under }) =>
      sql`when ${prepTime} < ${sql.raw(String(under))} then ${sql.raw(String(DIFFICULTIES.indexOf(difficulty) + 1))}`,
  )
  return sql`case ${sql.join(cases, sql` `)} else ${sql.raw(String(DIFFICULTIES.length))} end`
}
