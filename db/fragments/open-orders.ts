import { sql } from 'drizzle-orm'
import { OPEN_STATUSES } from '@/domain/vocabulary'

const statuses = OPEN_STATUSES.map((status) => `'${status}'`).join(', ')

/**
 * Whether the order `o` is still on its way. Written out, not bound: the planner must see that it is the predicate of the
 * index `orders_on_wall`.
 */
export const isOpen = sql.raw(`o.status in (${statuses})`)
