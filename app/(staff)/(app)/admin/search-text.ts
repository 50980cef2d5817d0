const LONGEST_SEARCH = 100

/** What was searched for: without control characters and halves of characters, which PostgreSQL can't take. */
export const readSearchText = (given: string | string[] | undefined): string =>
  typeof given === 'string'
    ? given
        .slice(0, LONGEST_SEARCH)
        .replace(/[\p{Cc}\p{Cs}]+/gu, ' ')
        .trim()
    : ''
