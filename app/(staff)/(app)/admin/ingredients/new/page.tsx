import type { Metadata } from 'next'
import { database } from '@/app/_server/database'
import { readerFormat } from '@/app/_server/reader'
import { requireChain } from '@/app/_server/session'
import { PageHeader } from '@/app/_ui/page-header'
import { reserveId } from '@/db/mutations/records'
import { listSupplierNames } from '@/db/queries/suppliers'
import { BackLink } from '../../back-link'
import { IngredientForm } from '../ingredient-form'

export const metadata: Metadata = { title: 'New ingredient' }

export default async function NewIngredientPage() {
  const scope = await requireChain('menu:edit')
  const [id, suppliers, format] = await Promise.all([
    reserveId(database(), scope, 'ingredient'),
    listSupplierNames(database(), scope, { present: null }),
    readerFormat(),
  ])
  return (
    <div className="max-w-3xl">
      <BackLink href="/admin/ingredients">Ingredients</BackLink>
      <PageHeader title="New ingredient" />
      <IngredientForm id={id} base={null} suppliers={suppliers} use={null} format={format} />
    </div>
  )
}
