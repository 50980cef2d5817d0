'use client'

import { useEffect, useState } from 'react'
import type { RecipeAnswer } from '@/app/(staff)/(app)/menu/recipe/route'
import type { RecipeFacts } from '@/db/queries/dish-form'
import { recipeNumber } from '@/domain/dish-form'

const ASK_AFTER_MS = 150

/**
 * The recipe whose number is typed, and names like what is typed. `unknown`: there is no recipe of that number. What
 * was known stays while there is no answer.
 */
export function useRecipe(text: string, initial: RecipeFacts | null) {
  const [recipe, setRecipe] = useState(initial)
  const [suggestions, setSuggestions] = useState<RecipeAnswer['suggestions']>([])
  const number = recipeNumber(text)
  const asks = number === null ? text.trim().length > 1 : number !== recipe?.id

  useEffect(() => {
    if (!asks) return
    const stopped = new AbortController()
    const timer = setTimeout(async () => {
      const query = number === null ? { q: text } : { number: String(number) }
      const answer = await ask(new URLSearchParams(query), stopped.signal)
      if (!answer || stopped.signal.aborted) return
      if (number === null) setSuggestions(answer.suggestions)
      else setRecipe(answer.recipe)
    }, ASK_AFTER_MS)
    return () => {
      clearTimeout(timer)
      stopped.abort()
    }
  }, [asks, number, text])

  return { recipe: number !== null && recipe?.id === number ? recipe : null, suggestions }
}

async function ask(query: URLSearchParams, signal: AbortSignal): Promise<RecipeAnswer | null> {
  const response = await fetch(`/menu/recipe?${query}`, { signal, redirect: 'manual' }).catch(() => null)
  return response?.ok ? response.json() : null
}
