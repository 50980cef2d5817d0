import type { Metadata } from 'next'
import { database } from '@/app/_server/database'
import { environment } from '@/app/_server/environment'
import { requireChain } from '@/app/_server/session'
import { PageHeader } from '@/app/_ui/page-header'
import { reserveId } from '@/db/mutations/records'
import { BackLink } from '../../back-link'
import { SupplierForm } from '../supplier-form'

export const metadata: Metadata = { title: 'New supplier' }

export default async function NewSupplierPage() {
  const scope = await requireChain('menu:edit')
  const id = await reserveId(database(), scope, 'supplier')
  return (
    <div className="max-w-3xl">
      <BackLink href="/admin/suppliers">Suppliers</BackLink>
      <PageHeader title="New supplier" />
      <SupplierForm id={id} base={null} ingredients={0} currency={environment().CURRENCY} />
    </div>
  )
}
