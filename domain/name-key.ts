/**
 * What people compare names by, as `name_key` in the database: without case, accents, spaces and the compatibility forms
 * of Unicode. For hints while somebody types; which name is meant the database decides.
 */
export const nameKey = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim()
