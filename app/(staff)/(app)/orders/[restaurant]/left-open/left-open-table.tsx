import Link from 'next/link'
import { columnsFor, DataTable } from '@/app/_ui/data-table'
import { Money, type MoneyFormat } from '@/app/_ui/money'
import { StatusMark } from '@/app/_ui/status-mark'
import type { LeftOpen } from '@/db/queries/left-open'
import { dayWords } from '../../../reports/words'
import { placeOf, STATUS_TONES, STATUS_WORDS } from '../../words'

type Props = { slug: string; tickets: LeftOpen[]; format: MoneyFormat }

/** The tickets, each with a box that says whether it is meant. */
export function LeftOpenTable(props: Props) {
  return (
    <DataTable
      caption="Tickets that were left open, the oldest first"
      columns={columnsOf(props)}
      rows={props.tickets}
      rowId={({ id }) => id}
    />
  )
}

const column = columnsFor<LeftOpen>()

const columnsOf = ({ slug, format }: Props) => [
  column.display({
    id: 'chosen',
    header: () => <span className="sr-only">Chosen</span>,
    cell: ({ row: { original, index } }) => (
      <label className="inline-flex min-h-9 min-w-9 items-center md:min-h-7">
        <input
          type="checkbox"
          name={`order.${index}`}
          value={original.id}
          defaultChecked
          aria-label={`Ticket ${original.callNumber} of ${dayWords(original.businessDate, format.locale)}`}
          className="size-4"
        />
      </label>
    ),
  }),
  column.accessor('callNumber', {
    header: 'Call',
    meta: { rowHeader: true },
    cell: ({ row: { original } }) => (
      <>
        <Link
          href={`/orders/${slug}/${original.id}`}
          prefetch={false}
          aria-label={`Order ${original.callNumber} of ${dayWords(original.businessDate, format.locale)}`}
          className="inline-flex min-h-9 items-center font-semibold md:min-h-7"
        >
          #{original.callNumber}
        </Link>
        <small className="block text-sm wrap-anywhere text-muted md:hidden">{placeOf(original)}</small>
      </>
    ),
  }),
  column.accessor('businessDate', {
    header: 'Day',
    meta: { className: 'whitespace-nowrap' },
    cell: ({ getValue }) => dayWords(getValue(), format.locale),
  }),
  column.display({
    id: 'for',
    header: 'For',
    meta: { wideOnly: true, className: 'md:min-w-40' },
    cell: ({ row: { original } }) => <span className="wrap-anywhere">{placeOf(original)}</span>,
  }),
  column.accessor('dishes', {
    header: 'Dishes',
    meta: { wideOnly: true, className: 'w-full' },
    cell: ({ getValue }) => getValue().join(', '),
  }),
  column.accessor('status', {
    header: 'Status',
    meta: { wideOnly: true },
    cell: ({ getValue }) => (
      <StatusMark tone={STATUS_TONES[getValue()]}>{STATUS_WORDS[getValue()]}</StatusMark>
    ),
  }),
  column.accessor('total', {
    header: 'Total',
    meta: { align: 'end' },
    cell: ({ getValue }) => <Money cents={getValue()} format={format} />,
  }),
]
