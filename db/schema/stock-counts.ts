import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  date,
  foreignKey,
  integer,
  numeric,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core'
import { COUNT_STATUSES, STORAGE_AREAS } from '@/domain/vocabulary'
import { createdAt, instant, oneOf } from './columns'
import { ingredients } from './ingredients'
import { restaurants } from './restaurants'
import { users } from './users'

/** A stocktake. Its id is made by the form, so that one sent twice begins once. */
export const stockCounts = pgTable(
  'stock_counts',
  {
    restaurantId: integer('restaurant_id')
      .notNull()
      .references(() => restaurants.id),
    /** UUIDv7: listStockCounts goes by it, newest first. */
    id: uuid('id').notNull(),
    /** Null: everything. */
    storageArea: text('storage_area', { enum: STORAGE_AREAS }),
    /** Whoever counts is not told what should be there. */
    isBlind: boolean('is_blind').notNull(),
    status: text('status', { enum: COUNT_STATUSES }).notNull().default('open'),
    businessDate: date('business_date').notNull(),
    startedBy: integer('started_by').references(() => users.id),
    createdAt: createdAt(),
    /** Who posted or dropped it. */
    closedBy: integer('closed_by').references(() => users.id),
    closedAt: instant('closed_at'),
  },
  (t) => [
    primaryKey({ columns: [t.restaurantId, t.id] }),
    check('stock_counts_storage_area', oneOf('storage_area', STORAGE_AREAS)),
    check('stock_counts_status', oneOf('status', COUNT_STATUSES)),
    check('stock_counts_closed', sql`(${t.status} = 'open') = (${t.closedAt} is null)`),
  ],
)

/** What was found of one ingredient, saved as it is typed. */
export const stockCountLines = pgTable(
  'stock_count_lines',
  {
    restaurantId: integer('restaurant_id').notNull(),
    countId: uuid('count_id').notNull(),
    ingredientId: integer('ingredient_id')
      .notNull()
      .references(() => ingredients.id),
    /** In the ingredient's unit; null: typed by mistake, not counted. */
    counted: numeric('counted', { precision: 14, scale: 3 }),
    /** On hand at the moment it was counted: the difference to it is posted, whatever moved since. */
    expected: numeric('expected', { precision: 14, scale: 3 }).notNull(),
    /** Cents for one unit at that moment: what the difference is worth. */
    unitPrice: numeric('unit_price', { precision: 12, scale: 4 }).notNull(),
    countedBy: integer('counted_by').references(() => users.id),
    countedAt: instant('counted_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.restaurantId, t.countId, t.ingredientId] }),
    foreignKey({
      name: 'stock_count_lines_count_fk',
      columns: [t.restaurantId, t.countId],
      foreignColumns: [stockCounts.restaurantId, stockCounts.id],
    }),
    check('stock_count_lines_counted', sql`${t.counted} >= 0`),
  ],
)
