import { type SQL, sql } from 'drizzle-orm'

/** What a kitchen can take of a level `s`: nothing where it never stocked it, nor where stock is below zero. */
export const onHandHere: SQL = sql`greatest(coalesce(s.on_hand, 0), 0)`

/**
 * `canBePrepared` in SQL, an aggregate over the lines `l` of a card with their levels `s`: how many whole portions stock
 * makes of the dish, 9,999 at most. None means that it can't be prepared.
 */
export const portionsLeft: SQL = sql`least(min(floor(${onHandHere} / l.quantity)), 9999)::int`
