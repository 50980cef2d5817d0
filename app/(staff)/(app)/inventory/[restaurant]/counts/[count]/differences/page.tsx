import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { database } from '@/app/_server/database'
import { readerFormat } from '@/app/_server/reader'
import { requireRestaurant } from '@/app/_server/session'
import { PageHeader } from '@/app/_ui/page-header'
import { getCountSheet } from '@/db/queries/stock-counts'
import { placeWords } from '../../../../words'
import { CountTotals } from '../count-totals'
import { DifferenceTable } from '../difference-table'
import { PostForm } from './post-form'

export const metadata: Metadata = { title: 'Differences of a count' }

type Props = { params: Promise<{ restaurant: string; count: string }> }

/** What posting a count would correct, and what that is worth: to be looked over first. */
export default async function DifferencesPage({ params }: Props) {
  const { restaurant: slug, count: countId } = await params
  const scope = await requireRestaurant(slug, 'stock:read')
  const [sheet, format] = await Promise.all([
    getCountSheet(database(), scope, { countId, reveals: true }),
    readerFormat(),
  ])
  if (!sheet) notFound()
  if (sheet.status !== 'open') redirect(`/inventory/${slug}/counts/${countId}`)
  const { lines, counted } = sheet.totals
  return (
    <>
      <PageHeader title={`Differences: ${placeWords(sheet.storageArea)}`} note="before anything is posted" />
      <CountTotals totals={sheet.totals} format={format} />
      <p className="max-w-prose pb-4">
        {counted < lines ? 'What was not counted stays as it is. ' : 'Everything was counted. '}
        What was sold or delivered since a line was typed is taken into account.
      </p>
      <PostForm restaurant={slug} countId={countId} />
      <DifferenceTable lines={sheet.lines} format={format} />
    </>
  )
}
