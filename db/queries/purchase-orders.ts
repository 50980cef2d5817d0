import { sql } from 'drizzle-orm'
import { validate as isUuid } from 'uuid'
import type { BusinessDate } from '@/domain/business-day'
import type { RestaurantScope } from '@/domain/scope'
import type { PurchaseStatus, Unit } from '@/domain/vocabulary'
import type { Db } from '../client'
import { milliseconds } from '../fragments/milliseconds'
import { onOrder } from '../fragments/stock-position'

type Scope = RestaurantScope<'stock:read'>

export type ListedPurchase = {
  id: string
  number: number
  supplierId: number
  supplier: string
  status: PurchaseStatus
  /** Ingredients that are ordered. */
  lines: number
  /** Cents, each line rounded as it is printed. */
  cost: number
  /** Milliseconds since 1970, like the next. */
  createdAt: number
  sentAt: number | null
  expectedOn: BusinessDate | null
}

/**
 * A restaurant's purchase orders, newest first, at most `limit`, older than the number `before`; of some statuses or,
 * with null, of all. `next` is where the next page begins.
 */
export async function listPurchaseOrders(
  db: Db,
  scope: Scope,
  {
    statuses,
    supplierId,
    before,
    limit,
  }: {
    statuses: readonly PurchaseStatus[] | null
    supplierId: number | null
    before: number | null
    limit: number
  },
): Promise<{ rows: ListedPurchase[]; next: number | null }> {
  const rows = await db.execute<ListedPurchase & { cost: string | number }>(sql`
    select o.id, o.number, o.supplier_id as "supplierId", p.name as supplier, o.status, l.lines, l.cost,
      ${milliseconds(sql`o.created_at`)} as "createdAt", ${milliseconds(sql`o.sent_at`)} as "sentAt",
      o.expected_on::text as "expectedOn"
    from (
      select * from purchase_orders
      where restaurant_id = ${scope.restaurant.id}
        ${before === null ? sql`` : sql`and number < ${before}`}
        ${statuses === null ? sql`` : sql`and status = any(${sql.param(statuses)}::text[])`}
        ${supplierId === null ? sql`` : sql`and supplier_id = ${supplierId}`}
      order by number desc limit ${limit + 1}
    ) o
    join suppliers p on p.id = o.supplier_id
    cross join lateral (
      select count(*)::int as lines, coalesce(sum(round(packs * pack_size * unit_price)), 0) as cost
      from purchase_order_lines l
      where l.restaurant_id = o.restaurant_id and l.order_id = o.id and l.packs > 0
    ) l
    order by o.number desc`)
  const page = rows.slice(0, limit).map((row) => ({ ...row, cost: Number(row.cost) }))
  return { rows: page, next: rows.length > limit ? (page.at(-1)?.number ?? null) : null }
}

export type PurchaseLine = {
  ingredientId: number
  ingredient: string
  unit: Unit
  packs: number
  /** Numeric strings in the unit, as it was ordered. */
  packSize: string
  /** Cents for one unit, as it was ordered and as it is by now; numeric strings. */
  unitPrice: string
  presentPrice: string
  /** Cents. */
  cost: number
  /** Numeric strings in the unit: what came, and what is still waited for. */
  received: string
  outstanding: string
  /** What this restaurant has and has on its way, this order included once it was sent; null: never stocked. */
  onHand: string | null
  onOrder: string
  minimum: string | null
  par: string | null
}

export type Delivery = {
  id: string
  reference: string
  note: string
  businessDate: BusinessDate
  /** Milliseconds since 1970. */
  at: number
  by: string | null
  lines: {
    ingredientId: number
    ingredient: string
    unit: Unit
    quantity: string
    /** Cents for one unit, as paid and as ordered; numeric strings. */
    unitPrice: string
    orderedPrice: string
  }[]
}

export type PurchaseOrder = {
  id: string
  number: number
  status: PurchaseStatus
  /** For `saveDraft` and `sendPurchaseOrder`. */
  version: number
  note: string
  supplier: {
    id: number
    name: string
    contactPerson: string
    phone: string
    email: string
    address: string
    leadTimeDays: number
    orderDays: number[]
    /** Cents. */
    minimumOrder: number | null
  }
  /** Where it goes. */
  deliverTo: { address: string; phone: string }
  /** Milliseconds since 1970, and who. */
  createdAt: number
  createdBy: string | null
  sentAt: number | null
  sentBy: string | null
  expectedOn: BusinessDate | null
  closedAt: number | null
  closedBy: string | null
  /** Cents, each line rounded as it is printed. */
  cost: number
  /** By name; with those that were taken off the draft, of 0 packs. */
  lines: PurchaseLine[]
  /** Oldest first. */
  deliveries: Delivery[]
}

