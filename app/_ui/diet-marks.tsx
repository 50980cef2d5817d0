import { tellingDiets } from '@/domain/diet'
import type { Diet } from '@/domain/vocabulary'
import { DIET_LETTERS, DIET_WORDS } from './diet-words'

/** The diets that say most, as letters, and in words for who hovers or listens. One element, since a page has dozens. */
export function DietMarks({ diets, className }: { diets: readonly Diet[]; className?: string }) {
  const telling = tellingDiets(diets)
  if (telling.length === 0) return null
  const words = telling.map((diet) => DIET_WORDS[diet]).join(', ')
  return (
    <span role="img" aria-label={words} title={words} className={className}>
      {telling.map((diet) => DIET_LETTERS[diet]).join(' ')}
    </span>
  )
}
