import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { database } from '@/app/_server/database'
import { environment } from '@/app/_server/environment'
import { requireChain } from '@/app/_server/session'
import { PageHeader } from '@/app/_ui/page-header'
import { getRecord } from '@/db/queries/records'
import { getSupplierUse } from '@/db/queries/suppliers'
import { BackLink } from '../../back-link'
import { LinkList } from '../../link-list'
import { recordIdOr404 } from '../../record-id'
import { SupplierForm } from '../supplier-form'

type Props = { params: Promise<{ id: string }> }

const SHOWN_INGREDIENTS = 20

const findSupplier = cache(async (text: string) => {
  const scope = await requireChain('menu:edit')
  const id = recordIdOr404(text)
  const found = await getRecord(database(), scope, 'supplier', { id, restaurantId: null }, null)
  return { scope, id, doc: found?.doc ?? notFound() }
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await findSupplier((await params).id)).doc.name }
}

export default async function SupplierPage({ params }: Props) {
  const { scope, id, doc } = await findSupplier((await params).id)
  const { ingredients, first } = await getSupplierUse(database(), scope, { id, limit: SHOWN_INGREDIENTS })
  return (
    <div className="grid max-w-3xl gap-8">
      <div>
        <BackLink href="/admin/suppliers">Suppliers</BackLink>
        <PageHeader title={doc.name} note={doc.isActive ? null : 'Inactive'} />
        <SupplierForm id={id} base={doc} ingredients={ingredients} currency={environment().CURRENCY} />
      </div>
      <section aria-labelledby="ingredients" className="border-t border-line pt-4">
        <h2 id="ingredients" className="text-lg font-semibold">
          Ingredients that come from it <span className="font-normal text-muted">{ingredients}</span>
        </h2>
        {first.length === 0 ? (
          <p className="pt-1 text-muted">Ingredients that name this supplier appear here.</p>
        ) : (
          <>
            <LinkList
              links={first.map(({ id, name }) => ({ href: `/admin/ingredients/${id}`, name }))}
              total={ingredients}
            />
            <p className="pt-2">
              <Link href={`/admin/ingredients?supplier=${id}`} prefetch={false} className="underline">
                All of them with their prices
              </Link>
            </p>
          </>
        )}
      </section>
    </div>
  )
}
