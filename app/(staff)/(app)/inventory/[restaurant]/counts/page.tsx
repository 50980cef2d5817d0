import type { Metadata } from 'next'
import { v7 as uuidv7 } from 'uuid'
import { database } from '@/app/_server/database'
import { readerFormat } from '@/app/_server/reader'
import { requireRestaurant } from '@/app/_server/session'
import { Empty } from '@/app/_ui/empty'
import { PageHeader } from '@/app/_ui/page-header'
import { listStockCounts } from '@/db/queries/stock-counts'
import { Older } from '../../older'
import { PAGE_SIZE, pageOf, readBefore } from '../../page-of'
import { CountList } from './count-list'
import { StartForm } from './start-form'

export const metadata: Metadata = { title: 'Counts' }

type Props = {
  params: Promise<{ restaurant: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** Where a count begins, or goes on. */
export default async function CountsPage({ params, searchParams }: Props) {
  const scope = await requireRestaurant((await params).restaurant, 'stock:read')
  const before = readBefore((await searchParams).before)
  const { slug, name, timeZone } = scope.restaurant
  const [found, format] = await Promise.all([
    listStockCounts(database(), scope, { before, limit: PAGE_SIZE + 1 }),
    readerFormat(),
  ])
  const { rows, older } = pageOf(found)
  return (
    <>
      <PageHeader title="Counts" note={name} />
      <StartForm restaurant={slug} id={uuidv7()} />
      {rows.length === 0 ? (
        <Empty title={before ? 'There is nothing earlier' : 'Nothing was counted yet'}>
          Each count appears here with what it found. Until then nobody knows how true the figures are.
        </Empty>
      ) : (
        <CountList slug={slug} counts={rows} timeZone={timeZone} format={format} />
      )}
      <Older page={`/inventory/${slug}/counts`} before={before} older={older} />
    </>
  )
}
