import { columnsFor, DataTable } from '@/app/_ui/data-table'
import { Empty } from '@/app/_ui/empty'
import { Money, type MoneyFormat } from '@/app/_ui/money'
import type { RecipeCard, RecipeCardLine } from '@/db/queries/recipes'
import { kitchenQuantity } from '@/domain/kitchen-quantity'
import { formatQuantity } from '@/domain/quantity'

type Props = { card: RecipeCard; portions: number; format: MoneyFormat }

/** The lines of a card for so many portions; quantities are scaled exactly, costs rounded to the cent. */
export function CardTable({ card: { lines, cost }, portions, format }: Props) {
  if (lines.length === 0)
    return (
      <Empty title="This card has no lines yet">
        Its ingredients appear here with their quantities once they are written down.
      </Empty>
    )
  return (
    <>
      <DataTable
        caption={`Ingredients for ${portions} ${portions === 1 ? 'portion' : 'portions'}`}
        columns={cardColumns(portions, cost !== null, format)}
        rows={lines}
        rowId={(line) => String(line.ingredientId)}
      />
      {cost ? (
        <p className="flex justify-between gap-4 px-2 py-2 font-semibold">
          <span>
            {portions === 1 ? 'One portion' : `All ${portions.toLocaleString(format.locale)} portions`}
          </span>
          <span className="tabular-nums">
            <Money cents={cost.total} format={format} />
          </span>
        </p>
      ) : null}
    </>
  )
}

const column = columnsFor<RecipeCardLine>()

const cardColumns = (portions: number, showCosts: boolean, format: MoneyFormat) => [
  column.accessor('quantity', {
    header: 'Quantity',
    meta: { align: 'end', className: 'whitespace-nowrap' },
    cell: ({ row: { original } }) => {
      const { quantity, unit } = kitchenQuantity(original.quantity, original.unit, portions)
      return formatQuantity(quantity, unit, format.locale)
    },
  }),
  column.accessor('ingredient', {
    header: 'Ingredient',
    meta: { rowHeader: true, className: 'w-full min-w-20 wrap-anywhere' },
    cell: ({ row: { original } }) => (
      <>
        <span className="font-semibold">{original.ingredient}</span>
        {original.notes ? <span className="text-muted">, {original.notes}</span> : null}
      </>
    ),
  }),
  ...(showCosts
    ? [
        column.display({
          id: 'cost',
          header: 'Cost',
          meta: { align: 'end' },
          cell: ({ row: { original } }) => <LineCost cents={original.cost ?? 0} format={format} />,
        }),
      ]
    : []),
]

/** A pinch of salt is not free. */
const LineCost = ({ cents, format }: { cents: number; format: MoneyFormat }) =>
  cents > 0 ? (
    <Money cents={cents} format={format} />
  ) : (
    <span className="text-muted">
      {'< '}
      <Money cents={1} format={format} />
    </span>
  )
