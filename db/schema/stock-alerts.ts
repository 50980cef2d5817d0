import { sql } from 'drizzle-orm'
import {
  check,
  foreignKey,
  index,
  integer,
  numeric,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { ALERT_KINDS } from '@/domain/vocabulary'
import { instant, oneOf } from './columns'
import { stockLevels } from './stock'
import { users } from './users'

/** What runs out, from the moment it does until stock has recovered; rows stay as history. */
export const stockAlerts = pgTable(
  'stock_alerts',
  {
    restaurantId: integer('restaurant_id').notNull(),
    /** UUIDv7. */
    id: uuid('id').notNull(),
    ingredientId: integer('ingredient_id').notNull(),
    kind: text('kind', { enum: ALERT_KINDS }).notNull(),
    raisedAt: instant('raised_at').notNull().defaultNow(),
    /** On hand at that moment. */
    onHand: numeric('on_hand', { precision: 14, scale: 3 }).notNull(),
    clearedAt: instant('cleared_at'),
    acknowledgedBy: integer('acknowledged_by').references(() => users.id),
    acknowledgedAt: instant('acknowledged_at'),
    /** Why it may wait. */
    reason: text('reason').notNull().default(''),
    /** Until when an acknowledged one is quiet; null: until stock has recovered. */
    snoozedUntil: instant('snoozed_until'),
  },
  (t) => [
    primaryKey({ columns: [t.restaurantId, t.id] }),
    foreignKey({
      name: 'stock_alerts_level_fk',
      columns: [t.restaurantId, t.ingredientId],
      foreignColumns: [stockLevels.restaurantId, stockLevels.ingredientId],
    }),
    // Raised once until it recovers. Also countAlerts: what is open, however many were.
    uniqueIndex('stock_alerts_open')
      .on(t.restaurantId, t.ingredientId, t.kind)
      .where(sql`${t.clearedAt} is null`),
    // listAlertsBySupplier: what somebody said may wait, without reading what else is open.
    index('stock_alerts_answered')
      .on(t.restaurantId, t.ingredientId)
      .where(sql`${t.clearedAt} is null and ${t.acknowledgedAt} is not null`),
    check('stock_alerts_kind', oneOf('kind', ALERT_KINDS)),
    check('stock_alerts_snoozed', sql`${t.snoozedUntil} is null or ${t.acknowledgedAt} is not null`),
  ],
)
