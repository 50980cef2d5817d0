import type { Metadata } from 'next'
import { database } from '@/app/_server/database'
import { requireChain } from '@/app/_server/session'
import { LinkButton } from '@/app/_ui/button'
import { Empty } from '@/app/_ui/empty'
import { ExportLink } from '@/app/_ui/export-link'
import { PageHeader } from '@/app/_ui/page-header'
import { listSuppliers } from '@/db/queries/suppliers'
import { SearchForm } from '../search-form'
import { readSearchText } from '../search-text'
import { SupplierTable } from './supplier-table'

export const metadata: Metadata = { title: 'Suppliers' }

/** More than a chain buys from; one that has more looks for them by name. */
const MOST_ROWS = 500

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** Whom the chain buys from. */
export default async function SuppliersPage({ searchParams }: Props) {
  const search = readSearchText((await searchParams).q)
  const scope = await requireChain('menu:edit')
  const suppliers = await listSuppliers(database(), scope, { search, limit: MOST_ROWS })
  return (
    <>
      <PageHeader title="Suppliers" note="Whom the chain buys from">
        <LinkButton href="/admin/suppliers/new" variant="primary">
          New supplier
        </LinkButton>
        <ExportLink list="suppliers" />
      </PageHeader>
      <SearchForm
        action="/admin/suppliers"
        search={search}
        label="Search suppliers"
        placeholder="Name or contact"
      />
      {suppliers.length === 0 ? (
        <Empty title={search ? 'No supplier is called like this' : 'No supplier yet'}>
          {search
            ? 'Search for a part of the name or of the contact’s name.'
            : 'Each one appears here with whom to call and when it takes orders.'}
        </Empty>
      ) : (
        <SupplierTable suppliers={suppliers} />
      )}
      {suppliers.length === MOST_ROWS ? (
        <p className="pt-3 text-muted">These are the first {MOST_ROWS}. Search to see others.</p>
      ) : null}
    </>
  )
}
