import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { MENU_TAG, RECIPES_TAG } from '@/domain/cache-tags'
import { DIFFICULTIES } from '@/domain/recipe'
import type { RecipeRow } from '@/domain/recipe-row'
import type { ChainScope, SystemScope } from '@/domain/scope'
import type { Db } from '../client'
import { dietsOfCard } from '../fragments/diets'
import { beforeCards } from '../records/diets'
import { insertLines, insertSteps } from '../records/recipes'
import { invalidate } from './invalidate'
import { addChefs, addIngredients, findChefs, findIngredients, lockNames, nextIds } from './recipe-names'
import { type PlannedRecipe, RecipePlanner, type RecipeRefusal } from './recipe-plan'
import { transact } from './transact'

/** A recipe for the book and the row of its file that it stands in. */
export type NewRecipe = RecipeRow & { row: number }

/** Where recipes come from, so that the same ones are found again. */
export type RecipeOrigin = {
  /** Whose ids the recipes have. */
  source: string
  /** `recipe_imports.id` of the file. */
  importId: number
}

export type CreatedRecipe =
  | { ok: true; change: 'created' | 'updated'; id: number }
  | { ok: true; change: 'unchanged'; id: number }
  | ({ ok: false } & RecipeRefusal)

export type CreatedRecipes = {
  /** In the order of the recipes. */
  results: CreatedRecipe[]
  newChefs: number
  newIngredients: number
}

const TRIES = 5

/**
 * Takes recipes into the book, all in one transaction and a dozen statements however many they are. One that the same
 * source has brought before (by its id there, else by title and chef) is brought up to date if the source says something
 * new of it, and else left alone, as people may have changed it here. Chefs and ingredients that the book doesn't know
 * are added; of known ones nothing is changed.
 */
export async function createRecipes(
  db: Db,
  _scope: ChainScope<'menu:edit'> | SystemScope,
  { recipes, origin }: { recipes: readonly NewRecipe[]; origin: RecipeOrigin },
): Promise<CreatedRecipes> {
  for (let tries = 1; tries <= TRIES; tries++) {
    const created = await transact<CreatedRecipes | 'lost_race'>(db, (tx, refuse) =>
      createOnce(tx, recipes, origin, () => refuse('lost_race')),
    )
    if (created !== 'lost_race') return created
  }
  throw new Error(`Others created the same recipes at the same moment, ${TRIES} times.`)
}

type Stored = {
  key: string
  id: number | null
  hash: string | null
  importId: number | null
  row: number | null
}

/** A recipe that is to be written, and under which id once that is known. */
type Writing = { recipe: NewRecipe; key: string; hash: string; id: number | null; planned: PlannedRecipe }

export type RecipePreview =
  | { ok: true; change: 'unchanged'; id: number | null }
  | { ok: true; change: 'created' | 'updated'; id: number | null; card: PreviewLine[] }
  | ({ ok: false } & RecipeRefusal)

/** A line of the card as it would be: in the unit in which the book keeps the ingredient. */
export type PreviewLine = { ingredient: { id: number } | { name: string }; quantity: string; notes: string }

/** What `createRecipes` would do now, in the order of the recipes. Nothing is written. */
export async function previewRecipes(
  db: Db,
  _scope: ChainScope<'menu:edit'>,
  { recipes, origin }: { recipes: readonly NewRecipe[]; origin: RecipeOrigin },
): Promise<RecipePreview[]> {
  const { verdicts, planner } = await decide(db, recipes, origin, { adds: false })
  return verdicts.map((verdict, n): RecipePreview => {
    if (!('writing' in verdict)) return verdict
    const { recipe, id, planned } = verdict.writing
    if (recipe !== recipes[n]) return { ok: true, change: 'unchanged', id }
    const card = planned.lines.map(({ ingredient, quantity, notes }) => ({
      ingredient:
        typeof ingredient === 'number'
          ? { name: planner.newIngredients[ingredient]?.name ?? bug('A new ingredient has no name.') }
          : { id: ingredient.id },
      quantity,
      notes,
    }))
    return { ok: true, change: id === null ? 'created' : 'updated', id, card }
  })
}

async function createOnce(
  tx: Db,
  recipes: readonly NewRecipe[],
  origin: RecipeOrigin,
  lostRace: () => Error,
): Promise<CreatedRecipes> {
  await beforeCards(tx)
  const { verdicts, writings, planner } = await decide(tx, recipes, origin, { adds: true })
  const ids = await write(tx, writings, planner, origin, lostRace)
  if (writings.length > 0) await invalidate(tx, [RECIPES_TAG])
  const results = verdicts.map((verdict, n): CreatedRecipe => {
    if (!('writing' in verdict)) return verdict
    const { writing } = verdict
    const id = ids.get(writing) ?? bug('A recipe was not written.')
    if (writing.recipe !== recipes[n]) return { ok: true, change: 'unchanged', id }
    return { ok: true, change: writing.id === null ? 'created' : 'updated', id }
  })
  return {
    results,
    newChefs: planner.newChefs.length,
    newIngredients: planner.newIngredients.length,
  }
}

