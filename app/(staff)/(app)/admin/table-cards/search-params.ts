/** Which cards to print, as the URL says it. */
export type CardsView = {
  /** Slugs. */
  restaurants: string[]
  /** How many for each restaurant. */
  tables: number
  /** Whether they are numbered, and from which number on. */
  isNumbered: boolean
  first: number
}

export const MOST_TABLES = 200
const HIGHEST_NUMBER = 999

type SearchParams = Record<string, string | string[] | undefined>

/** Whatever is malformed counts as not there, and too many as the most. */
export function readCardsView(given: SearchParams): CardsView {
  const { at } = given
  return {
    restaurants: [...new Set([at ?? []].flat())].filter((slug) => slug !== ''),
    tables: Math.min(positiveInteger(given.tables) ?? 8, MOST_TABLES),
    isNumbered: given.numbers === 'on',
    first: Math.min(positiveInteger(given.first) ?? 1, HIGHEST_NUMBER),
  }
}

const positiveInteger = (text: string | string[] | undefined): number | null =>
  typeof text === 'string' && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null
