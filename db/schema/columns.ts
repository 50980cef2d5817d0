import { sql } from 'drizzle-orm'
import { timestamp } from 'drizzle-orm/pg-core'

/** The instant something was recorded. `timestamptz`, because a chain spans time zones. */
export const createdAt = () => timestamp('created_at', { withTimezone: true }).notNull().defaultNow()

export const instant = (name: string) => timestamp(name, { withTimezone: true })

/** `column in ('a', 'b')`, written from the same list that zod and the screens use. */
export const oneOf = (column: string, values: readonly string[]) =>
  sql.raw(`"${column}" in (${values.map((value) => `'${value}'`).join(', ')})`)

/** `column <@ array['a', 'b']`: every element is one of them; null passes. */
export const allOf = (column: string, values: readonly string[]) =>
  sql.raw(`"${column}" <@ array[${values.map((value) => `'${value}'`).join(', ')}]::text[]`)
