import { sql } from 'drizzle-orm'
import {
  check,
  date,
  foreignKey,
  index,
  integer,
  numeric,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core'
import { WASTE_REASONS } from '@/domain/vocabulary'
import { createdAt, oneOf } from './columns'
import { ingredients } from './ingredients'
import { restaurants } from './restaurants'
import { users } from './users'

/** What somebody threw away and why. Its id is made by the form, so that one sent twice is written off once. */
export const wasteEntries = pgTable(
  'waste_entries',
  {
    restaurantId: integer('restaurant_id')
      .notNull()
      .references(() => restaurants.id),
    /** UUIDv7: listWaste goes by it, newest first. */
    id: uuid('id').notNull(),
    ingredientId: integer('ingredient_id')
      .notNull()
      .references(() => ingredients.id),
    /** In the ingredient's unit. */
    quantity: numeric('quantity', { precision: 14, scale: 3 }).notNull(),
    reason: text('reason', { enum: WASTE_REASONS }).notNull(),
    note: text('note').notNull().default(''),
    /** Cents for one unit at that moment. */
    unitPrice: numeric('unit_price', { precision: 12, scale: 4 }).notNull(),
    businessDate: date('business_date').notNull(),
    createdBy: integer('created_by').references(() => users.id),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.restaurantId, t.id] }),
    check('waste_entries_quantity', sql`${t.quantity} > 0`),
    check('waste_entries_reason', oneOf('reason', WASTE_REASONS)),
  ],
)

/** Goods that went from one restaurant, whose row this is, to another. The id is made by the form. */
export const stockTransfers = pgTable(
  'stock_transfers',
  {
    restaurantId: integer('restaurant_id')
      .notNull()
      .references(() => restaurants.id),
    /** UUIDv7: listTransfers goes by it, newest first. */
    id: uuid('id').notNull(),
    toRestaurantId: integer('to_restaurant_id')
      .notNull()
      .references(() => restaurants.id),
    note: text('note').notNull().default(''),
    createdBy: integer('created_by').references(() => users.id),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.restaurantId, t.id] }),
    // listTransfers: what came from others.
    index('stock_transfers_to').on(t.toRestaurantId, t.id),
    check('stock_transfers_elsewhere', sql`${t.toRestaurantId} <> ${t.restaurantId}`),
  ],
)

export const stockTransferLines = pgTable(
  'stock_transfer_lines',
  {
    restaurantId: integer('restaurant_id').notNull(),
    transferId: uuid('transfer_id').notNull(),
    ingredientId: integer('ingredient_id')
      .notNull()
      .references(() => ingredients.id),
    /** In the ingredient's unit. */
    quantity: numeric('quantity', { precision: 14, scale: 3 }).notNull(),
    /** Cents for one unit at that moment. */
    unitPrice: numeric('unit_price', { precision: 12, scale: 4 }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.restaurantId, t.transferId, t.ingredientId] }),
    foreignKey({
      name: 'stock_transfer_lines_transfer_fk',
      columns: [t.restaurantId, t.transferId],
      foreignColumns: [stockTransfers.restaurantId, stockTransfers.id],
    }),
    check('stock_transfer_lines_quantity', sql`${t.quantity} > 0`),
  ],
)
