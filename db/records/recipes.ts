import { sql } from 'drizzle-orm'
import { MENU_TAG, RECIPES_TAG } from '@/domain/cache-tags'
import { DIFFICULTIES } from '@/domain/recipe'
import { type RecipeCard, recipeDocument } from '@/domain/recipe-card'
import type { Db } from '../client'
import { dietsOfCard } from '../fragments/diets'
import { beforeCards } from './diets'
import { keyText, type RecordChange, type RecordKey, type RecordKind } from './kind'

export const recipeRecords: RecordKind<RecipeCard> = {
  subject: 'recipe',
  permission: 'menu:edit',
  schema: recipeDocument,
  nameOf: ({ title }) => title,
  retired: {},
  idsFrom: 'recipes',
  read: readRecipes,
  write: writeRecipes,
  async stale(tx, changes) {
    const ids = sql`${sql.param(changes.map(({ key }) => key.id))}::int[]`
    const [sold] = await tx.execute(sql`select from menu_items where recipe_id = any(${ids}) limit 1`)
    return { tags: sold ? [MENU_TAG, RECIPES_TAG] : [RECIPES_TAG], screens: [] }
  },
  constraints: {
    recipes_chef_id_chefs_id_fk: { field: 'chefId', reason: 'unknown_reference' },
    recipe_ingredients_ingredient_id_ingredients_id_fk: { field: 'lines', reason: 'unknown_reference' },
  },
}

const DIFFICULTY = `(array['${DIFFICULTIES.join("', '")}'])[r.difficulty]`

async function readRecipes(
  db: Db,
  keys: readonly RecordKey[],
  lock: boolean,
): Promise<Map<string, RecipeCard>> {
  const ids = sql`${sql.param(keys.map(({ id }) => id))}::int[]`
  // Locked first: the card's lines are read once nobody else can change them.
  if (lock) {
    await beforeCards(db)
    await db.execute(sql`select from recipes where id = any(${ids}) order by id for no key update`)
  }
  const rows = await db.execute<{ id: number; doc: RecipeCard }>(sql`
    select r.id, json_build_object('title', r.title, 'cuisine', r.cuisine, 'difficulty', ${sql.raw(DIFFICULTY)},
      'prepMinutes', r.prep_time, 'chefId', r.chef_id, 'calories', r.calories,
      'lines', (
        select coalesce(json_agg(json_build_object('ingredientId', l.ingredient_id,
          'quantity', trim_scale(l.quantity)::text, 'notes', l.notes) order by l.position, l.ingredient_id), '[]')
        from recipe_ingredients l where l.recipe_id = r.id),
      'steps', (
        select coalesce(json_agg(s.text order by s.position), '[]') from recipe_steps s where s.recipe_id = r.id)
    ) as doc
    from recipes r where r.id = any(${ids})`)
  return new Map(rows.map(({ id, doc }) => [keyText({ id, restaurantId: null }), doc]))
}

async function writeRecipes(tx: Db, changes: readonly RecordChange<RecipeCard>[]): Promise<void> {
  const rows = changes.map(({ key, after: { lines, steps, difficulty, ...recipe } }) => ({
    id: key.id,
    ...recipe,
    difficulty: DIFFICULTIES.indexOf(difficulty) + 1,
    ingredients: `{${lines.map(({ ingredientId }) => ingredientId).sort((a, b) => a - b)}}`,
  }))
  const ids = sql`${sql.param(rows.map(({ id }) => id))}::int[]`
  await tx.execute(sql`
    insert into recipes as r (id, title, cuisine, difficulty, prep_time, chef_id, calories, ingredient_ids,
      dietary_restrictions)
    overriding system value
    select id, title, cuisine, difficulty, "prepMinutes", "chefId", calories, ingredients,
      ${dietsOfCard(sql`g.ingredients`)}
    from json_to_recordset(${JSON.stringify(rows)}::text::json) as g (id int, title text, cuisine text, difficulty int,
      "prepMinutes" int, "chefId" int, calories int, ingredients int[])
    on conflict (id) do update set title = excluded.title, cuisine = excluded.cuisine, difficulty = excluded.difficulty,
      prep_time = excluded.prep_time, chef_id = excluded.chef_id, calories = excluded.calories,
      ingredient_ids = excluded.ingredient_ids, dietary_restrictions = excluded.dietary_restrictions`)
  await tx.execute(sql`delete from recipe_ingredients where recipe_id = any(${ids})`)
  await tx.execute(sql`delete from recipe_steps where recipe_id = any(${ids})`)
  const lines = changes.flatMap(({ key, after }) =>
    after.lines.map((line, place) => ({ recipe: key.id, position: place + 1, ...line })),
  )
  const steps = changes.flatMap(({ key, after }) =>
    after.steps.map((text, place) => ({ recipe: key.id, position: place + 1, text })),
  )
  await insertLines(tx, lines)
  await insertSteps(tx, steps)
}

type Line = { recipe: number; ingredientId: number; quantity: string; notes: string; position: number }

/** Lines of cards that have none yet. */
export async function insertLines(tx: Db, lines: readonly Line[]): Promise<void> {
  if (lines.length === 0) return
  await tx.execute(sql`
    insert into recipe_ingredients (recipe_id, ingredient_id, quantity, notes, position)
    select recipe, "ingredientId", quantity, notes, position
    from json_to_recordset(${JSON.stringify(lines)}::text::json)
      as l (recipe int, "ingredientId" int, quantity numeric, notes text, position int)`)
}

/** Steps of methods that have none yet. */
export async function insertSteps(
  tx: Db,
  steps: readonly { recipe: number; position: number; text: string }[],
): Promise<void> {
  if (steps.length === 0) return
  await tx.execute(sql`
    insert into recipe_steps (recipe_id, position, text)
    select recipe, position, text
    from json_to_recordset(${JSON.stringify(steps)}::text::json) as s (recipe int, position int, text text)`)
}
