import { NextResponse } from 'next/server'
import { currentChangeSet } from '@/app/_server/change-set'
import { database } from '@/app/_server/database'
import { requireChain } from '@/app/_server/session'
import { getRecipeFacts, type RecipeFacts } from '@/db/queries/dish-form'
import { searchRecipes } from '@/db/queries/recipe-search'
import { resolveRecipeSearch } from '@/db/queries/recipe-terms'
import { parseRecipeSearch } from '@/domain/recipe-search'

const SUGGESTIONS = 8
const LONGEST = 100

/** What the recipe field of a dish asks for while somebody types: names like it, or one recipe by its number. */
export type RecipeAnswer = { suggestions: { id: number; title: string }[]; recipe: RecipeFacts | null }

export async function GET(request: Request): Promise<NextResponse<RecipeAnswer>> {
  const scope = await requireChain('menu:edit')
  const { searchParams } = new URL(request.url)
  const number = searchParams.get('number') ?? ''
  const words = (searchParams.get('q') ?? '').slice(0, LONGEST)
  const recipe = /^[1-9]\d{0,8}$/.test(number)
    ? await getRecipeFacts(database(), scope, Number(number), (await currentChangeSet())?.id ?? null)
    : null
  const suggestions = words.trim() === '' ? [] : await suggest(scope, words)
  return NextResponse.json({ suggestions, recipe }, { headers: { 'cache-control': 'no-store' } })
}

async function suggest(scope: Awaited<ReturnType<typeof requireChain<'menu:edit'>>>, words: string) {
  const search = parseRecipeSearch({ q: words })
  const terms = await resolveRecipeSearch(database(), scope, { search, stock: null })
  const { rows } = await searchRecipes(database(), scope, terms, { costs: null })
  return rows.slice(0, SUGGESTIONS).map(({ id, title }) => ({ id, title }))
}
