import type { Metadata } from 'next'
import { currentChangeSet } from '@/app/_server/change-set'
import { database } from '@/app/_server/database'
import { requireChain } from '@/app/_server/session'
import { PageHeader } from '@/app/_ui/page-header'
import { reserveId } from '@/db/mutations/records'
import { listCategories } from '@/db/queries/categories'
import { BackLink } from '../../back-link'
import { CategoryForm } from '../category-form'

export const metadata: Metadata = { title: 'New category' }

export default async function NewCategoryPage() {
  const scope = await requireChain('menu:edit')
  const changeSetId = (await currentChangeSet())?.id ?? null
  const [id, categories] = await Promise.all([
    reserveId(database(), scope, 'category'),
    listCategories(database(), scope, { changeSetId }),
  ])
  return (
    <div className="max-w-2xl">
      <BackLink href="/admin/categories">Categories</BackLink>
      <PageHeader title="New category" />
      <CategoryForm
        id={id}
        base={null}
        changeSetId={changeSetId}
        place={categories.length + 1}
        available={0}
      />
    </div>
  )
}
