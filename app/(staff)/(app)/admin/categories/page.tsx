import type { Metadata } from 'next'
import { currentChangeSet } from '@/app/_server/change-set'
import { database } from '@/app/_server/database'
import { requireChain } from '@/app/_server/session'
import { LinkButton } from '@/app/_ui/button'
import { Empty } from '@/app/_ui/empty'
import { ExportLink } from '@/app/_ui/export-link'
import { PageHeader } from '@/app/_ui/page-header'
import { listCategories } from '@/db/queries/categories'
import { CategoryList } from './category-list'

export const metadata: Metadata = { title: 'Categories' }

/** The categories in the order of the menu, which is changed here. */
export default async function CategoriesPage() {
  const scope = await requireChain('menu:edit')
  const changeSetId = (await currentChangeSet())?.id ?? null
  const categories = await listCategories(database(), scope, { changeSetId })
  return (
    <div className="max-w-4xl">
      <PageHeader title="Categories" note="In the order of the menu">
        <ExportLink list="categories" />
        <LinkButton href="/admin/categories/new" variant="primary">
          New category
        </LinkButton>
      </PageHeader>
      {categories.length === 0 ? (
        <Empty title="No category yet">Every dish stands in one. They appear here as guests read them.</Empty>
      ) : (
        <CategoryList categories={categories} changeSetId={changeSetId} />
      )}
    </div>
  )
}
