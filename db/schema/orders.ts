import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uuid,
  varchar,
} from 'drizzle-orm/pg-core'
import { CHANNELS, ITEM_STATUSES, ORDER_EVENT_KINDS, ORDER_STATUSES } from '@/domain/vocabulary'
import type { Unacknowledged } from '@/domain/wall'
import { createdAt, instant, oneOf } from './columns'
import { devices } from './devices'
import { menuItems } from './menu'
import { restaurants } from './restaurants'
import { users } from './users'

export const customers = pgTable(
  'customers',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    name: varchar('name', { length: 200 }).notNull(),
    phone: varchar('phone', { length: 20 }),
    email: varchar('email', { length: 254 }),
    /** Since then nothing here says who it was. */
    anonymisedAt: instant('anonymised_at'),
    createdAt: createdAt(),
  },
  (t) => [
    // placeOrder: whether somebody of this number, or else of this address, ordered before.
    index('customers_contact')
      .on(sql`coalesce(${t.phone}, ${t.email})`)
      .where(sql`${t.anonymisedAt} is null`),
    // searchCustomers: a piece of the name, the number or the address, as people compare names.
    index('customers_search').using(
      'gin',
      sql`name_key(${t.name} || ' ' || coalesce(${t.phone}, '') || ' ' || coalesce(${t.email}, '')) gin_trgm_ops`,
    ),
  ],
)

export const orders = pgTable(
  'orders',
  {
    restaurantId: integer('restaurant_id')
      .notNull()
      .references(() => restaurants.id),
    /** UUIDv7 made by the app: the key is also the order in time. */
    id: uuid('id').notNull(),
    /** `ORD`, business date, eight characters. */
    orderNumber: varchar('order_number', { length: 20 }).notNull(),
    businessDate: date('business_date').notNull(),
    /** What people call: counts from 1 each business day. */
    callNumber: integer('call_number').notNull(),
    customerId: bigint('customer_id', { mode: 'number' }).references(() => customers.id),
    status: text('status', { enum: ORDER_STATUSES }).notNull().default('pending'),
    channel: text('channel', { enum: CHANNELS }).notNull(),
    /** Table number or the name to call. */
    placeOrName: varchar('place_or_name', { length: 80 }).notNull().default(''),
    /** Cents; a deferred constraint trigger holds it to the sum of the lines (migration 0002). */
    total: integer('total').notNull(),
    specialInstructions: text('special_instructions').notNull().default(''),
    estimatedDelivery: instant('estimated_delivery'),
    /** Keeps a ticket on the wall, also a cancelled one, until somebody acknowledges it. Written with its event. */
    unacknowledged: jsonb('unacknowledged').$type<Unacknowledged>(),
    createdAt: createdAt(),
    confirmedAt: instant('confirmed_at'),
    preparingAt: instant('preparing_at'),
    readyAt: instant('ready_at'),
    deliveredAt: instant('delivered_at'),
    cancelledAt: instant('cancelled_at'),
  },
  (t) => [
    primaryKey({ columns: [t.restaurantId, t.id] }),
    unique('orders_number').on(t.restaurantId, t.orderNumber),
    // Also todaysOrders, the dashboard's figures, the daily rollup and the purge: one business day of one restaurant; and
    // findAnything: who is called by a number today.
    unique('orders_call_number').on(t.restaurantId, t.businessDate, t.callNumber),
    // takeWall and countOpenTickets: a dozen rows of the year's ten thousand; the oldest come first by the
    // time-ordered id.
    index('orders_on_wall')
      .on(t.restaurantId, t.id)
      .where(
        sql`${t.status} in ('pending', 'confirmed', 'preparing', 'ready') or ${t.unacknowledged} is not null`,
      ),
    // listOverview of the whole chain: the orders of a date, whosever they are. Of an expression that nothing else asks by:
    // a plain index of the date tempts the planner, which guesses badly at how many days and restaurants a parameter
    // means, away from the key of one restaurant's days. Two such made a purge read all that was to go for each batch.
    index('orders_day').on(sql`(${t.businessDate} + 0)`),
    // Left out: (status, created_at) and (created_at), which no screen asks for across restaurants; status is hot.
    // listCustomerOrders: one customer's orders of all restaurants, the newest first by the time-ordered id; and whether
    // somebody ordered here. Five in six orders have no customer.
    index('orders_of_customer').on(t.customerId, t.id).where(sql`${t.customerId} is not null`),
    check('orders_status', oneOf('status', ORDER_STATUSES)),
    check('orders_channel', oneOf('channel', CHANNELS)),
    check('orders_total', sql`${t.total} >= 0`),
    check('orders_number_form', sql`${t.orderNumber} ~ '^ORD[0-9]{8}[0-9A-Z]{8}$'`),
    check(
      'orders_status_times',
      sql`case ${t.status}
        when 'pending' then num_nonnulls(${t.confirmedAt}, ${t.preparingAt}, ${t.readyAt}, ${t.deliveredAt}, ${t.cancelledAt}) = 0
        when 'confirmed' then ${t.confirmedAt} is not null and num_nonnulls(${t.preparingAt}, ${t.readyAt}, ${t.deliveredAt}, ${t.cancelledAt}) = 0
        when 'preparing' then num_nulls(${t.confirmedAt}, ${t.preparingAt}) = 0 and num_nonnulls(${t.readyAt}, ${t.deliveredAt}, ${t.cancelledAt}) = 0
        when 'ready' then num_nulls(${t.confirmedAt}, ${t.preparingAt}, ${t.readyAt}) = 0 and num_nonnulls(${t.deliveredAt}, ${t.cancelledAt}) = 0
        when 'delivered' then num_nulls(${t.confirmedAt}, ${t.preparingAt}, ${t.readyAt}, ${t.deliveredAt}) = 0 and ${t.cancelledAt} is null
        else ${t.cancelledAt} is not null and ${t.deliveredAt} is null end`,
    ),
  ],
)

