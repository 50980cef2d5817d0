import { validate as isUuid } from 'uuid'

export const PAGE_SIZE = 30

/** Where a page of a list begins, by its address; null is the newest, and whatever is malformed. */
export const readBefore = (given: string | string[] | undefined): string | null =>
  typeof given === 'string' && isUuid(given) ? given : null

/** A page out of one more row than it shows, and where the next begins. */
export function pageOf<Row extends { id: string }>(
  found: readonly Row[],
): { rows: Row[]; older: string | null } {
  const rows = found.slice(0, PAGE_SIZE)
  return { rows, older: found.length > PAGE_SIZE ? (rows.at(-1)?.id ?? null) : null }
}
