import { and, asc, eq, sql } from 'drizzle-orm'
import type { ChainScope } from '@/domain/scope'
import type { Unit } from '@/domain/vocabulary'
import type { Db } from '../client'
import { ingredients } from '../schema/ingredients'
import { menuItems } from '../schema/menu'
import { chefs, recipeIngredients, recipes } from '../schema/recipes'

export type RecipeSummary = {
  id: number
  name: string
  cuisine: string
  /** 1 easy, 2 medium, 3 hard. */
  difficulty: number
  /** Minutes. */
  prepTime: number
  calories: number | null
  chefId: number
  chef: string
  chefExperience: number
}

const summary = {
  id: recipes.id,
  name: recipes.name,
  cuisine: recipes.cuisine,
  difficulty: recipes.difficulty,
  prepTime: recipes.prepTime,
  calories: recipes.calories,
  chefId: recipes.chefId,
  chef: chefs.name,
  chefExperience: chefs.experienceYears,
}

export type RecipeCardLine = {
  ingredientId: number
  ingredient: string
  unit: Unit
  /** For one portion, in the unit; a numeric string. */
  quantity: string
  notes: string
}

/** One recipe with the lines of its card in the card's order, or null. */
export async function getRecipeCard(
  db: Db,
  _scope: ChainScope,
  recipeId: number,
): Promise<(RecipeSummary & { lines: RecipeCardLine[] }) | null> {
  const [recipe] = await db
    .select({
      ...summary,
      lines: sql<RecipeCardLine[]>`(
        select coalesce(json_agg(json_build_object(
          'ingredientId', i.id, 'ingredient', i.name, 'unit', i.unit,
          'quantity', trim_scale(line.quantity)::text, 'notes', line.notes
        ) order by line.position, i.name), '[]')
        from ${recipeIngredients} line
        join ${ingredients} i on i.id = line.ingredient_id
        where line.recipe_id = ${recipes.id}
      )`,
    })
    .from(recipes)
    .innerJoin(chefs, eq(chefs.id, recipes.chefId))
    .where(eq(recipes.id, recipeId))
  return recipe ?? null
}

/** The available dishes whose recipe card has this ingredient, by name, at most `limit` of them. */
export async function listDishesUsing(
  db: Db,
  _scope: ChainScope,
  { ingredientId, limit }: { ingredientId: number; limit: number },
): Promise<{ id: number; name: string }[]> {
  return db
    .select({ id: menuItems.id, name: menuItems.name })
    .from(recipeIngredients)
    .innerJoin(menuItems, eq(menuItems.recipeId, recipeIngredients.recipeId))
    .where(and(eq(recipeIngredients.ingredientId, ingredientId), menuItems.isAvailable))
    .orderBy(asc(menuItems.name), asc(menuItems.id))
    .limit(limit)
}
