import { sql } from 'drizzle-orm'
import {
  boolean,
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
import { MOVEMENT_KINDS } from '@/domain/vocabulary'
import { createdAt, instant, oneOf } from './columns'
import { ingredients } from './ingredients'
import { restaurants } from './restaurants'
import { users } from './users'

/** What a restaurant has. `on_hand` always equals the sum of that ingredient's movements there. */
export const stockLevels = pgTable(
  'stock_levels',
  {
    restaurantId: integer('restaurant_id')
      .notNull()
      .references(() => restaurants.id),
    ingredientId: integer('ingredient_id')
      .notNull()
      .references(() => ingredients.id),
    /** In the ingredient's unit, like the next two. May be negative where the restaurant only warns. */
    onHand: numeric('on_hand', { precision: 14, scale: 3 }).notNull().default('0'),
    /** Alert at or below. */
    minimum: numeric('minimum', { precision: 14, scale: 3 }).notNull().default('10'),
    /** Order up to. */
    par: numeric('par', { precision: 14, scale: 3 }).notNull(),
    /**
     * What is on its way: the `outstanding` of the open lines of its purchase orders. A trigger keeps it
     * (purchase_order_lines_on_order), so that whoever writes a line writes it.
     */
    onOrder: numeric('on_order', { precision: 14, scale: 3 }).notNull().default('0'),
    /** An alert of this kind is open. A trigger keeps it, too (stock_alerts_forecast). */
    isForecast: boolean('is_forecast').notNull().default(false),
    /** When somebody last counted it, whether or not it differed; null: never. */
    countedAt: instant('counted_at'),
    /** When it last moved. */
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.restaurantId, t.ingredientId] }),
    // listAlertsBySupplier: what is open over hundreds of restaurants, from the index alone, with what is computed of a
    // level (`shortColumns` says what) where it moves; also countLowStock and listLowStock. The columns at the end are
    // what its expressions are of, without which PostgreSQL would not read an index only. Holds what is short, some of a
    // hundred rows. It costs every deduction its HOT update, since on_hand stands in the predicate: a price worth paying
    // while a chain of 500 restaurants has 250,000 stock rows that the alerts page would otherwise scan. An index on
    // on_hand itself would not pay.
    index('stock_levels_short')
      .on(
        t.restaurantId,
        t.ingredientId,
        sql`(coalesce(${t.onHand} / nullif(${t.minimum}, 0), 0))`,
        sql`(((${t.par} - ${t.onHand} - ${t.onOrder}) * 1000)::bigint)`,
        sql`(((${t.par} - ${t.minimum}) * 1000)::bigint)`,
        sql`(case when ${t.onHand} <= 0 then 3 when ${t.onHand} <= ${t.minimum} then 2 else 1 end)`,
        t.onHand,
        t.minimum,
        t.par,
        t.onOrder,
      )
      .where(sql`${t.onHand} <= ${t.minimum} or ${t.isForecast}`),
    check('stock_levels_minimum', sql`${t.minimum} >= 0`),
    check('stock_levels_par', sql`${t.par} >= ${t.minimum}`),
  ],
)

/** The ledger, append-only, and the truth about stock. */
export const stockMovements = pgTable(
  'stock_movements',
  {
    restaurantId: integer('restaurant_id').notNull(),
    /** UUIDv7: the key is also the order in time. */
    id: uuid('id').notNull(),
    ingredientId: integer('ingredient_id').notNull(),
    kind: text('kind', { enum: MOVEMENT_KINDS }).notNull(),
    /** Signed, in the ingredient's unit: what comes in is positive. */
    quantity: numeric('quantity', { precision: 14, scale: 3 }).notNull(),
    /** No foreign key, so that purging old orders leaves the ledger whole. */
    orderId: uuid('order_id'),
    /** The delivery, count, transfer or waste that it belongs to; what it is says the kind. Like orders without a key. */
    documentId: uuid('document_id'),
    userId: integer('user_id').references(() => users.id),
    note: text('note').notNull().default(''),
    businessDate: date('business_date').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.restaurantId, t.id] }),
    foreignKey({
      name: 'stock_movements_level_fk',
      columns: [t.restaurantId, t.ingredientId],
      foreignColumns: [stockLevels.restaurantId, stockLevels.ingredientId],
    }),
    // listStockMovements: one ingredient's journal, newest first; and the ledger's sum.
    index('stock_movements_ingredient').on(t.restaurantId, t.ingredientId, t.id),
    // cancelByKey and changeOrder: what an order took, to give it back.
    index('stock_movements_order').on(t.restaurantId, t.orderId).where(sql`${t.orderId} is not null`),
    // foodCosts, wasteCosts and ledgerDays: the sums of days that are not stored yet, from the index alone.
    index('stock_movements_day').on(t.restaurantId, t.businessDate, t.kind, t.ingredientId, t.quantity),
    check('stock_movements_kind', oneOf('kind', MOVEMENT_KINDS)),
    check(
      'stock_movements_sign',
      sql`case ${t.kind} when 'received' then ${t.quantity} > 0 when 'reversed' then ${t.quantity} > 0
        when 'consumed' then ${t.quantity} < 0 when 'waste' then ${t.quantity} < 0 else true end`,
    ),
  ],
)
