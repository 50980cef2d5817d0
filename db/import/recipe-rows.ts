import { sql } from 'drizzle-orm'
import { recipeOfCells } from '@/domain/recipe-cells'
import { parseRecipeRow } from '@/domain/recipe-row'
import { changedFields, type Fields, pick } from '@/domain/record'
import type { ChainScope } from '@/domain/scope'
import { type NewRecipe, type PreviewLine, previewRecipes, type RecipeOrigin } from '../mutations/recipes'
import { keyText } from '../records/kind'
import { RECORDS } from '../records/kinds'
import { type CheckContext, type CheckedRow, refusedRow, storable } from './checked-row'
import type { CsvRow } from './csv'
import { reasonOf } from './reasons'

/** A recipe of a row's cells, as `createRecipes` takes it, or why there is none. */
export function recipeOfRow(
  header: readonly string[],
  { row, cells }: { row: number; cells: readonly string[] },
): { ok: true; recipe: NewRecipe } | { ok: false; reason: string } {
  const value = recipeOfCells(header, cells)
  if (!value)
    return { ok: false, reason: `the row has ${cells.length} cells, and the header names ${header.length}` }
  const parsed = parseRecipeRow(value)
  return parsed.ok ? { ok: true, recipe: { ...parsed.recipe, row } } : parsed
}

/**
 * What `createRecipes` would do with some rows. Of a recipe that changes the names of chef and ingredients are told, as a
 * new one has no number yet.
 */
export async function checkRecipeRows(
  { db, header }: CheckContext,
  scope: ChainScope<'menu:edit'>,
  origin: RecipeOrigin,
  rows: readonly CsvRow[],
): Promise<CheckedRow[]> {
  const read = rows.map((row) => ({ row, parsed: recipeOfRow(header, row) }))
  const recipes = read.flatMap(({ parsed }) => (parsed.ok ? [parsed.recipe] : []))
  const previews = await previewRecipes(db, scope, { recipes, origin })
  const updated = previews.flatMap((preview) =>
    preview.ok && preview.change === 'updated' && preview.id !== null ? [preview.id] : [],
  )
  const keys = updated.map((id) => ({ id, restaurantId: null }))
  const current = await RECORDS.recipe.read(db, keys, false)
  const lines = previews.flatMap((preview) => ('card' in preview ? preview.card : []))
  const names = await findNames({ db }, [...current.values()], lines)
  let next = 0
  return read.map(({ row, parsed }): CheckedRow => {
    if (!parsed.ok) return refusedRow(row.row, titleIn(header, row.cells), row.cells, parsed.reason)
    const preview = previews[next++]
    const { recipe } = parsed
    if (!preview?.ok) {
      const reason = preview ? reasonOf(preview) : 'was not looked at'
      return refusedRow(row.row, recipe.title, row.cells, reason)
    }
    const told = { row: row.row, name: recipe.title, thing: null, subjectId: preview.id, reason: null }
    const cells = row.cells.map(storable)
    if (preview.change === 'unchanged') return { ...told, cells, verdict: 'same', before: null, after: null }
    const after = inWords(recipe, preview.card, names)
    if (preview.change === 'created') return { ...told, cells, verdict: 'added', before: null, after }
    const card = current.get(keyText({ id: preview.id ?? 0, restaurantId: null }))
    const before: Fields = card
      ? inWords(
          { ...card, chef: names.chefs.get(card.chefId) ?? '', method: card.steps },
          card.lines.map(({ ingredientId, ...line }) => ({ ...line, ingredient: { id: ingredientId } })),
          names,
        )
      : {}
    const changed = changedFields(before, after)
    return { ...told, cells, verdict: 'changed', before: pick(before, Object.keys(changed)), after: changed }
  })
}

type Names = { chefs: Map<number, string>; ingredients: Map<number, { name: string; unit: string }> }

/** Names by id of all that cards speak of. */
async function findNames(
  { db }: Pick<CheckContext, 'db'>,
  cards: readonly { chefId: number; lines: readonly { ingredientId: number }[] }[],
  lines: readonly PreviewLine[],
): Promise<Names> {
  const ingredientIds = [
    ...cards.flatMap((card) => card.lines.map(({ ingredientId }) => ingredientId)),
    ...lines.flatMap(({ ingredient }) => ('id' in ingredient ? [ingredient.id] : [])),
  ]
  const ingredients = await db.execute<{ id: number; name: string; unit: string }>(sql`
    select id, name, unit from ingredients where id = any(${sql.param([...new Set(ingredientIds)])}::int[])`)
  const chefs = await db.execute<{ id: number; name: string }>(sql`
    select id, name from chefs where id = any(${sql.param(cards.map(({ chefId }) => chefId))}::int[])`)
  return {
    chefs: new Map(chefs.map(({ id, name }) => [id, name])),
    ingredients: new Map(ingredients.map(({ id, ...rest }) => [id, rest])),
  }
}

type Told = Pick<NewRecipe, 'title' | 'cuisine' | 'difficulty' | 'prepMinutes' | 'calories' | 'chef'> & {
  method: readonly string[]
}

function inWords(
  { title, cuisine, difficulty, prepMinutes, calories, chef, method }: Told,
  card: readonly PreviewLine[],
  names: Names,
): Fields {
  const lines = card.map(({ ingredient, quantity, notes }) => {
    const known = 'id' in ingredient ? names.ingredients.get(ingredient.id) : undefined
    const name = 'id' in ingredient ? (known?.name ?? '') : ingredient.name
    return [`${quantity} ${known?.unit ?? ''} ${name}`.replace(/\s+/g, ' '), notes].filter(Boolean).join('; ')
  })
  return { title, cuisine, difficulty, prepMinutes, calories, chef, lines, steps: [...method] }
}

function titleIn(header: readonly string[], cells: readonly string[]): string {
  const column = header.findIndex((title) => title.trim().toLowerCase() === 'title')
  return storable(cells[column] ?? '')
}
