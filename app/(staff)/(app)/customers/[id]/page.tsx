import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { database } from '@/app/_server/database'
import { readerFormat } from '@/app/_server/reader'
import { requireChain, requirePerson } from '@/app/_server/session'
import { Empty } from '@/app/_ui/empty'
import { Figure, FigureRow } from '@/app/_ui/figure'
import { Money } from '@/app/_ui/money'
import { PageHeader } from '@/app/_ui/page-header'
import { timeAgo } from '@/app/_ui/time-ago'
import { getCustomer, listCustomerOrders } from '@/db/queries/customers'
import { roleMay } from '@/domain/scope'
import { Older } from '../../inventory/older'
import { PAGE_SIZE, pageOf, readBefore } from '../../inventory/page-of'
import { AnonymiseForm } from './anonymise-form'
import { CustomerOrders } from './customer-orders'

type Props = {
  params: Promise<{ id: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** Asked once, for the title and for the page. */
const customerOf = cache(async (id: string) => {
  const scope = await requireChain('customers:read')
  const customer = /^[1-9]\d{0,8}$/.test(id) ? await getCustomer(database(), scope, Number(id)) : null
  return { scope, customer: customer ?? notFound() }
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { customer } = await customerOf((await params).id)
  return { title: customer.name }
}

/** A guest: how to reach them, and what they ordered, page by page. */
export default async function CustomerPage({ params, searchParams }: Props) {
  const { scope, customer } = await customerOf((await params).id)
  const before = readBefore((await searchParams).before)
  const [{ role }, found, format] = await Promise.all([
    requirePerson(),
    listCustomerOrders(database(), scope, { customerId: customer.id, before, limit: PAGE_SIZE + 1 }),
    readerFormat(),
  ])
  const { rows, older } = pageOf(found)
  const { locale } = format
  const now = Date.now()
  return (
    <>
      <PageHeader title={customer.name} note={<Contact {...customer} now={now} />} />
      <FigureRow>
        <Figure
          label="Orders"
          value={customer.orders.toLocaleString(locale)}
          compare={
            customer.cancelled > 0
              ? `${customer.cancelled.toLocaleString(locale)} of them cancelled`
              : 'none cancelled'
          }
        />
        <Figure
          label="Spent"
          value={<Money cents={customer.spent} format={format} />}
          compare={
            customer.restaurants === 1 ? 'in one restaurant' : `in ${customer.restaurants} restaurants`
          }
        />
        <Figure
          label="Last order"
          value={customer.lastOrderAt === null ? '–' : timeAgo(customer.lastOrderAt, now)}
          compare={`known since ${new Date(customer.since).toLocaleDateString(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' })}`}
        />
      </FigureRow>
      <section aria-labelledby="orders" className="pb-8">
        <h2 id="orders" className="pb-2 text-lg font-semibold">
          Orders
        </h2>
        {rows.length === 0 ? (
          <Empty title={before ? 'There is nothing earlier' : 'There are no orders any more'}>
            Orders older than a year are removed; what they came to stays in the reports.
          </Empty>
        ) : (
          <CustomerOrders orders={rows} format={format} />
        )}
        <Older page={`/customers/${customer.id}`} before={before} older={older} />
      </section>
      {customer.anonymisedAt === null ? (
        <AnonymiseForm
          customerId={customer.id}
          name={customer.name}
          open={customer.open}
          mayAnonymise={roleMay(role, 'customers:anonymise')}
        />
      ) : null}
    </>
  )
}

function Contact({
  phone,
  email,
  anonymisedAt,
  now,
}: {
  phone: string | null
  email: string | null
  anonymisedAt: number | null
  now: number
}) {
  if (anonymisedAt !== null)
    return `Anonymised ${timeAgo(anonymisedAt, now)}: nobody knows any more who this was.`
  if (!phone && !email) return 'left no number and no address'
  return (
    <>
      {phone ? (
        <a href={`tel:${phone.replace(/[^\d+]/g, '')}`} className="underline">
          {phone}
        </a>
      ) : null}
      {phone && email ? ' · ' : null}
      {email ? (
        <a href={`mailto:${encodeURIComponent(email)}`} className="underline">
          {email}
        </a>
      ) : null}
    </>
  )
}
