import { type SQL, sql } from 'drizzle-orm'
import type { Diet } from '@/domain/vocabulary'

export type MenuFilter = {
  /** Words that must all stand in the name or the description, in any case; none is no filter, like null below. */
  search: string
  categoryId: number | null
  /** Cents, both ends included. */
  minPrice: number | null
  maxPrice: number | null
  /** Minutes, included. */
  maxPrepMinutes: number | null
  /** A dish without a card goes with none. */
  diet: Diet | null
}

/** Whether a dish of the menu passes all filters but the one by category, whose counts follow these. */
export function matchesFilter({
  search,
  minPrice,
  maxPrice,
  maxPrepMinutes,
  diet,
}: Omit<MenuFilter, 'categoryId'>): SQL {
  const patterns = searchPatterns(search)
  const conditions = [
    patterns.length > 0 && sql`(name || ' ' || description) ilike all (${sql.param(patterns)}::text[])`,
    minPrice !== null && sql`price >= ${minPrice}`,
    maxPrice !== null && sql`price <= ${maxPrice}`,
    maxPrepMinutes !== null && sql`preparation_time <= ${maxPrepMinutes}`,
    // Last: the others spare looking the recipe up.
    diet !== null && sql`${diet} = any(diets)`,
  ].filter((condition) => condition !== false)
  return conditions.length > 0 ? sql.join(conditions, sql` and `) : sql`true`
}

/** Whether it is of the category that is asked for. */
export const ofCategory = (categoryId: number | null): SQL =>
  categoryId === null ? sql`true` : sql`category_id = ${categoryId}`

/** One pattern a word, with the wildcards that a person typed taken literally. */
const searchPatterns = (search: string): string[] =>
  search
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`)
