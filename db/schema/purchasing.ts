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
  unique,
  uniqueIndex,
  uuid,
  varchar,
} from 'drizzle-orm/pg-core'
import { PURCHASE_LINE_STATUSES, PURCHASE_STATUSES } from '@/domain/vocabulary'
import { createdAt, instant, oneOf } from './columns'
import { ingredients } from './ingredients'
import { restaurants } from './restaurants'
import { suppliers } from './suppliers'
import { users } from './users'

/** What one restaurant orders from one supplier. */
export const purchaseOrders = pgTable(
  'purchase_orders',
  {
    restaurantId: integer('restaurant_id')
      .notNull()
      .references(() => restaurants.id),
    /** UUIDv7. */
    id: uuid('id').notNull(),
    /** What people call it: counts from 1 in each restaurant. */
    number: integer('number').notNull(),
    supplierId: integer('supplier_id')
      .notNull()
      .references(() => suppliers.id),
    status: text('status', { enum: PURCHASE_STATUSES }).notNull().default('draft'),
    /** Rises with each change of the draft, so that a form knows whether it shows what is stored. */
    version: integer('version').notNull().default(1),
    note: text('note').notNull().default(''),
    createdBy: integer('created_by').references(() => users.id),
    createdAt: createdAt(),
    sentBy: integer('sent_by').references(() => users.id),
    sentAt: instant('sent_at'),
    /** When it should come, from the supplier's order days and lead time as it was sent. */
    expectedOn: date('expected_on'),
    closedBy: integer('closed_by').references(() => users.id),
    /** Since when nothing more is expected: all came, or somebody closed or cancelled it. */
    closedAt: instant('closed_at'),
  },
  (t) => [
    primaryKey({ columns: [t.restaurantId, t.id] }),
    // Also listPurchaseOrders: newest first, a page by keyset.
    unique('purchase_orders_number').on(t.restaurantId, t.number),
    // draftPurchaseOrder: two drafts for one supplier would order everything twice.
    uniqueIndex('purchase_orders_draft').on(t.restaurantId, t.supplierId).where(sql`${t.status} = 'draft'`),
    check('purchase_orders_status', oneOf('status', PURCHASE_STATUSES)),
    check(
      'purchase_orders_status_times',
      sql`case ${t.status}
        when 'draft' then num_nonnulls(${t.sentAt}, ${t.closedAt}) = 0
        when 'cancelled' then ${t.closedAt} is not null
        when 'received' then num_nulls(${t.sentAt}, ${t.closedAt}) = 0
        when 'closed_short' then num_nulls(${t.sentAt}, ${t.closedAt}) = 0
        else ${t.sentAt} is not null and ${t.closedAt} is null end`,
    ),
  ],
)

export const purchaseOrderLines = pgTable(
  'purchase_order_lines',
  {
    restaurantId: integer('restaurant_id').notNull(),
    orderId: uuid('order_id').notNull(),
    ingredientId: integer('ingredient_id')
      .notNull()
      .references(() => ingredients.id),
    /** 0: somebody took it off the draft. */
    packs: integer('packs').notNull(),
    /** Of the ingredient's unit, as it was ordered. */
    packSize: numeric('pack_size', { precision: 12, scale: 3 }).notNull(),
    /** Cents for one unit, as it was ordered. */
    unitPrice: numeric('unit_price', { precision: 12, scale: 4 }).notNull(),
    /** What came so far, in the ingredient's unit. */
    received: numeric('received', { precision: 14, scale: 3 }).notNull().default('0'),
    status: text('status', { enum: PURCHASE_LINE_STATUSES }).notNull().default('draft'),
    /** What is still on its way: nothing unless the line is open. */
    outstanding: numeric('outstanding', { precision: 14, scale: 3 })
      .notNull()
      .generatedAlwaysAs(
        sql`case when status = 'open' then greatest(packs * pack_size - received, 0) else 0 end`,
      ),
  },
  (t) => [
    primaryKey({ columns: [t.restaurantId, t.orderId, t.ingredientId] }),
    foreignKey({
      name: 'purchase_order_lines_order_fk',
      columns: [t.restaurantId, t.orderId],
      foreignColumns: [purchaseOrders.restaurantId, purchaseOrders.id],
    }),
    // listStock, draftPurchaseOrder and listAlertsBySupplier: what is on order of an ingredient. Holds what is on its
    // way only, some dozens of rows a restaurant however many years of orders there are.
    index('purchase_order_lines_open').on(t.restaurantId, t.ingredientId).where(sql`${t.status} = 'open'`),
    check('purchase_order_lines_status', oneOf('status', PURCHASE_LINE_STATUSES)),
    check('purchase_order_lines_packs', sql`${t.packs} >= 0`),
    check('purchase_order_lines_pack_size', sql`${t.packSize} > 0`),
    check('purchase_order_lines_unit_price', sql`${t.unitPrice} >= 0`),
    check('purchase_order_lines_received', sql`${t.received} >= 0`),
  ],
)

/** One arrival of goods for an order. Its id is made by the form, so that one sent twice is received once. */
export const deliveries = pgTable(
  'deliveries',
  {
    restaurantId: integer('restaurant_id').notNull(),
    id: uuid('id').notNull(),
    orderId: uuid('order_id').notNull(),
    /** Number of the supplier's delivery note. */
    reference: varchar('reference', { length: 80 }).notNull().default(''),
    note: text('note').notNull().default(''),
    businessDate: date('business_date').notNull(),
    receivedBy: integer('received_by').references(() => users.id),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.restaurantId, t.id] }),
    foreignKey({
      name: 'deliveries_order_fk',
      columns: [t.restaurantId, t.orderId],
      foreignColumns: [purchaseOrders.restaurantId, purchaseOrders.id],
    }),
    // getPurchaseOrder: what came for it.
    index('deliveries_order').on(t.restaurantId, t.orderId, t.id),
  ],
)

export const deliveryLines = pgTable(
  'delivery_lines',
  {
    restaurantId: integer('restaurant_id').notNull(),
    deliveryId: uuid('delivery_id').notNull(),
    ingredientId: integer('ingredient_id')
      .notNull()
      .references(() => ingredients.id),
    /** In the ingredient's unit. */
    quantity: numeric('quantity', { precision: 14, scale: 3 }).notNull(),
    /** Cents for one unit, as the delivery note says. */
    unitPrice: numeric('unit_price', { precision: 12, scale: 4 }).notNull(),
    /** Cents for one unit, as it was ordered. */
    orderedPrice: numeric('ordered_price', { precision: 12, scale: 4 }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.restaurantId, t.deliveryId, t.ingredientId] }),
    foreignKey({
      name: 'delivery_lines_delivery_fk',
      columns: [t.restaurantId, t.deliveryId],
      foreignColumns: [deliveries.restaurantId, deliveries.id],
    }),
    // listPaidPrices: what one ingredient cost, delivery by delivery.
    index('delivery_lines_ingredient').on(t.restaurantId, t.ingredientId, t.deliveryId),
    check('delivery_lines_quantity', sql`${t.quantity} > 0`),
    check('delivery_lines_unit_price', sql`${t.unitPrice} >= 0`),
  ],
)
