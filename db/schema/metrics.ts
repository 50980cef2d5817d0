import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  date,
  index,
  integer,
  numeric,
  pgTable,
  primaryKey,
  smallint,
  text,
  time,
  varchar,
} from 'drizzle-orm/pg-core'
import { FIGURE_DIMENSIONS, FOOD_COST_PARTS, RECOMPUTED_REASONS } from '@/domain/vocabulary'
import { instant, oneOf } from './columns'
import { menuItems } from './menu'
import { restaurants } from './restaurants'

const count = (name: string) => integer(name).notNull().default(0)
const large = (name: string) => bigint(name, { mode: 'number' }).notNull().default(0)

/**
 * A restaurant's business day in one row, written when the day is closed: what only a whole day has. Its counters are in
 * `daily_kitchen_parts`.
 */
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
    /** The same without tickets of four hours and more, which somebody forgot to bump. */
    medianWithoutOutliers: numeric('median_without_outliers', { precision: 7, scale: 2 }),
    p90WithoutOutliers: numeric('p90_without_outliers', { precision: 7, scale: 2 }),
    /** Cents: confirmed and not cancelled. */
    revenue: bigint('revenue', { mode: 'number' }).notNull().default(0),
    /** Local time; the hour in which most orders were placed. */
    peakHourStart: time('peak_hour_start'),
    peakHourEnd: time('peak_hour_end'),
    /** 24 counters by local hour: orders placed. */
    ordersByHour: integer('orders_by_hour').array().notNull(),
    /**
     * Orders and cents, confirmed and not cancelled, that were placed by the end of each clock hour of the trading day,
     * of which the first is that of the day cutoff: what "usual by now" is read from. Null until the day is closed.
     */
    ordersSoFar: integer('orders_so_far').array(),
    revenueSoFar: bigint('revenue_so_far', { mode: 'number' }).array(),
    /** Superseded by `daily_kitchen_parts.minutes`; written empty while the release before may still run. */
    prepMinutesHistogram: integer('prep_minutes_histogram').array().notNull().default(sql`'{}'::integer[]`),
    computedAt: instant('computed_at').notNull().defaultNow(),
    /** When the day was closed, after it had ended: from then on it is read from here. Null: by an earlier release. */
    closedAt: instant('closed_at'),
    /** When its figures last changed after that, and why. */
    recomputedAt: instant('recomputed_at'),
    recomputedBecause: text('recomputed_because', { enum: RECOMPUTED_REASONS }),
  },
  (t) => [
    primaryKey({ columns: [t.restaurantId, t.businessDate] }),
    // listUsualSales: the stored days of a date.
    index('daily_kitchen_metrics_day').on(t.businessDate, t.restaurantId),
    check('daily_kitchen_metrics_counts', sql`${t.ordersCompleted} >= 0 and ${t.ordersCancelled} >= 0`),
    check('daily_kitchen_metrics_hours', sql`cardinality(${t.ordersByHour}) = 24`),
  ],
)

/** The counters of some orders; sums of days and of restaurants are sums of these. */
const counters = () => ({
  placed: count('placed'),
  /** Delivered. */
  completed: count('completed'),
  cancelledBeforeFiring: count('cancelled_before_firing'),
  cancelledAfterFiring: count('cancelled_after_firing'),
  /** Confirmed and not cancelled; `revenue` is theirs, in cents, of a station that of its own lines. */
  sold: count('sold'),
  revenue: large('revenue'),
  recalls: count('recalls'),
  /** Orders with a ticket time: fired to ready, of a station to the last of its dishes. */
  tickets: count('tickets'),
  /** Of these: those that were late on the wall, and those of four hours and more (always late, too). */
  late: count('late'),
  outliers: count('outliers'),
  /** Ticket time in milliseconds, of outliers apart. */
  ticketMs: large('ticket_ms'),
  outlierMs: large('outlier_ms'),
  /** Portions; only of stations. */
  dishes: count('dishes'),
})

const figures = () => ({
  ...counters(),
  /** The histogram of ticket times: whole minutes that occurred, 240 for all outliers, and how many tickets each. */
  minutes: smallint('minutes').array().notNull(),
  minuteTickets: integer('minute_tickets').array().notNull(),
})

/**
 * The counters of a restaurant's closed business day: of all of it (part ''), and by channel, station and local hour in
 * which the order was placed ('00' to '23'). They outlive the purged orders.
 */
export const dailyKitchenParts = pgTable(
  'daily_kitchen_parts',
  {
    restaurantId: integer('restaurant_id')
      .notNull()
      .references(() => restaurants.id),
    businessDate: date('business_date').notNull(),
    dimension: text('dimension', { enum: FIGURE_DIMENSIONS }).notNull(),
    part: varchar('part', { length: 20 }).notNull(),
    ...figures(),
  },
  (t) => [
    // All reports of one restaurant or some: a range of business dates of each.
    primaryKey({
      name: 'daily_kitchen_parts_pk',
      columns: [t.restaurantId, t.businessDate, t.dimension, t.part],
    }),
    check('daily_kitchen_parts_dimension', oneOf('dimension', FIGURE_DIMENSIONS)),
  ],
)

