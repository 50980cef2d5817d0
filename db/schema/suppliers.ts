import { sql } from 'drizzle-orm'
import { boolean, check, integer, pgTable, smallint, text, varchar } from 'drizzle-orm/pg-core'
import { createdAt } from './columns'

/** Small table: `rating` and `is_active` have few values and some dozens of rows, a scan is one page read. */
export const suppliers = pgTable(
  'suppliers',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    name: varchar('name', { length: 200 }).notNull().unique(),
    contactPerson: varchar('contact_person', { length: 100 }).notNull(),
    phone: varchar('phone', { length: 20 }).notNull(),
    email: varchar('email', { length: 254 }).notNull(),
    address: text('address').notNull(),
    isActive: boolean('is_active').notNull().default(true),
    rating: smallint('rating').notNull().default(5),
    leadTimeDays: smallint('lead_time_days').notNull().default(2),
    /** On which weekdays it takes orders, 1 Monday to 7 Sunday. */
    orderDays: smallint('order_days').array().notNull().default(sql`'{1,2,3,4,5,6,7}'::smallint[]`),
    /** Cents that an order should come to at least; null: it takes any. */
    minimumOrder: integer('minimum_order'),
    createdAt: createdAt(),
  },
  (t) => [
    check('suppliers_rating', sql`${t.rating} between 1 and 5`),
    check('suppliers_minimum_order', sql`${t.minimumOrder} >= 0`),
    check('suppliers_lead_time', sql`${t.leadTimeDays} between 0 and 60`),
  ],
)
