import { sql } from 'drizzle-orm'
import type { ChainScope } from '@/domain/scope'
import type { Db } from '../client'
import { recordAudit } from './audit'

/** What a customer is called whose name was forgotten. */
const ANONYMOUS = 'Anonymised guest'

/**
 * Forgets who a customer was, for good: name, number and address, and on all their orders, also in the log of each and in
 * the answers kept for other software, whatever somebody wrote about them. What was ordered, when, where and for how
 * much stays, so no figure changes. Again is no change. An order that is still on a wall is needed there as it is: then
 * nothing is done. Answers kept for walls name statuses and ingredients only.
 */
export function anonymiseCustomer(
  db: Db,
  scope: ChainScope<'customers:anonymise'>,
  { customerId }: { customerId: number },
): Promise<{ ok: true } | { ok: false; reason: 'unknown_customer' | 'order_open' }> {
  return db.transaction(async (tx) => {
    // Whoever places an order for this customer meanwhile waits for it, or is seen here.
    const [customer] = await tx.execute<{ isDone: boolean }>(sql`
      select anonymised_at is not null as "isDone" from customers where id = ${customerId}::bigint for update`)
    if (!customer) return { ok: false, reason: 'unknown_customer' }
    if (customer.isDone) return { ok: true }
    const found = await tx.execute<{ isOpen: boolean }>(sql`
      select status not in ('delivered', 'cancelled') or unacknowledged is not null as "isOpen"
      from orders where customer_id = ${customerId}::bigint
      order by restaurant_id, id for update`)
    if (found.some(({ isOpen }) => isOpen)) return { ok: false, reason: 'order_open' }

    await tx.execute(sql`
      update customers set name = ${ANONYMOUS}, phone = null, email = null, anonymised_at = now()
      where id = ${customerId}::bigint`)
    await tx.execute(sql`
      update orders set place_or_name = '', special_instructions = ''
      where customer_id = ${customerId}::bigint and (place_or_name <> '' or special_instructions <> '')`)
    await tx.execute(sql`
      update order_items i set special_requests = ''
      from orders o
      where o.customer_id = ${customerId}::bigint and i.restaurant_id = o.restaurant_id and i.order_id = o.id
        and i.special_requests <> ''`)
    // Of a change, and of its being seen, the log keeps the lines with what was asked for.
    await tx.execute(sql`
      update order_events e set details = jsonb_set(e.details, '{lines}', (
        select coalesce(jsonb_agg(case when line ? 'note' then line || '{"note": ""}' else line end order by place), '[]')
        from jsonb_array_elements(e.details -> 'lines') with ordinality as lines (line, place)))
      from orders o
      where o.customer_id = ${customerId}::bigint and e.restaurant_id = o.restaurant_id and e.order_id = o.id
        and jsonb_typeof(e.details -> 'lines') = 'array'`)
    // The hash goes too: whoever knows the order could try numbers until one fits. Its key stays taken.
    await tx.execute(sql`
      update order_requests q set body_hash = '', response = case jsonb_typeof(q.response::jsonb -> 'lines')
        when 'array' then (
          q.response::jsonb || jsonb_build_object('placeOrName', '', 'specialInstructions', '', 'lines', (
            select coalesce(jsonb_agg(line || '{"specialRequests": ""}' order by place), '[]')
            from jsonb_array_elements(q.response::jsonb -> 'lines') with ordinality as lines (line, place)))
        )::text
        else q.response end
      from orders o
      where o.customer_id = ${customerId}::bigint and q.restaurant_id = o.restaurant_id and q.order_id = o.id`)
    await recordAudit(tx, {
      userId: scope.actor.userId,
      restaurantId: null,
      action: 'customer.anonymised',
      subject: 'customer',
      subjectId: String(customerId),
      after: { orders: found.length },
    })
    return { ok: true }
  })
}