/** The counters of each restaurant's closed days of a calendar month: a year of 500 restaurants in some thousand rows. */
export const monthlyKitchenFigures = pgTable(
  'monthly_kitchen_figures',
  {
    restaurantId: integer('restaurant_id')
      .notNull()
      .references(() => restaurants.id),
    /** Its first day. */
    month: date('month').notNull(),
    ...counters(),
  },
  (t) => [
    // listRestaurantFigures: some months of each restaurant.
    primaryKey({ columns: [t.restaurantId, t.month] }),
  ],
)

/** The same summed over all restaurants that have closed that day: a year of 500 restaurants in some thousand rows. */
export const chainKitchenParts = pgTable(
  'chain_kitchen_parts',
  {
    businessDate: date('business_date').notNull(),
    dimension: text('dimension', { enum: FIGURE_DIMENSIONS }).notNull(),
    part: varchar('part', { length: 20 }).notNull(),
    ...figures(),
  },
  (t) => [
    // The dimension first: a report asks for one of them over a range of dates.
    primaryKey({ columns: [t.dimension, t.businessDate, t.part] }),
    check('chain_kitchen_parts_dimension', oneOf('dimension', FIGURE_DIMENSIONS)),
  ],
)

/** The same of a calendar month: of a year twelve histograms of each part, not 365. */
export const chainKitchenMonths = pgTable(
  'chain_kitchen_months',
  {
    /** Its first day. */
    month: date('month').notNull(),
    dimension: text('dimension', { enum: FIGURE_DIMENSIONS }).notNull(),
    part: varchar('part', { length: 20 }).notNull(),
    ...figures(),
  },
  (t) => [
    primaryKey({ columns: [t.dimension, t.month, t.part] }),
    check('chain_kitchen_months_dimension', oneOf('dimension', FIGURE_DIMENSIONS)),
  ],
)

/** Up to which business date, included, each day of a restaurant is closed, and which of its events those days know. */
export const kitchenRollups = pgTable('kitchen_rollups', {
  restaurantId: integer('restaurant_id')
    .primaryKey()
    .references(() => restaurants.id),
  through: date('through').notNull(),
  /** The feed number up to which events are accounted for: later ones of closed days make those be computed again. */
  seq: bigint('seq', { mode: 'number' }).notNull(),
})

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
    // Also rollUpPopularity and listProductMix: a range of business days of each restaurant.
    primaryKey({ columns: [t.restaurantId, t.businessDate, t.menuItemId] }),
    check('daily_item_sales_units', sql`${t.units} > 0`),
  ],
)

/** The same summed over all restaurants that have closed that day. */
export const chainItemSales = pgTable(
  'chain_item_sales',
  {
    businessDate: date('business_date').notNull(),
    menuItemId: integer('menu_item_id')
      .notNull()
      .references(() => menuItems.id),
    units: integer('units').notNull(),
    /** Cents. */
    revenue: bigint('revenue', { mode: 'number' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.businessDate, t.menuItemId] })],
)

/** The same of a calendar month: of a year of a thousand dishes twelve thousand rows, not 365 thousand. */
export const chainItemMonths = pgTable(
  'chain_item_months',
  {
    /** Its first day. */
    month: date('month').notNull(),
    menuItemId: integer('menu_item_id')
      .notNull()
      .references(() => menuItems.id),
    units: bigint('units', { mode: 'number' }).notNull(),
    /** Cents. */
    revenue: bigint('revenue', { mode: 'number' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.month, t.menuItemId] })],
)

/** Up to which business date, included, a restaurant's ledger is in `daily_food_costs`. */
export const foodCostRollups = pgTable('food_cost_rollups', {
  restaurantId: integer('restaurant_id')
    .primaryKey()
    .references(() => restaurants.id),
  through: date('through').notNull(),
})

/** What the stock that a restaurant used on a business day cost, by the prices at which the rollup found it. */
export const dailyFoodCosts = pgTable(
  'daily_food_costs',
  {
    restaurantId: integer('restaurant_id')
      .notNull()
      .references(() => restaurants.id),
    businessDate: date('business_date').notNull(),
    part: text('part', { enum: FOOD_COST_PARTS }).notNull(),
    /** Cents, exactly: quantities have three decimals and unit prices four. */
    value: numeric('value', { precision: 20, scale: 7 }).notNull(),
  },
  (t) => [
    // getFoodCost, listWaste: a range of business days of each restaurant.
    primaryKey({ columns: [t.restaurantId, t.businessDate, t.part] }),
    check('daily_food_costs_part', oneOf('part', FOOD_COST_PARTS)),
  ],
)

/** The same summed over all restaurants. */
export const chainFoodCosts = pgTable(
  'chain_food_costs',
  {
    businessDate: date('business_date').notNull(),
    part: text('part', { enum: FOOD_COST_PARTS }).notNull(),
    value: numeric('value', { precision: 20, scale: 7 }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.businessDate, t.part] }),
    check('chain_food_costs_part', oneOf('part', FOOD_COST_PARTS)),
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
