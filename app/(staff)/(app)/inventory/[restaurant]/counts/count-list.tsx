import Link from 'next/link'
import { columnsFor, DataTable } from '@/app/_ui/data-table'
import type { MoneyFormat } from '@/app/_ui/money'
import { StatusMark, type Tone } from '@/app/_ui/status-mark'
import type { ListedCount } from '@/db/queries/stock-counts'
import type { CountStatus } from '@/domain/vocabulary'
import { momentWords, signedMoney } from '../../figures'
import { placeWords } from '../../words'

const STATES: Record<CountStatus, { tone: Tone; words: string }> = {
  open: { tone: 'blue', words: 'being counted' },
  posted: { tone: 'green', words: 'posted' },
  dropped: { tone: 'muted', words: 'dropped' },
}

export const CountState = ({ status }: { status: CountStatus }) => (
  <StatusMark tone={STATES[status].tone}>{STATES[status].words}</StatusMark>
)

const column = columnsFor<ListedCount>()

/** Counts with what they found; the open ones are to be gone on with. */
export function CountList({
  slug,
  counts,
  timeZone,
  format,
}: {
  slug: string
  counts: ListedCount[]
  timeZone: string
  format: MoneyFormat
}) {
  return (
    <DataTable
      caption="Counts, the newest first"
      columns={[
        column.display({
          id: 'place',
          header: 'Count',
          meta: { rowHeader: true },
          cell: ({ row: { original } }) => (
            <>
              <Link
                href={`/inventory/${slug}/counts/${original.id}`}
                prefetch={false}
                className="inline-flex min-h-11 items-center font-semibold md:min-h-7"
              >
                {placeWords(original.storageArea)}
              </Link>
              <small className="block pb-1 text-sm text-muted">
                {momentWords(original.startedAt, timeZone, format.locale)}
                {original.isBlind ? ' · blind' : ''}
              </small>
            </>
          ),
        }),
        column.accessor('status', {
          header: 'State',
          cell: ({ row: { original } }) => <CountState status={original.status} />,
        }),
        column.display({
          id: 'by',
          header: 'By',
          meta: { wideOnly: true },
          cell: ({ row: { original } }) => original.closedBy ?? original.startedBy ?? '–',
        }),
        column.accessor('counted', {
          header: 'Counted',
          meta: { align: 'end' },
          cell: ({ getValue }) => getValue().toLocaleString(format.locale),
        }),
        column.display({
          id: 'value',
          header: 'Difference',
          meta: { align: 'end', wideOnly: true },
          cell: ({ row: { original } }) =>
            original.value === null ? '–' : signedMoney(original.value, format),
        }),
      ]}
      rows={counts}
      rowId={({ id }) => id}
    />
  )
}
