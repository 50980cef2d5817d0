import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  time,
  varchar,
} from 'drizzle-orm/pg-core'
import { CHANNELS, STOCK_POLICIES } from '@/domain/vocabulary'
import { createdAt, oneOf } from './columns'

/**
 * No index but the constraints': the table holds at most some hundreds of rows, which is a handful of pages, so
 * a scan beats any index on `name`, `is_active` or `created_at`.
 */
export const restaurants = pgTable(
  'restaurants',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    name: varchar('name', { length: 200 }).notNull(),
    slug: varchar('slug', { length: 80 }).notNull().unique(),
    address: text('address').notNull(),
    phone: varchar('phone', { length: 20 }).notNull(),
    isActive: boolean('is_active').notNull().default(true),
    openingTime: time('opening_time').notNull(),
    closingTime: time('closing_time').notNull(),
    timeZone: text('time_zone').notNull(),
    /** Local time at which the trading day ends, so that an order at 01:30 belongs to the evening before. */
    dayCutoff: time('day_cutoff').notNull().default('04:00'),
    stockPolicy: text('stock_policy', { enum: STOCK_POLICIES }).notNull().default('warn'),
    autoConfirm: boolean('auto_confirm').notNull().default(true),
    amberMinutes: smallint('amber_minutes').notNull().default(5),
    redMinutes: smallint('red_minutes').notNull().default(10),
    createdAt: createdAt(),
  },
  (t) => [
    // `/inventory/alerts` is a page, so no restaurant may take that slug.
    check('restaurants_slug_form', sql`${t.slug} ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and ${t.slug} <> 'alerts'`),
    check('restaurants_stock_policy', oneOf('stock_policy', STOCK_POLICIES)),
    check('restaurants_age_thresholds', sql`${t.amberMinutes} > 0 and ${t.redMinutes} > ${t.amberMinutes}`),
  ],
)

/** From which age on the tickets of one channel are due and late, where that differs from the restaurant's own. */
export const ageThresholds = pgTable(
  'age_thresholds',
  {
    restaurantId: integer('restaurant_id')
      .notNull()
      .references(() => restaurants.id),
    channel: text('channel', { enum: CHANNELS }).notNull(),
    amberMinutes: smallint('amber_minutes').notNull(),
    redMinutes: smallint('red_minutes').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.restaurantId, t.channel] }),
    check('age_thresholds_channel', oneOf('channel', CHANNELS)),
    check('age_thresholds_order', sql`${t.amberMinutes} > 0 and ${t.redMinutes} > ${t.amberMinutes}`),
  ],
)

/** Slugs that restaurants had before: links and printed codes with them lead to the present one. */
export const formerSlugs = pgTable('former_slugs', {
  slug: varchar('slug', { length: 80 }).primaryKey(),
  restaurantId: integer('restaurant_id')
    .notNull()
    .references(() => restaurants.id),
  createdAt: createdAt(),
})

/** Restaurants that a menu is often published for together. Some dozens of rows: scans only. */
export const restaurantGroups = pgTable('restaurant_groups', {
  id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
  name: varchar('name', { length: 100 }).notNull().unique(),
  restaurantIds: integer('restaurant_ids').array().notNull().default(sql`'{}'::integer[]`),
  createdAt: createdAt(),
})
