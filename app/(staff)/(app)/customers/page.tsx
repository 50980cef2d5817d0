import type { Metadata } from 'next'
import { database } from '@/app/_server/database'
import { requireChain } from '@/app/_server/session'
import { Empty } from '@/app/_ui/empty'
import { PageHeader } from '@/app/_ui/page-header'
import { SHORTEST_CUSTOMER_WORD, searchCustomers } from '@/db/queries/customers'
import { SearchForm } from '../admin/search-form'
import { readSearchText } from '../admin/search-text'
import { CustomerTable } from './customer-table'

export const metadata: Metadata = { title: 'Customers' }

const MOST = 50

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** Finds guests who left a name. Nobody is listed unasked: names and numbers are shown to who looks for one. */
export default async function CustomersPage({ searchParams }: Props) {
  const scope = await requireChain('customers:read')
  const search = readSearchText((await searchParams).q)
  const words = search.split(/\s+/).filter(Boolean)
  const { customers, more } = await searchCustomers(database(), scope, { words, limit: MOST })
  return (
    <>
      <PageHeader title="Customers" />
      <SearchForm
        action="/customers"
        search={search}
        label="Search customers"
        placeholder="Name, phone or e-mail"
      />
      {customers.length > 0 ? (
        <>
          <CustomerTable customers={customers} now={Date.now()} />
          {more ? (
            <p className="pt-3 text-muted">
              The {MOST} who ordered last are shown. Write more to find others.
            </p>
          ) : null}
        </>
      ) : (
        <NoCustomers search={search} words={words} />
      )}
    </>
  )
}

function NoCustomers({ search, words }: { search: string; words: readonly string[] }) {
  if (search === '')
    return (
      <Empty title="Whom do you look for?">
        Guests who left a name with an order are found by a piece of it, of their number or of their address.
      </Empty>
    )
  if (!words.some((word) => [...word].length >= SHORTEST_CUSTOMER_WORD))
    return (
      <Empty title="That is too short to look for">
        Write at least {SHORTEST_CUSTOMER_WORD} letters or digits of the name, the number or the address.
      </Empty>
    )
  return (
    <Empty title="Nobody is called like this">
      No guest of your restaurants has all of that in name, number or address. Try less of it: a number may be
      written with or without its country code.
    </Empty>
  )
}
