import { type SQL, sql } from 'drizzle-orm'
import type { OrderInput } from '@/domain/order-input'

type Guest = NonNullable<OrderInput['customer']>

/** What a guest may be reached by, as two parameters; null where they left none. */
export const contactOf = ({ phone, email }: Pick<Guest, 'phone' | 'email'>): { phone: SQL; email: SQL } => ({
  phone: sql`${phone ?? null}::text`,
  email: sql`${email ?? null}::text`,
})

/**
 * A query of the id of the customer who left this name and this number or address before; nobody for a guest without
 * either.
 */
export function knownCustomer(guest: Guest): SQL {
  const { phone, email } = contactOf(guest)
  return sql`
    select id from customers
    where coalesce(phone, email) = coalesce(${phone}, ${email}) and name = ${guest.name}
      and phone is not distinct from ${phone} and email is not distinct from ${email} and anonymised_at is null
    order by id limit 1`
}
