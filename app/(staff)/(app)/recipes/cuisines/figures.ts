/** A share as a percentage with one decimal, "15.0 %", which never breaks. */
export const share = (part: number, whole: number, locale: string): string =>
  `${(whole === 0 ? 0 : (part / whole) * 100).toLocaleString(locale, ONE_DECIMAL)}\u00a0%`

/** An average, which comes as a decimal string, to so many places. A dash for the average of nothing. */
export const average = (value: string | null, locale: string, places = 1): string =>
  value === null
    ? '–'
    : Number(value).toLocaleString(locale, { minimumFractionDigits: places, maximumFractionDigits: places })

const ONE_DECIMAL = { minimumFractionDigits: 1, maximumFractionDigits: 1 }

/** The recipes of a cuisine. */
export const cuisineHref = (cuisine: string): string => `/recipes?cuisine=${encodeURIComponent(cuisine)}`
