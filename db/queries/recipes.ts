import { and, asc, eq, type SQL, sql } from 'drizzle-orm'
import type { Difficulty } from '@/domain/recipe'
import type { ChainScope } from '@/domain/scope'
import type { Allergen, AnimalSource, Unit } from '@/domain/vocabulary'
import type { Db } from '../client'
import { menuItems } from '../schema/menu'
import { recipeIngredients } from '../schema/recipes'

export type RecipeCardLine = {
  ingredientId: number
  ingredient: string
  unit: Unit
  /** For one portion, in the unit; a numeric string. */
  quantity: string
  notes: string
  allergens: Allergen[]
  /** See `ingredients.animal_sources`; null: nobody has said. */
  animalSources: AnimalSource[] | null
  /** Cents for all portions, rounded; null without proof that the reader may see it. */
  cost: number | null
}

export type RecipeDish = {
  id: number
  name: string
  category: string
  /** Cents, the chain's price. */
  price: number
}

export type RecipeCard = {
  id: number
  title: string
  cuisine: string
  difficulty: Difficulty
  prepMinutes: number
  calories: number | null
  chef: string
  /** Years. */
  chefExperience: number
  /** In the card's order. */
  lines: RecipeCardLine[]
  /** The method, first step first. */
  steps: string[]
  /** Dishes on the chain's menu that sell it, by name. */
  dishes: RecipeDish[]
  /**
   * Cents at today's ingredient prices; null without proof. `total` is rounded once, so that it may differ from the sum of
   * the lines by some cents.
   */
  cost: { portion: number; total: number } | null
}

type RecipeCardParams = {
  recipeId: number
  /** What the costs are for. */
  portions?: number
  /** Proof that the reader may see costs. */
  costs?: ChainScope<'stock:read'> | null
}

const MOST_DISHES = 20

/** One recipe with its card, its method, what it costs and the dishes that sell it, in one query; or null. */
export async function getRecipeCard(
  db: Db,
  _scope: ChainScope,
  { recipeId, portions = 1, costs = null }: RecipeCardParams,
): Promise<RecipeCard | null> {
  const cost = (cents: SQL) => (costs ? cents : sql`null`)
  const [recipe] = await db.execute<RecipeCard>(sql`
    select r.id, r.title, r.cuisine, (array['easy', 'medium', 'hard'])[r.difficulty] as difficulty,
      r.prep_time as "prepMinutes", r.calories, c.name as chef, c.experience_years as "chefExperience",
      card.lines, method.steps, card.cost, sold.dishes
    from recipes r
    join chefs c on c.id = r.chef_id
    cross join lateral (
      select coalesce(json_agg(json_build_object(
          'ingredientId', i.id, 'ingredient', i.name, 'unit', i.unit,
          'quantity', trim_scale(l.quantity)::text, 'notes', l.notes, 'allergens', i.allergens,
          'animalSources', i.animal_sources, 'cost', ${cost(sql`round(l.quantity * i.unit_price * ${portions}::int)`)}
        ) order by l.position, i.name), '[]') as lines,
        ${cost(sql`json_build_object(
          'portion', coalesce(round(sum(l.quantity * i.unit_price)), 0),
          'total', coalesce(round(sum(l.quantity * i.unit_price) * ${portions}::int), 0))`)} as cost
      from recipe_ingredients l join ingredients i on i.id = l.ingredient_id
      where l.recipe_id = r.id
    ) card
    cross join lateral (
      select coalesce(json_agg(s.text order by s.position), '[]') as steps from recipe_steps s where s.recipe_id = r.id
    ) method
    cross join lateral (
      select coalesce(json_agg(dish order by dish.name, dish.id), '[]') as dishes
      from (
        select m.id, m.name, g.name as category, m.price
        from menu_items m join categories g on g.id = m.category_id and g.is_active
        where m.recipe_id = r.id and m.is_available
        order by m.name, m.id
        limit ${MOST_DISHES}
      ) dish
    ) sold
    where r.id = ${recipeId}`)
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