/** A purchase order with all that came for it; null: no such order here. */
export async function getPurchaseOrder(
  db: Db,
  scope: Scope,
  { orderId }: { orderId: string },
): Promise<PurchaseOrder | null> {
  if (!isUuid(orderId)) return null
  const [found] = await db.execute<PurchaseOrder>(sql`
    select o.id, o.number, o.status, o.version, o.note,
      json_build_object('id', p.id, 'name', p.name, 'contactPerson', p.contact_person, 'phone', p.phone,
        'email', p.email, 'address', p.address, 'leadTimeDays', p.lead_time_days, 'orderDays', p.order_days,
        'minimumOrder', p.minimum_order) as supplier,
      (select json_build_object('address', address, 'phone', phone) from restaurants
        where id = o.restaurant_id) as "deliverTo",
      ${milliseconds(sql`o.created_at`)} as "createdAt", creator.name as "createdBy",
      ${milliseconds(sql`o.sent_at`)} as "sentAt", sender.name as "sentBy", o.expected_on::text as "expectedOn",
      ${milliseconds(sql`o.closed_at`)} as "closedAt", closer.name as "closedBy", to_json(l.cost) as cost, l.lines, (
        select coalesce(json_agg(json_build_object('id', d.id, 'reference', d.reference, 'note', d.note,
          'businessDate', d.business_date, 'at', ${milliseconds(sql`d.created_at`)}, 'by', b.name, 'lines', (
            select coalesce(json_agg(json_build_object('ingredientId', c.ingredient_id, 'ingredient', i.name,
              'unit', i.unit, 'quantity', trim_scale(c.quantity)::text, 'unitPrice', trim_scale(c.unit_price)::text,
              'orderedPrice', trim_scale(c.ordered_price)::text) order by i.name), '[]')
            from delivery_lines c join ingredients i on i.id = c.ingredient_id
            where c.restaurant_id = d.restaurant_id and c.delivery_id = d.id
          )) order by d.id), '[]')
        from deliveries d left join users b on b.id = d.received_by
        where d.restaurant_id = o.restaurant_id and d.order_id = o.id
      ) as deliveries
    from purchase_orders o
    join suppliers p on p.id = o.supplier_id
    left join users creator on creator.id = o.created_by
    left join users sender on sender.id = o.sent_by
    left join users closer on closer.id = o.closed_by
    cross join lateral (
      select coalesce(sum(n.cost), 0) as cost, coalesce(json_agg(json_build_object('ingredientId', n.ingredient_id,
        'ingredient', n.name, 'unit', n.unit, 'packs', n.packs, 'packSize', trim_scale(n.pack_size)::text,
        'unitPrice', trim_scale(n.unit_price)::text, 'presentPrice', trim_scale(n.present_price)::text,
        'cost', n.cost, 'received', trim_scale(n.received)::text, 'outstanding', trim_scale(n.outstanding)::text,
        'onHand', trim_scale(n.on_hand)::text, 'onOrder', trim_scale(n.on_order)::text,
        'minimum', trim_scale(n.minimum)::text, 'par', trim_scale(n.par)::text) order by n.name), '[]') as lines
      from (
        select g.ingredient_id, i.name, i.unit, g.packs, g.pack_size, g.unit_price, i.unit_price as present_price,
          round(g.packs * g.pack_size * g.unit_price) as cost, g.received, g.outstanding, s.on_hand, s.minimum, s.par,
          ${onOrder} as on_order
        from purchase_order_lines g
        join ingredients i on i.id = g.ingredient_id
        left join stock_levels s on s.restaurant_id = g.restaurant_id and s.ingredient_id = g.ingredient_id
        where g.restaurant_id = o.restaurant_id and g.order_id = o.id
      ) n
    ) l
    where o.restaurant_id = ${scope.restaurant.id} and o.id = ${orderId}::uuid`)
  return found ?? null
}