type Decided = {
  verdicts: ({ writing: Writing } | Exclude<CreatedRecipe, { change: 'created' | 'updated' }>)[]
  writings: Writing[]
  planner: RecipePlanner
}

/** What is to become of each recipe. `adds`: names that the book doesn't know are added next, so others must wait. */
async function decide(
  tx: Db,
  recipes: readonly NewRecipe[],
  origin: RecipeOrigin,
  { adds }: { adds: boolean },
): Promise<Decided> {
  const stored = await findStored(tx, recipes, origin)
  const hashes = recipes.map(hashOf)
  const news = recipes.filter((_, n) => stored[n]?.hash !== hashes[n])
  const planner = await preparePlanner(tx, news, adds)
  const writings = new Map<string, Writing>()

  const verdicts = recipes.map((recipe, n): Decided['verdicts'][number] => {
    const { key, id, ...before } = stored[n] ?? bug('A recipe was not looked up.')
    const hash = hashes[n] ?? ''
    const earlier = writings.get(key)
    if (earlier) {
      if (earlier.hash === hash) return { writing: earlier }
      return { ok: false, reason: 'said_otherwise', row: earlier.recipe.row }
    }
    if (id !== null && before.hash === hash) return { ok: true, change: 'unchanged', id }
    if (before.importId === origin.importId && before.row !== null && before.row !== recipe.row)
      return { ok: false, reason: 'said_otherwise', row: before.row }
    const planned = planner.plan(recipe)
    if ('reason' in planned) return { ok: false, ...planned }
    const writing = { recipe, key, hash, id, planned }
    writings.set(key, writing)
    return { writing }
  })

  return { verdicts, writings: [...writings.values()], planner }
}

/** What the book has of each recipe, in their order. */
async function findStored(
  tx: Db,
  recipes: readonly NewRecipe[],
  { source }: RecipeOrigin,
): Promise<Stored[]> {
  const given = recipes.map(({ id, title, chef }) => ({ id, title, chef }))
  return tx.execute<Stored>(sql`
    with given as materialized (
      select n, left(encode(sha256(convert_to(
          case when id is null then json_build_array(${source}::text, name_key(title), name_key(chef))
            else json_build_array(${source}::text, id) end::text, 'UTF8')), 'hex'), 32)::uuid as key
      from rows from (
        json_to_recordset(${JSON.stringify(given)}::text::json) as (id text, title text, chef text)
      ) with ordinality as g (id, title, chef, n)
    )
    select g.key, r.id, r.import_hash as hash, r.import_id as "importId", r.import_row as row
    from given g left join recipes r on r.import_key = g.key
    order by g.n`)
}

