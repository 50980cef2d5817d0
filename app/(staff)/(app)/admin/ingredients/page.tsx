import type { Metadata } from 'next'
import { database } from '@/app/_server/database'
import { readerFormat } from '@/app/_server/reader'
import { requireChain } from '@/app/_server/session'
import { LinkButton } from '@/app/_ui/button'
import { Empty } from '@/app/_ui/empty'
import { ExportLink } from '@/app/_ui/export-link'
import { PageHeader } from '@/app/_ui/page-header'
import { Pager } from '@/app/_ui/pager'
import { listIngredients } from '@/db/queries/ingredients'
import { listSuppliers } from '@/db/queries/suppliers'
import { IngredientFilters } from './ingredient-filters'
import { IngredientTable } from './ingredient-table'
import { ingredientsHref, isFiltered, readIngredientView } from './search-params'

export const metadata: Metadata = { title: 'Ingredients' }

const PAGE_SIZE = 50
const MOST_SUPPLIERS = 500

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** What the cards are made of: prices, suppliers, and which dishes need it. */
export default async function IngredientsPage({ searchParams }: Props) {
  const view = readIngredientView(await searchParams)
  const scope = await requireChain('menu:edit')
  const [{ ingredients, total }, suppliers, format] = await Promise.all([
    listIngredients(database(), scope, { ...view, pageSize: PAGE_SIZE }),
    listSuppliers(database(), scope, { search: '', limit: MOST_SUPPLIERS }),
    readerFormat(),
  ])
  return (
    <>
      <PageHeader title="Ingredients" note="Prices here are what dishes cost">
        <LinkButton href="/admin/ingredients/new" variant="primary">
          New ingredient
        </LinkButton>
        <ExportLink list="ingredients" />
      </PageHeader>
      <IngredientFilters view={view} suppliers={suppliers} />
      {ingredients.length === 0 ? (
        <Empty title={isFiltered(view) ? 'No ingredient is like this' : 'No ingredient yet'}>
          {isFiltered(view)
            ? 'Search for a piece of the name, or clear the filters.'
            : 'Each one appears here with its price and its supplier. Cards and stock count in its unit.'}
        </Empty>
      ) : (
        <>
          <IngredientTable ingredients={ingredients} format={format} />
          <Pager
            page={view.page}
            pageSize={PAGE_SIZE}
            total={total}
            href={(page) => ingredientsHref(view, { page })}
            locale={format.locale}
          />
        </>
      )}
    </>
  )
}
