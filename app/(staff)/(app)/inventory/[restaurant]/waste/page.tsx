import type { Metadata } from 'next'
import { v7 as uuidv7 } from 'uuid'
import { database } from '@/app/_server/database'
import { readerFormat } from '@/app/_server/reader'
import { requireRestaurant } from '@/app/_server/session'
import { Empty } from '@/app/_ui/empty'
import { PageHeader } from '@/app/_ui/page-header'
import { listStockedIngredients } from '@/db/queries/stocked-ingredients'
import { listWaste } from '@/db/queries/waste'
import { Older } from '../../older'
import { PAGE_SIZE, pageOf, readBefore } from '../../page-of'
import { chosenName, MOST_INGREDIENTS } from '../chosen-ingredient'
import { WasteForm } from './waste-form'
import { WasteTable } from './waste-table'

export const metadata: Metadata = { title: 'Waste' }

type Props = {
  params: Promise<{ restaurant: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** What was thrown away, and why: to be typed as it happens. */
export default async function WastePage({ params, searchParams }: Props) {
  const scope = await requireRestaurant((await params).restaurant, 'stock:read')
  const given = await searchParams
  const before = readBefore(given.before)
  const { slug, name, timeZone } = scope.restaurant
  const [ingredients, found, format] = await Promise.all([
    listStockedIngredients(database(), scope, { limit: MOST_INGREDIENTS }),
    listWaste(database(), scope, { before, limit: PAGE_SIZE + 1 }),
    readerFormat(),
  ])
  const { rows, older } = pageOf(found)
  return (
    <>
      <PageHeader title="Waste" note={name} />
      <WasteForm
        restaurant={slug}
        id={uuidv7()}
        ingredients={ingredients}
        chosen={chosenName(ingredients, given.ingredient)}
      />
      {rows.length === 0 ? (
        <Empty title={before ? 'There is nothing earlier' : 'Nothing was written off yet'}>
          Each entry appears here with its reason and what it was worth.
        </Empty>
      ) : (
        <WasteTable slug={slug} entries={rows} timeZone={timeZone} format={format} />
      )}
      <Older page={`/inventory/${slug}/waste`} before={before} older={older} />
    </>
  )
}
