import { v7 as uuidv7 } from 'uuid'
import { LinkButton } from '@/app/_ui/button'
import { columnsFor, DataTable } from '@/app/_ui/data-table'
import { Money, type MoneyFormat } from '@/app/_ui/money'
import { StatusMark } from '@/app/_ui/status-mark'
import type { Proposal } from '@/db/queries/purchase-proposals'
import { DraftButton } from './draft-button'
import { dateWords, ingredientsWords } from './words'

type Row = Proposal & { restaurant: { slug: string; name: string }; format: MoneyFormat }

const column = columnsFor<Row>()
const columns = [
  column.accessor('supplier', {
    header: 'Supplier',
    meta: { rowHeader: true },
    cell: ({ row: { original: row } }) => (
      <>
        <span className="font-semibold">{row.supplier}</span>
        <span className="block text-muted md:hidden">{missingWords(row)}</span>
      </>
    ),
  }),
  column.display({
    id: 'missing',
    header: 'Missing to par',
    meta: { wideOnly: true },
    cell: ({ row: { original: row } }) => (
      <>
        {missingWords(row)}
        {row.low > 0 ? (
          <StatusMark tone="amber" className="ml-3">
            {row.low} low
          </StatusMark>
        ) : null}
      </>
    ),
  }),
  column.accessor('expectedOn', {
    header: 'Comes',
    meta: { wideOnly: true },
    cell: ({ row: { original: row } }) => dateWords(row.expectedOn, row.format.locale),
  }),
  column.accessor('cost', {
    header: 'Cost',
    meta: { align: 'end' },
    cell: ({ row: { original: row } }) => (
      <>
        <Money cents={row.cost} format={row.format} />
        {row.minimumOrder !== null && row.cost < row.minimumOrder ? (
          <span className="block text-sm text-muted">
            from <Money cents={row.minimumOrder} format={row.format} />
          </span>
        ) : null}
      </>
    ),
  }),
  column.display({
    id: 'draft',
    header: () => <span className="sr-only">Draft</span>,
    meta: { align: 'end' },
    cell: ({ row: { original: row } }) =>
      row.draftId ? (
        <LinkButton
          href={`/inventory/${row.restaurant.slug}/orders/${row.draftId}`}
          aria-label={`Open the draft for ${row.supplier}`}
        >
          Open draft
        </LinkButton>
      ) : (
        <div className="flex justify-end">
          <DraftButton
            id={uuidv7()}
            supplier={{ id: row.supplierId, name: row.supplier }}
            restaurants={[row.restaurant]}
          />
        </div>
      ),
  }),
]

const missingWords = ({ items, format }: Row) =>
  items === 0 ? 'nothing by now' : ingredientsWords(items, format.locale)

/** From whom something should be ordered, the most urgent first. */
export function ProposalTable({
  proposals,
  restaurant,
  format,
}: {
  proposals: readonly Proposal[]
  restaurant: { slug: string; name: string }
  format: MoneyFormat
}) {
  return (
    <DataTable
      caption="What to order from whom"
      columns={columns}
      rows={proposals.map((proposal) => ({ ...proposal, restaurant, format }))}
      rowId={({ supplierId }) => String(supplierId)}
    />
  )
}
