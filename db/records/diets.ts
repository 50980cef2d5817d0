import { sql } from 'drizzle-orm'
import type { Ingredient } from '@/domain/ingredient'
import { sameValue } from '@/domain/record'
import type { Db } from '../client'
import { dietsOfIngredients } from '../fragments/diets'
import type { RecordChange } from './kind'

const LOCK = sql`hashtext('brigade diets')`

/**
 * To be called before a transaction locks or writes recipes, so that what it derives from their ingredients holds when
 * it commits: whoever changes what an ingredient is waits for it, and the other way round. Cards are written side by side.
 */
export async function beforeCards(tx: Db): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock_shared(${LOCK})`)
}

/** The ingredients whose change may change the diets of cards that have them. A new one stands on no card yet. */
export const redescribed = (changes: readonly RecordChange<Ingredient>[]): number[] =>
  changes.flatMap(({ key, before, after }) =>
    before &&
    !(sameValue(before.animalSources, after.animalSources) && sameValue(before.allergens, after.allergens))
      ? [key.id]
      : [],
  )

/** Waits for those who are writing cards, before any of the ingredients is written. */
export async function beforeMakeup(tx: Db): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`)
}

/**
 * Derives the diets of every card that has one of the ingredients anew; writes those that differ. By the index of lines
 * by ingredient: one on every fourth card of 50,000 takes a second or two (docs/migrations/dietary-restrictions.md).
 */
export async function deriveDietsOfCardsWith(tx: Db, ingredientIds: readonly number[]): Promise<void> {
  await tx.execute(sql`
    with cards as materialized (
      select distinct recipe_id from recipe_ingredients where ingredient_id = any(${sql.param(ingredientIds)}::int[])
    ), derived as materialized (
      select l.recipe_id, ${dietsOfIngredients} as diets
      from cards
      join recipe_ingredients l using (recipe_id)
      join ingredients i on i.id = l.ingredient_id
      group by l.recipe_id
    )
    update recipes r set dietary_restrictions = derived.diets
    from derived
    where r.id = derived.recipe_id and r.dietary_restrictions is distinct from derived.diets`)
}
