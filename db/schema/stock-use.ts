import { sql } from 'drizzle-orm'
import { check, date, foreignKey, integer, numeric, pgTable, primaryKey } from 'drizzle-orm/pg-core'
import { restaurants } from './restaurants'
import { stockLevels } from './stock'

const quantity = (name: string) => numeric(name, { precision: 14, scale: 3 }).notNull().default('0')

/**
 * The ledger by restaurant, business date and ingredient, in the ingredient's unit: days that are over, each written
 * once by the rollup. What on hand changed by is received − consumed − wasted + counted + transferred.
 */
export const dailyStockUse = pgTable(
  'daily_stock_use',
  {
    restaurantId: integer('restaurant_id').notNull(),
    businessDate: date('business_date').notNull(),
    ingredientId: integer('ingredient_id').notNull(),
    received: quantity('received'),
    /** By orders, less what cancelled ones gave back: what was sold, by recipe card. */
    consumed: quantity('consumed'),
    wasted: quantity('wasted'),
    /** Signed: what counts found more, or less. */
    counted: quantity('counted'),
    /** Signed: what came from other restaurants, less what went there. */
    transferred: quantity('transferred'),
  },
  (t) => [
    // listStockVariance: some days of all ingredients; getIngredientUse probes it day by day.
    primaryKey({ columns: [t.restaurantId, t.businessDate, t.ingredientId] }),
    foreignKey({
      name: 'daily_stock_use_level_fk',
      columns: [t.restaurantId, t.ingredientId],
      foreignColumns: [stockLevels.restaurantId, stockLevels.ingredientId],
    }),
  ],
)

/** What a restaurant used of an ingredient in its last 28 whole business days, for lists over all ingredients. */
export const stockUse = pgTable(
  'stock_use',
  {
    restaurantId: integer('restaurant_id').notNull(),
    ingredientId: integer('ingredient_id').notNull(),
    /** Consumed and wasted on the four Mondays, the four Tuesdays … in the ingredient's unit. */
    used: numeric('used', { precision: 14, scale: 3 }).array().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.restaurantId, t.ingredientId] }),
    foreignKey({
      name: 'stock_use_level_fk',
      columns: [t.restaurantId, t.ingredientId],
      foreignColumns: [stockLevels.restaurantId, stockLevels.ingredientId],
    }),
    check('stock_use_weekdays', sql`cardinality(${t.used}) = 7`),
  ],
)

/** Up to which business date, included, a restaurant's ledger is in `daily_stock_use`. */
export const stockRollups = pgTable('stock_rollups', {
  restaurantId: integer('restaurant_id')
    .primaryKey()
    .references(() => restaurants.id),
  through: date('through').notNull(),
})
