import { type SQL, sql } from 'drizzle-orm'

/**
 * A new UUIDv7 (RFC 9562, section 5.7) for each row of a set-based insert: a random v4 whose first 48 bits become the
 * time in milliseconds and whose version 4 becomes 7. PostgreSQL has `uuidv7()` only from 18 on.
 */
export const newUuid7 = sql`encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
  placing substring(int8send(floor(extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6),
  52, 1), 53, 1), 'hex')::uuid`

/** The least UUIDv7 of an instant: ids from it on were made at that millisecond or later. */
export const firstUuid7 = (instant: SQL): SQL => sql`(
  lpad(to_hex(floor(extract(epoch from ${instant}) * 1000)::bigint), 12, '0') || '70008000000000000000')::uuid`
