import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { currentChangeSet } from '@/app/_server/change-set'
import { database } from '@/app/_server/database'
import { requireChain } from '@/app/_server/session'
import { PageHeader } from '@/app/_ui/page-header'
import { getCategoryUse } from '@/db/queries/categories'
import { getRecord } from '@/db/queries/records'
import { BackLink } from '../../back-link'
import { LinkList } from '../../link-list'
import { recordIdOr404 } from '../../record-id'
import { CategoryForm } from '../category-form'

type Props = { params: Promise<{ id: string }> }

const SHOWN_DISHES = 12

const findCategory = cache(async (text: string) => {
  const scope = await requireChain('menu:edit')
  const id = recordIdOr404(text)
  const changeSetId = (await currentChangeSet())?.id ?? null
  const found = await getRecord(database(), scope, 'category', { id, restaurantId: null }, changeSetId)
  return { scope, id, changeSetId, ...(found ?? notFound()) }
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await findCategory((await params).id)).doc.name }
}

export default async function CategoryPage({ params }: Props) {
  const { scope, id, changeSetId, doc } = await findCategory((await params).id)
  const { available, dishes } = await getCategoryUse(database(), scope, { id, limit: SHOWN_DISHES })
  return (
    <div className="grid max-w-2xl gap-8">
      <div>
        <BackLink href="/admin/categories">Categories</BackLink>
        <PageHeader title={doc.name} note={doc.isActive ? null : 'Not on the menu'} />
        <CategoryForm id={id} base={doc} changeSetId={changeSetId} place={1} available={available} />
      </div>
      <section aria-labelledby="dishes" className="border-t border-line pt-4">
        <h2 id="dishes" className="text-lg font-semibold">
          Dishes on the menu <span className="font-normal text-muted">{available}</span>
        </h2>
        {dishes.length === 0 ? (
          <p className="pt-1 text-muted">Dishes that name this category appear here.</p>
        ) : (
          <LinkList links={dishes.map(({ id, name }) => ({ href: `/menu/${id}`, name }))} total={available} />
        )}
      </section>
    </div>
  )
}