/** All that a file says of a recipe itself: what it says of new chefs and ingredients is asked only once. */
function hashOf({ row, id, chefExperience, lines, ...recipe }: NewRecipe): string {
  const said = [
    recipe.title,
    recipe.cuisine,
    recipe.difficulty,
    recipe.prepMinutes,
    recipe.calories,
    recipe.chef,
    lines.map(({ name, quantity, unit, notes }) => [name, quantity, unit, notes]),
    recipe.method,
  ]
  const hex = createHash('sha256').update(JSON.stringify(said)).digest('hex')
  return hex.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

async function preparePlanner(tx: Db, recipes: readonly NewRecipe[], adds: boolean): Promise<RecipePlanner> {
  const chefNames = [...new Set(recipes.map(({ chef }) => chef))]
  const ingredientNames = [...new Set(recipes.flatMap(({ lines }) => lines.map(({ name }) => name)))]
  const look = async () => ({
    chefs: await findChefs(tx, chefNames),
    ingredients: await findIngredients(tx, ingredientNames),
  })
  let names = await look()
  if (adds && [...names.chefs.values(), ...names.ingredients.values()].some(({ found }) => found === null)) {
    await lockNames(tx)
    names = await look()
  }
  return new RecipePlanner(names.chefs, names.ingredients)
}

async function write(
  tx: Db,
  writings: readonly Writing[],
  planner: RecipePlanner,
  { importId }: RecipeOrigin,
  lostRace: () => Error,
): Promise<Map<Writing, number>> {
  const ids = new Map<Writing, number>()
  if (writings.length === 0) return ids
  const chefIds = planner.newChefs.length > 0 ? await addChefs(tx, planner.newChefs) : []
  const ingredientIds =
    planner.newIngredients.length > 0 ? await addIngredients(tx, planner.newIngredients) : []
  const freshIds = await nextIds(tx, 'recipes', writings.filter(({ id }) => id === null).length)
  let used = 0
  for (const writing of writings) ids.set(writing, writing.id ?? freshIds[used++] ?? bug('Too few ids.'))

  const cards = writings.map((writing) => {
    const { recipe, key, hash, id, planned } = writing
    const recipeId = ids.get(writing) ?? bug('A recipe has no id.')
    const lines = planned.lines.map(({ ingredient, ...rest }) => ({
      ...rest,
      ingredientId:
        typeof ingredient === 'number' ? (ingredientIds[ingredient] ?? bug('Too few ids.')) : ingredient.id,
    }))
    return {
      isNew: id === null,
      recipe: {
        id: recipeId,
        title: recipe.title,
        cuisine: recipe.cuisine,
        difficulty: DIFFICULTIES.indexOf(recipe.difficulty) + 1,
        prep: recipe.prepMinutes,
        chef: typeof planned.chef === 'number' ? planned.chef : chefIds[planned.chef.place],
        calories: recipe.calories,
        ingredients: `{${lines.map(({ ingredientId }) => ingredientId).sort((a, b) => a - b)}}`,
        key,
        hash,
        row: recipe.row,
      },
      lines: lines.map((line, position) => ({ recipe: recipeId, position: position + 1, ...line })),
      steps: recipe.method.map((text, place) => ({ recipe: recipeId, position: place + 1, text })),
    }
  })
  const made = cards.filter(({ isNew }) => isNew).map(({ recipe }) => recipe)
  const changed = cards.filter(({ isNew }) => !isNew).map(({ recipe }) => recipe)
  if (made.length > 0 && (await insertRecipes(tx, made, importId)) < made.length) throw lostRace()
  if (changed.length > 0) await updateRecipes(tx, changed, importId)
  await insertLines(
    tx,
    cards.flatMap(({ lines }) => lines),
  )
  await insertSteps(
    tx,
    cards.flatMap(({ steps }) => steps),
  )
  return ids
}

const RECIPE =
  sql.raw(`as g (id int, title text, cuisine text, difficulty int, prep int, chef int, calories int,
  ingredients int[], key uuid, hash uuid, row int)`)

const asJson = (rows: readonly object[]) => sql`json_to_recordset(${JSON.stringify(rows)}::text::json)`

/** In order of the key, so that two who create the same recipes wait for one another in one direction only. */
async function insertRecipes(tx: Db, recipes: readonly object[], importId: number): Promise<number> {
  const rows = await tx.execute(sql`
    insert into recipes (id, title, cuisine, difficulty, prep_time, chef_id, calories, ingredient_ids,
      import_key, import_hash, import_id, import_row, dietary_restrictions) overriding system value
    select id, title, cuisine, difficulty, prep, chef, calories, ingredients, key, hash, ${importId}::int, row,
      ${dietsOfCard(sql`g.ingredients`)}
    from ${asJson(recipes)} ${RECIPE}
    order by key
    on conflict (import_key) where import_key is not null do nothing
    returning 1`)
  return rows.length
}

/** Also takes the old cards and methods away, and says that menus are stale where one of the recipes is sold. */
async function updateRecipes(tx: Db, recipes: readonly { id: number | undefined }[], importId: number) {
  const ids = sql`${sql.param(recipes.map(({ id }) => id))}::int[]`
  await tx.execute(sql`select from recipes where id = any(${ids}) order by id for update`)
  await tx.execute(sql`
    update recipes r set title = g.title, cuisine = g.cuisine, difficulty = g.difficulty, prep_time = g.prep,
      chef_id = g.chef, calories = g.calories, ingredient_ids = g.ingredients, import_hash = g.hash,
      import_id = ${importId}::int, import_row = g.row, dietary_restrictions = ${dietsOfCard(sql`g.ingredients`)}
    from ${asJson(recipes)} ${RECIPE}
    where r.id = g.id`)
  await tx.execute(sql`delete from recipe_ingredients where recipe_id = any(${ids})`)
  await tx.execute(sql`delete from recipe_steps where recipe_id = any(${ids})`)
  const [sold] = await tx.execute(sql`select from menu_items where recipe_id = any(${ids}) limit 1`)
  if (sold) await invalidate(tx, [MENU_TAG])
}

function bug(message: string): never {
  throw new Error(message)
}
