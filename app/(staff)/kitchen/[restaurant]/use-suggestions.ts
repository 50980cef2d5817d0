'use client'

import { useEffect, useState } from 'react'
import type { EightySixSuggestions } from '@/db/queries/eighty-six-suggestions'
import type { OffDish } from '@/domain/wall'

/** Stock moves with every order; a wall that looks this often costs one small query each time. */
const ASK_AGAIN_MS = 120_000
const NOTHING: EightySixSuggestions = { eightySix: [], putBack: [] }

/**
 * What stock says about the menu. Asked for when the contact was found, when something was taken off or put back or ran
 * low, and every two minutes; what was heard last stays while there is no contact.
 */
export function useSuggestions(
  slug: string,
  { isActive, off, lowStock }: { isActive: boolean; off: readonly OffDish[]; lowStock: number },
): EightySixSuggestions {
  const [suggestions, setSuggestions] = useState(NOTHING)
  const menu = off.map(({ menuItemId }) => menuItemId).join()

  // biome-ignore lint/correctness/useExhaustiveDependencies: what was taken off and what ran low ask again
  useEffect(() => {
    if (!isActive) return
    const controller = new AbortController()
    const ask = () =>
      fetch(`/kitchen/${slug}/suggestions`, { redirect: 'manual', signal: controller.signal })
        .then(async (response) => {
          if (response.ok) setSuggestions(await response.json())
        })
        // No answer: the next one is asked for soon.
        .catch(() => {})
    void ask()
    const timer = setInterval(ask, ASK_AGAIN_MS)
    return () => {
      clearInterval(timer)
      controller.abort()
    }
  }, [slug, isActive, menu, lowStock])

  return suggestions
}
