import { NextResponse } from 'next/server'
import { currentChangeSet } from '@/app/_server/change-set'
import { database } from '@/app/_server/database'
import { requireChain } from '@/app/_server/session'
import { getRecipeFacts, listDraftedRecipes, MOST_SUGGESTED, type RecipeFacts } from '@/db/queries/dish-form'
import { searchRecipes } from '@/db/queries/recipe-search'
import { resolveRecipeSearch } from '@/db/queries/recipe-terms'
import { parseRecipeSearch } from '@/domain/recipe-search'
import type { ChainScope } from '@/domain/scope'

const LONGEST = 100

/** What the recipe field of a dish asks for while somebody types: names like it, or one recipe by its number. */
export type RecipeAnswer = { suggestions: { id: number; title: string }[]; recipe: RecipeFacts | null }

export async function GET(request: Request): Promise<NextResponse<RecipeAnswer>> {
  const scope = await requireChain('menu:edit')
  const { searchParams } = new URL(request.url)
  const number = searchParams.get('number') ?? ''
  const words = (searchParams.get('q') ?? '').slice(0, LONGEST)
  const changeSetId = (await currentChangeSet())?.id ?? null
  const recipe = /^[1-9]\d{0,8}$/.test(number)
    ? await getRecipeFacts(database(), scope, Number(number), changeSetId)
    : null
  const suggestions = words.trim() === '' ? [] : await suggest(scope, words.trim(), changeSetId)
  return NextResponse.json({ suggestions, recipe }, { headers: { 'cache-control': 'no-store' } })
}

/** What the change set makes or renames comes first: whoever edits in it is at work on that. */
async function suggest(scope: ChainScope<'menu:edit'>, words: string, changeSetId: number | null) {
  const drafted =
    changeSetId === null ? [] : await listDraftedRecipes(database(), scope, { words, changeSetId })
  const search = parseRecipeSearch({ q: words })
  const terms = await resolveRecipeSearch(database(), scope, { search, stock: null })
  const { rows } = await searchRecipes(database(), scope, terms, { costs: null })
  const live = rows.filter(({ id }) => !drafted.some((draft) => draft.id === id))
  return [...drafted, ...live.map(({ id, title }) => ({ id, title }))].slice(0, MOST_SUGGESTED)
}
