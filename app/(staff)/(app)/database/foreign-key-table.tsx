import { columnsFor, DataTable } from '@/app/_ui/data-table'
import type { UnindexedForeignKey } from '@/db/queries/health/foreign-keys'
import { Advice } from './advice'

type Row = UnindexedForeignKey & { locale: string }

const column = columnsFor<Row>()

const COLUMNS = column.columns([
  column.display({
    id: 'key',
    header: 'Foreign key',
    meta: { rowHeader: true, className: 'wrap-anywhere' },
    cell: ({ row: { original } }) => `${original.table} (${original.columns.join(', ')})`,
  }),
  column.display({
    id: 'refersTo',
    header: 'Refers to',
    cell: ({ row: { original } }) => original.refersTo,
  }),
  column.display({
    id: 'rows',
    header: 'Rows',
    meta: { align: 'end' },
    cell: ({ row: { original } }) => Math.round(original.rows).toLocaleString(original.locale),
  }),
])

/** Reading fewer costs nothing that anybody notices. */
const FEW_ROWS = 1000

/** Foreign keys whose rows can't be found but by reading the whole table. */
export function ForeignKeyTable({ keys, locale }: { keys: UnindexedForeignKey[]; locale: string }) {
  const ofLarge = keys.filter(({ rows }) => rows >= FEW_ROWS)
  const ofSmall = keys.length - ofLarge.length
  return (
    <>
      {ofLarge.length === 0 ? (
        <p>Of tables with {FEW_ROWS.toLocaleString(locale)} rows or more every foreign key has an index.</p>
      ) : (
        <DataTable
          caption="Foreign keys without an index"
          columns={COLUMNS}
          rows={ofLarge.map((key) => ({ ...key, locale }))}
          rowId={({ table, name }) => `${table} ${name}`}
        />
      )}
      <Advice>
        {ofSmall > 0
          ? `${ofSmall} more are of tables with fewer than ${FEW_ROWS.toLocaleString(locale)} rows, which costs nothing. `
          : null}
        Normal where what they refer to is never deleted, as people and restaurants in Brigade: an index would
        cost each write for nothing. Deleting a row that is referred to, or changing its key, reads the whole
        table, once for each row: add an index before you do that often.
      </Advice>
    </>
  )
}
