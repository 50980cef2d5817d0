import { Money, type MoneyFormat } from '@/app/_ui/money'
import { StatusMark } from '@/app/_ui/status-mark'
import type { PurchaseLine } from '@/db/queries/purchase-orders'
import { compareQuantities, formatQuantity, multiplyQuantity } from '@/domain/quantity'
import type { PurchaseStatus } from '@/domain/vocabulary'

/** What was ordered beside what came of it. */
export function OrderLines({
  lines,
  status,
  cost,
  format,
}: {
  lines: readonly PurchaseLine[]
  status: PurchaseStatus
  /** Cents. */
  cost: number
  format: MoneyFormat
}) {
  return (
    <table className="data-table">
      <caption className="sr-only">What was ordered and what came</caption>
      <thead>
        <tr>
          <th scope="col">Ingredient</th>
          <th scope="col" className="end">
            Ordered
          </th>
          <th scope="col" className="end">
            Came
          </th>
          <th scope="col" className="wide">
            State
          </th>
          <th scope="col" className="end wide">
            Cost
          </th>
        </tr>
      </thead>
      <tbody>
        {lines
          .filter(({ packs }) => packs > 0)
          .map((line) => {
            const quantity = (amount: string) => formatQuantity(amount, line.unit, format.locale)
            return (
              <tr key={line.ingredientId}>
                <th scope="row">{line.ingredient}</th>
                <td className="end">
                  {quantity(multiplyQuantity(line.packSize, line.packs))}
                  <span className="block text-sm text-muted">
                    {line.packs.toLocaleString(format.locale)} × {quantity(line.packSize)}
                  </span>
                </td>
                <td className="end">{line.received === '0' ? '–' : quantity(line.received)}</td>
                <td className="wide">
                  <LineState line={line} status={status} quantity={quantity} />
                </td>
                <td className="end wide">
                  <Money cents={line.cost} format={format} />
                </td>
              </tr>
            )
          })}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" colSpan={2}>
            Total as ordered
          </th>
          <td className="wide" />
          <td className="wide" />
          <td className="end font-semibold">
            <Money cents={cost} format={format} />
          </td>
        </tr>
      </tfoot>
    </table>
  )
}

function LineState({
  line,
  status,
  quantity,
}: {
  line: PurchaseLine
  status: PurchaseStatus
  quantity: (amount: string) => string
}) {
  const ordered = multiplyQuantity(line.packSize, line.packs)
  const difference = compareQuantities(line.received, ordered)
  if (line.outstanding !== '0')
    return <StatusMark tone="blue">{quantity(line.outstanding)} to come</StatusMark>
  if (difference > 0) return <StatusMark tone="amber">more than ordered</StatusMark>
  if (difference === 0) return <StatusMark tone="green">all came</StatusMark>
  if (status === 'cancelled') return <span className="text-muted">cancelled</span>
  return <StatusMark tone="amber">{line.received === '0' ? 'did not come' : 'came short'}</StatusMark>
}
