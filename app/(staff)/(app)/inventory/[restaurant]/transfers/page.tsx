import type { Metadata } from 'next'
import { v7 as uuidv7 } from 'uuid'
import { database } from '@/app/_server/database'
import { readerFormat } from '@/app/_server/reader'
import { requirePerson, requireRestaurant } from '@/app/_server/session'
import { Empty } from '@/app/_ui/empty'
import { PageHeader } from '@/app/_ui/page-header'
import { listTransfers } from '@/db/queries/stock-transfers'
import { listStockedIngredients } from '@/db/queries/stocked-ingredients'
import { Older } from '../../older'
import { PAGE_SIZE, pageOf, readBefore } from '../../page-of'
import { chosenName, MOST_INGREDIENTS } from '../chosen-ingredient'
import { TransferForm } from './transfer-form'
import { TransferList } from './transfer-list'

export const metadata: Metadata = { title: 'Transfers' }

type Props = {
  params: Promise<{ restaurant: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** Goods that go from this restaurant to another, and what went and came. */
export default async function TransfersPage({ params, searchParams }: Props) {
  const scope = await requireRestaurant((await params).restaurant, 'stock:read')
  const [{ restaurants }, given] = await Promise.all([requirePerson(), searchParams])
  const before = readBefore(given.before)
  const { slug, name, timeZone } = scope.restaurant
  const [ingredients, found, format] = await Promise.all([
    listStockedIngredients(database(), scope, { limit: MOST_INGREDIENTS }),
    listTransfers(database(), scope, { before, limit: PAGE_SIZE + 1 }),
    readerFormat(),
  ])
  const { rows, older } = pageOf(found)
  const others = restaurants.filter((restaurant) => restaurant.slug !== slug)
  return (
    <>
      <PageHeader title="Transfers" note={name} />
      {others.length === 0 ? (
        <p className="pb-8 text-muted">
          You work in this restaurant only. Who works in both may transfer goods between two.
        </p>
      ) : (
        <TransferForm
          restaurant={slug}
          id={uuidv7()}
          others={others.map((other) => ({ slug: other.slug, name: other.name }))}
          ingredients={ingredients}
          chosen={chosenName(ingredients, given.ingredient)}
        />
      )}
      {rows.length === 0 ? (
        <Empty title={before ? 'There is nothing earlier' : 'Nothing was transferred yet'}>
          What goes to other restaurants and comes from them appears here, and in the other one too.
        </Empty>
      ) : (
        <TransferList transfers={rows} timeZone={timeZone} format={format} />
      )}
      <Older page={`/inventory/${slug}/transfers`} before={before} older={older} />
    </>
  )
}
