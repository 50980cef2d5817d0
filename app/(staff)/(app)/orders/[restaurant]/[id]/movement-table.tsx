import { columnsFor, DataTable } from '@/app/_ui/data-table'
import { localTime } from '@/app/_ui/local-time'
import type { OrderMovement } from '@/db/queries/order-history'
import type { MovementKind } from '@/domain/vocabulary'

const column = columnsFor<OrderMovement>()

const KIND_WORDS: Record<MovementKind, string> = {
  received: 'Received',
  consumed: 'Used',
  reversed: 'Put back',
  waste: 'Waste',
  count: 'Counted',
  transfer: 'Transferred',
}

/** What the order took from the stock and gave back. */
export function MovementTable({
  movements,
  timeZone,
  locale,
}: {
  movements: OrderMovement[]
  timeZone: string
  locale: string
}) {
  return (
    <section aria-labelledby="stock">
      <h2 id="stock" className="pb-2 text-lg font-semibold">
        Stock
      </h2>
      {movements.length === 0 ? (
        <p className="text-muted">Nothing was taken from the stock for this order.</p>
      ) : (
        <DataTable
          caption="Stock movements of this order"
          columns={[
            column.accessor('at', {
              header: 'Time',
              cell: ({ getValue }) => localTime(new Date(getValue()), timeZone, locale),
            }),
            column.accessor('ingredient', {
              header: 'Ingredient',
              meta: { rowHeader: true, className: 'w-full' },
            }),
            column.accessor('kind', {
              header: 'What',
              cell: ({ row: { original } }) => KIND_WORDS[original.kind],
            }),
            column.accessor('quantity', {
              header: 'Quantity',
              meta: { align: 'end' },
              cell: ({ row: { original } }) => (
                <span className="whitespace-nowrap">
                  {amount(original.quantity, locale)} <span className="text-muted">{original.unit}</span>
                </span>
              ),
            }),
          ]}
          rows={movements}
          rowId={({ id }) => id}
        />
      )}
    </section>
  )
}

/** A numeric string as people read it; `Intl` takes the text itself, so no digit is lost. */
const amount = (quantity: string, locale: string): string =>
  new Intl.NumberFormat(locale, { maximumFractionDigits: 3, signDisplay: 'always' }).format(
    quantity as `${number}`,
  )
