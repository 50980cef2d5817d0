import { type SQL, sql } from 'drizzle-orm'

/** Whether a name holds a piece of text, as people compare names (`name_key`): in any case and without accents. */
export const holdsName = (name: SQL, piece: string): SQL =>
  sql`name_key(${name}) like '%' || replace(replace(replace(name_key(${piece}), '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%'`
