import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { database } from '@/app/_server/database'
import { readerFormat } from '@/app/_server/reader'
import { requireChain } from '@/app/_server/session'
import { PageHeader } from '@/app/_ui/page-header'
import { listPriceHistory } from '@/db/queries/audit'
import { getIngredientUse } from '@/db/queries/ingredients'
import { getRecord } from '@/db/queries/records'
import { listSupplierNames } from '@/db/queries/suppliers'
import { BackLink } from '../../back-link'
import { recordIdOr404 } from '../../record-id'
import { IngredientForm } from '../ingredient-form'
import { PriceTable } from './price-table'

type Props = { params: Promise<{ id: string }> }

const SHOWN_DISHES = 10

const findIngredient = cache(async (text: string) => {
  const scope = await requireChain('menu:edit')
  const id = recordIdOr404(text)
  const found = await getRecord(database(), scope, 'ingredient', { id, restaurantId: null }, null)
  return { scope, id, doc: found?.doc ?? notFound() }
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await findIngredient((await params).id)).doc.name }
}

export default async function IngredientPage({ params }: Props) {
  const { scope, id, doc } = await findIngredient((await params).id)
  const [suppliers, use, prices, format] = await Promise.all([
    listSupplierNames(database(), scope, { present: doc.supplierId }),
    getIngredientUse(database(), scope, { id, limit: SHOWN_DISHES }),
    listPriceHistory(database(), scope, id),
    readerFormat(),
  ])
  return (
    <div className="grid max-w-3xl gap-8">
      <div>
        <BackLink href="/admin/ingredients">Ingredients</BackLink>
        <PageHeader title={doc.name} note={doc.isActive ? null : 'Inactive'} />
        <IngredientForm id={id} base={doc} suppliers={suppliers} use={use} format={format} />
      </div>
      <section aria-labelledby="use" className="border-t border-line pt-4">
        <h2 id="use" className="text-lg font-semibold">
          Where it is used
        </h2>
        <p className="pt-1">
          On{' '}
          <Link href={`/recipes?with=${id}`} prefetch={false} className="underline">
            {counted(use.cards, 'recipe card', format.locale)}
          </Link>
          , in {counted(use.dishes, 'dish', format.locale)} on the menu, stocked by{' '}
          {counted(use.restaurants, 'restaurant', format.locale)}.
        </p>
      </section>
      <section aria-labelledby="prices" className="border-t border-line pt-4">
        <h2 id="prices" className="pb-1 text-lg font-semibold">
          What it cost
        </h2>
        <PriceTable prices={prices} unit={doc.unit} format={format} />
      </section>
    </div>
  )
}

const counted = (count: number, what: string, locale: string) =>
  `${count.toLocaleString(locale)} ${count === 1 ? what : `${what}${what.endsWith('sh') ? 'es' : 's'}`}`