export const orderItems = pgTable(
  'order_items',
  {
    restaurantId: integer('restaurant_id').notNull(),
    orderId: uuid('order_id').notNull(),
    /** Position on the ticket, from 1; with the order it is the line's identity. */
    line: smallint('line').notNull(),
    menuItemId: integer('menu_item_id')
      .notNull()
      .references(() => menuItems.id),
    /** The name as it was sold: renaming a dish leaves old tickets alone. */
    name: varchar('name', { length: 200 }).notNull(),
    quantity: integer('quantity').notNull().default(1),
    /** Cents, as it was sold. */
    unitPrice: integer('unit_price').notNull(),
    subtotal: integer('subtotal').generatedAlwaysAs(sql`quantity * unit_price`).notNull(),
    status: text('status', { enum: ITEM_STATUSES }).notNull().default('waiting'),
    specialRequests: text('special_requests').notNull().default(''),
    /** It took portions off a countdown, which get them back if it is taken off before anybody cooks. */
    fromCountdown: boolean('from_countdown').notNull().default(false),
  },
  (t) => [
    // Also the lines of a ticket, in order.
    primaryKey({ columns: [t.restaurantId, t.orderId, t.line] }),
    foreignKey({
      name: 'order_items_order_fk',
      columns: [t.restaurantId, t.orderId],
      foreignColumns: [orders.restaurantId, orders.id],
    }).onDelete('cascade'),
    // Left out: (menu_item_id). Dishes are deactivated, never deleted, and every count by dish starts from a
    // restaurant's day or from the rollup.
    check('order_items_line', sql`${t.line} > 0`),
    check('order_items_quantity', sql`${t.quantity} > 0`),
    check('order_items_unit_price', sql`${t.unitPrice} >= 0`),
    check('order_items_status', oneOf('status', ITEM_STATUSES)),
  ],
)

/** The one log of what happened to orders; wall, metrics, recall and audit all derive from it. */
export const orderEvents = pgTable(
  'order_events',
  {
    restaurantId: integer('restaurant_id').notNull(),
    /** The restaurant's feed number: gapless and in commit order. */
    seq: bigint('seq', { mode: 'number' }).notNull(),
    /** Position among the events of one transaction. */
    n: smallint('n').notNull().default(0),
    orderId: uuid('order_id').notNull(),
    kind: text('kind', { enum: ORDER_EVENT_KINDS }).notNull(),
    fromStatus: text('from_status', { enum: ORDER_STATUSES }),
    toStatus: text('to_status', { enum: ORDER_STATUSES }).notNull(),
    userId: integer('user_id').references(() => users.id),
    /** The wall screen that did it, where no person was signed in. */
    deviceId: integer('device_id'),
    at: instant('at').notNull().defaultNow(),
    details: jsonb('details'),
  },
  (t) => [
    // Also eventsSince: what a screen missed.
    primaryKey({ columns: [t.restaurantId, t.seq, t.n] }),
    foreignKey({
      name: 'order_events_order_fk',
      columns: [t.restaurantId, t.orderId],
      foreignColumns: [orders.restaurantId, orders.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'order_events_device_fk',
      columns: [t.restaurantId, t.deviceId],
      foreignColumns: [devices.restaurantId, devices.id],
    }),
    // listOrderEvents: one order's history; and the cascade when old orders are purged.
    index('order_events_order').on(t.restaurantId, t.orderId, t.seq),
    // Figures of orders: recalls and ticks, which most orders have none of, without a look at what else happened to each.
    index('order_events_figures')
      .on(t.restaurantId, t.orderId)
      .where(sql`${t.kind} in ('recalled', 'item_status')`),
    check('order_events_kind', oneOf('kind', ORDER_EVENT_KINDS)),
    check('order_events_to_status', oneOf('to_status', ORDER_STATUSES)),
  ],
)

/** One counter a restaurant. Every change its screens must see takes the next number, in the same transaction. */
export const kitchenFeed = pgTable('kitchen_feed', {
  restaurantId: integer('restaurant_id')
    .primaryKey()
    .references(() => restaurants.id),
  seq: bigint('seq', { mode: 'number' }).notNull().default(0),
})

/**
 * What became of each press on a wall, by the id that the screen gave it: a press that is sent again after the contact
 * was lost gets the same answer and does nothing. Two days old ones are purged.
 */
export const wallMoves = pgTable(
  'wall_moves',
  {
    restaurantId: integer('restaurant_id')
      .notNull()
      .references(() => restaurants.id),
    id: uuid('id').notNull(),
    /** The mutation's answer. */
    answer: jsonb('answer').notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.restaurantId, t.id] })],
)

/** The answer that each `Idempotency-Key` got; lives as long as its order. */
export const orderRequests = pgTable(
  'order_requests',
  {
    restaurantId: integer('restaurant_id').notNull(),
    idempotencyKey: varchar('idempotency_key', { length: 200 }).notNull(),
    /** SHA-256 of the canonical body, hex; empty once the customer was anonymised. */
    bodyHash: varchar('body_hash', { length: 64 }).notNull(),
    orderId: uuid('order_id').notNull(),
    /** HTTP status and body of the first answer, byte for byte. */
    status: smallint('status').notNull().default(201),
    response: text('response').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.restaurantId, t.idempotencyKey] }),
    foreignKey({
      name: 'order_requests_order_fk',
      columns: [t.restaurantId, t.orderId],
      foreignColumns: [orders.restaurantId, orders.id],
    }).onDelete('cascade'),
    // The cascade when old orders are purged.
    index('order_requests_order').on(t.restaurantId, t.orderId),
  ],
)
