import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { database } from '@/app/_server/database'
import { readerFormat } from '@/app/_server/reader'
import { requireRestaurant } from '@/app/_server/session'
import { Empty } from '@/app/_ui/empty'
import { PageHeader } from '@/app/_ui/page-header'
import { getCountSheet } from '@/db/queries/stock-counts'
import { momentWords } from '../../../figures'
import { placeWords } from '../../../words'
import { CountState } from '../count-list'
import { CountSheet } from './count-sheet'
import { CountTotals } from './count-totals'
import { DifferenceTable } from './difference-table'
import { DropForm } from './drop-form'

export const metadata: Metadata = { title: 'Count' }

type Props = { params: Promise<{ restaurant: string; count: string }> }

/** The sheet of a count while it is open, and what it found once it is not. */
export default async function CountPage({ params }: Props) {
  const { restaurant: slug, count: countId } = await params
  const scope = await requireRestaurant(slug, 'stock:read')
  const [sheet, format] = await Promise.all([getCountSheet(database(), scope, { countId }), readerFormat()])
  if (!sheet) notFound()
  const { timeZone } = scope.restaurant
  const began = [
    momentWords(sheet.startedAt, timeZone, format.locale),
    sheet.startedBy,
    sheet.isBlind && 'blind',
  ]
  return (
    <>
      <PageHeader
        title={`Count: ${placeWords(sheet.storageArea)}`}
        note={
          <>
            <CountState status={sheet.status} /> {began.filter(Boolean).join(' · ')}
          </>
        }
      />
      {sheet.status === 'open' ? (
        <div className="max-w-2xl">
          {sheet.lines.length === 0 ? (
            <Empty title="Nothing is kept here">Count another place, or everything.</Empty>
          ) : (
            <CountSheet restaurant={slug} countId={countId} lines={sheet.lines} locale={format.locale} />
          )}
          <DropForm restaurant={slug} countId={countId} />
        </div>
      ) : (
        <>
          <CountTotals totals={sheet.totals} format={format} />
          <DifferenceTable lines={sheet.lines} format={format} />
        </>
      )}
    </>
  )
}
