import { type SQL, sql } from 'drizzle-orm'

/** An instant as whole milliseconds since 1970, as JavaScript counts. */
export const milliseconds = (instant: SQL): SQL => sql`floor(extract(epoch from ${instant}) * 1000)::float8`
