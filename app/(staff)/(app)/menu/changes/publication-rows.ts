import type { Publication } from '@/db/queries/publications'
import type { PublicationRow } from './publication-list'
import { whenWords } from './when-words'

/** Publications as their list shows them. */
export function publicationRows(
  publications: readonly Publication[],
  restaurants: readonly { id: number; name: string }[],
  locale: string,
): PublicationRow[] {
  return publications.map(({ id, name, isUndone, restaurantIds, by, at, changes }) => {
    const reach = restaurantIds
      ? restaurantIds
          .map((one) => restaurants.find((r) => r.id === one)?.name ?? 'a closed restaurant')
          .join(', ')
      : 'whole chain'
    const count = `${changes.toLocaleString(locale)} ${changes === 1 ? 'change' : 'changes'}`
    return {
      id,
      name,
      isUndone,
      words: `${by ?? 'The system'}, ${whenWords(at, locale)} · ${count} · ${reach}`,
    }
  })
}
