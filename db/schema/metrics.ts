import { sql } from 'drizzle-orm'
import { bigint, check, date, integer, numeric, pgTable, primaryKey, time } from 'drizzle-orm/pg-core'
import { instant } from './columns'
import { menuItems } from './menu'
import { restaurants } from './restaurants'

/** A restaurant's business day in figures, kept by the rollup job. The key is the only index: all reads start from it. */
export const dailyKitchenMetrics = pgTable(
  'daily_kitchen_metrics',
  {
    restaurantId: integer('restaurant_id')
      .notNull()
      .references(() => restaurants.id),
    businessDate: date('business_date').notNull(),
    ordersCompleted: integer('orders_completed').notNull().default(0),
    ordersCancelled: integer('orders_cancelled').notNull().default(0),
    /** Minutes from fired to ready. Null on a day without a finished ticket. */
    averagePrepTime: numeric('average_prep_time', { precision: 7, scale: 2 }),
    medianPrepTime: numeric('median_prep_time', { precision: 7, scale: 2 }),
    p90PrepTime: numeric('p90_prep_time', { precision: 7, scale: 2 }),
    /** Cents: confirmed and not cancelled. */
    revenue: bigint('revenue', { mode: 'number' }).notNull().default(0),
    /** Local time; the hour in which most orders were placed. */
    peakHourStart: time('peak_hour_start'),
    peakHourEnd: time('peak_hour_end'),
    /** 24 counters by local hour: orders placed. Outlives the purged orders. */
    ordersByHour: integer('orders_by_hour').array().notNull(),
    /** Tickets by whole minutes of ticket time, the last counter holding all longer ones; for percentiles over ranges. */
    prepMinutesHistogram: integer('prep_minutes_histogram').array().notNull(),
    computedAt: instant('computed_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.restaurantId, t.businessDate] }),
    check('daily_kitchen_metrics_counts', sql`${t.ordersCompleted} >= 0 and ${t.ordersCancelled} >= 0`),
    check('daily_kitchen_metrics_hours', sql`cardinality(${t.ordersByHour}) = 24`),
  ],
)

export const dailyItemSales = pgTable(
  'daily_item_sales',
  {
    restaurantId: integer('restaurant_id')
      .notNull()
      .references(() => restaurants.id),
    businessDate: date('business_date').notNull(),
    menuItemId: integer('menu_item_id')
      .notNull()
      .references(() => menuItems.id),
    units: integer('units').notNull(),
    /** Cents. */
    revenue: bigint('revenue', { mode: 'number' }).notNull(),
  },
  (t) => [
    // Also rollUpPopularity: a range of business days of each restaurant.
    primaryKey({ columns: [t.restaurantId, t.businessDate, t.menuItemId] }),
    check('daily_item_sales_units', sql`${t.units} > 0`),
  ],
)

/** Units sold over the last 28 business days in one restaurant. */
export const itemPopularity = pgTable(
  'item_popularity',
  {
    restaurantId: integer('restaurant_id')
      .notNull()
      .references(() => restaurants.id),
    menuItemId: integer('menu_item_id')
      .notNull()
      .references(() => menuItems.id),
    units: integer('units').notNull(),
  },
  (t) => [primaryKey({ columns: [t.restaurantId, t.menuItemId] })],
)

/** The same over the whole chain; the menu list ranks a thousand dishes by it, so it is stored summed. */
export const chainPopularity = pgTable('chain_popularity', {
  menuItemId: integer('menu_item_id')
    .primaryKey()
    .references(() => menuItems.id),
  units: integer('units').notNull(),
})
